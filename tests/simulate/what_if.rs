//! The table of questions that are answered before anything is assumed.

use batchlint::analysis::{Settings, analyse};
use batchlint::foresight::{Question, Row, Table, World, plans};
use batchlint::schedule::{Expression, Instant, Schedule, Seconds, Zone};
use batchlint::{Config, Source};

use super::program::Folder;

/// 2026-12-01T00:00Z.
const FROM: Instant = Instant::from_unix(1_796_083_200);

/// An object of a kind with some of its spec, and of that of its Jobs and pods.
fn object(name: &str, spec: &str, job: &str, policy: &str) -> String {
    let pod =
        format!("template: {{spec: {{restartPolicy: {policy}, containers: [{{name: main, image: 'main:1.4.2'}}]}}}}");
    let (kind, spec) = match spec {
        "" => ("Job", format!("{{{job}{pod}}}")),
        spec => ("CronJob", format!("{{{spec}, jobTemplate: {{spec: {{{job}{pod}}}}}}}")),
    };
    format!("apiVersion: batch/v1\nkind: {kind}\nmetadata: {{name: {name}}}\nspec: {spec}\n")
}

fn table(text: &str) -> Table {
    let analysis = analyse(Source::new("a.yaml", text), &Settings::at(FROM));
    let plans = plans(&analysis, &Config::at(FROM));
    let world = World { from: FROM, length: None, outages: Vec::new(), suspended: Vec::new() };
    Table::of(&plans[0], &world).unwrap_or_else(|| panic!("it is simulated: {text}"))
}

fn row(table: &Table, wanted: impl Fn(Question) -> bool) -> &Row {
    table.rows.iter().find(|row| wanted(row.question)).unwrap_or_else(|| panic!("the question is asked: {table:#?}"))
}

#[test]
fn every_question_is_answered_in_a_line() {
    let objects = [
        object("waits", "schedule: '*/15 * * * *', concurrencyPolicy: Forbid", "", "Never"),
        object("overlaps", "schedule: '0 3 * * *'", "backoffLimit: 0, ", "Never"),
        object("replaces", "schedule: '* * * * *', concurrencyPolicy: Replace", "", "Never"),
        object(
            "uneven",
            "schedule: '0 9,17 * * *', concurrencyPolicy: Forbid, startingDeadlineSeconds: 200",
            "",
            "OnFailure",
        ),
        object("ended", "schedule: '0 0 1 * *', concurrencyPolicy: Forbid", "activeDeadlineSeconds: 300, ", "Never"),
        object("suspended", "schedule: '@every 1h', suspend: true", "", "Never"),
        object("unmet", "schedule: '@every 1h', startingDeadlineSeconds: 100", "", "Never"),
        object("job", "", "", "Never"),
        object(
            "indexed",
            "",
            "completionMode: Indexed, completions: 10, parallelism: 3, activeDeadlineSeconds: 3600, \
             ttlSecondsAfterFinished: 600, backoffLimit: 1, ",
            "OnFailure",
        ),
        object("later", "", "suspend: true, ", "Never"),
    ];
    let folder = Folder::new("simulate").file("jobs.yaml", &objects.join("---\n"));
    let run = folder.run(["simulate", "--from", "2026-12-01T00:00Z", "--zone", "UTC"]);
    assert_eq!((run.status, run.err.as_str()), (0, ""));
    assert!(run.out.lines().all(|line| line.chars().count() <= 80), "{}", run.out);
    insta::with_settings!({snapshot_path => "../snapshots"}, { insta::assert_snapshot!("what_if", run.out) });
}

/// Below its bounds all is well, and beyond them it is not: whatever the policy, a run may take as long as the gap to the
/// next, and no longer than its own deadline.
#[test]
fn a_run_may_take_as_long_as_the_smallest_gap_or_its_deadline() {
    for schedule in ["*/7 * * * *", "0 9,17 * * *", "30 2 * * 1-5", "0 0 1 * *", "5,10 4 * * 0"] {
        for policy in ["Allow", "Forbid", "Replace"] {
            for deadline in [None, Some(7_200)] {
                let spec = format!("schedule: '{schedule}', concurrencyPolicy: {policy}");
                let job = deadline.map_or(String::new(), |deadline| format!("activeDeadlineSeconds: {deadline}, "));
                let table = table(&object("a", &spec, &job, "Never"));
                let bound = smallest_gap(schedule, &table).min(deadline.map_or(i64::MAX, |deadline| deadline));
                let first = &table.rows[0];
                assert_eq!(first.question, Question::TakesUpTo(Seconds::new(bound)), "{spec}, {job}");
                let summary = first.answer.summary;
                assert_eq!((summary.on_time, summary.complete, summary.most_jobs), (summary.due, summary.due, 1));
            }
        }
    }
}

fn smallest_gap(schedule: &str, table: &Table) -> i64 {
    let schedule = Schedule::new(&Expression::parse(schedule).expect("a schedule"), Zone::utc());
    let mut runs: Vec<Instant> =
        schedule.runs_after(table.window.start).take_while(|run| *run <= table.window.end).collect();
    runs.extend(schedule.next_after(table.window.end));
    runs.windows(2).map(|pair| (pair[1] - pair[0]).get()).min().expect("two runs")
}

#[test]
fn where_gaps_differ_a_run_may_be_late_before_one_is_left_out() {
    let table = table(&object("a", "schedule: '0 9,17 * * *', concurrencyPolicy: Forbid", "", "Never"));
    let questions: Vec<Question> = table.rows.iter().take(3).map(|row| row.question).collect();
    let hours = |hours: i64| Seconds::HOUR * hours;
    // 8 and 16 hours: what takes 12 of them is done before the next run but one is due.
    let expected = [Question::TakesUpTo(hours(8)), Question::TakesUpTo(hours(12)), Question::Takes(hours(18))];
    assert_eq!(questions, expected);
    let summary = table.rows[1].answer.summary;
    assert_eq!((summary.left_out, summary.late, summary.seconds_late()), (0, 7, hours(4)));
    assert!(table.rows[2].answer.summary.left_out > 0);
}

#[test]
fn what_ends_a_run_that_hangs_is_its_deadline_or_nothing() {
    let is_stuck = |question| question == Question::Stuck;
    let spec = "schedule: '0 * * * *', concurrencyPolicy: Forbid";
    let without = table(&object("a", spec, "", "Never"));
    let row_without = row(&without, is_stuck);
    assert_eq!((row_without.answer.summary.started, row_without.answer.first.end), (1, None));
    assert_eq!(row_without.rule, Some("forbid-without-deadline"));
    let with = table(&object("a", spec, "activeDeadlineSeconds: 600, ", "Never"));
    let row_with = row(&with, is_stuck);
    assert_eq!((row_with.answer.summary.left_out, row_with.answer.summary.late, row_with.rule), (0, 0, None));
    // A pod that its kubelet ends is retried.
    let of_pod = object("a", spec, "backoffLimit: 1, ", "Never, activeDeadlineSeconds: 60");
    let of_pod = table(&of_pod);
    let hangs = row(&of_pod, |question| question == Question::Hangs);
    assert_eq!((hangs.answer.first.attempts, hangs.answer.summary.left_out), (2, 0));
    assert_eq!(row(&of_pod, |question| question == Question::NeverStarts).answer.summary.started, 1);
}

#[test]
fn controllers_may_be_away_as_long_as_the_starting_deadline() {
    let table = table(&object("a", "schedule: '0 3 * * *', startingDeadlineSeconds: 1000", "", "Never"));
    let away = row(&table, |question| matches!(question, Question::AwayUpTo(_)));
    assert_eq!(away.question, Question::AwayUpTo(Seconds::new(999)));
    assert_eq!((away.answer.summary.late, away.answer.summary.left_out), (1, 0));
    let longer = row(&table, |question| matches!(question, Question::Away(_)));
    assert_eq!((longer.answer.summary.late, longer.answer.summary.left_out), (0, 1));
}
