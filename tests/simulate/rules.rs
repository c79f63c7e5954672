//! What rules of group `run` claim is what happens.

use batchlint::analysis::{Settings, analyse};
use batchlint::controller::{
    Assumptions, Beginning, Delay, Deletion, JobEvent, Moment, Outcome, PodEvent, Pods, Scenario, What, Work, simulate,
};
use batchlint::foresight::plans;
use batchlint::schedule::Instant;
use batchlint::{Config, Source, lint};

/// 2026-12-01T00:00Z.
const FROM: Instant = Instant::from_unix(1_796_083_200);

fn job(deadline: i64, retries: i32) -> Source {
    let text = format!(
        "apiVersion: batch/v1\nkind: Job\nmetadata: {{name: a}}\nspec:\n  activeDeadlineSeconds: {deadline}\n  backoffLimit: \
         {retries}\n  template: {{spec: {{restartPolicy: Never, containers: [{{name: a, image: 'a:1'}}]}}}}\n"
    );
    Source::new("job.yaml", text)
}

/// What a rule says of it.
fn said(source: &Source, rule: &str) -> Option<String> {
    let config = Config::at(FROM).with_rules(&[rule], &[]).expect("there is such a rule");
    lint(source, &config).findings.first().map(|finding| finding.message.as_str().to_owned())
}

/// The first attempt that is said never to happen.
fn claimed(source: &Source) -> Option<u32> {
    said(source, "retries-beyond-deadline")?.split_whitespace().nth(1)?.parse().ok()
}

/// Tells what happens within a day where each attempt takes so long, and fails.
fn fail(source: &Source, length: Delay, visit: &mut dyn FnMut(What)) {
    let plans = plans(&analyse(source.clone(), &Settings::at(FROM)), &Config::at(FROM));
    let outcome = |_| Outcome::Exits { after: length, code: 1 };
    let pods = Pods { start: Delay::default(), stop: Delay::default(), outcome: &outcome };
    let scenario = Scenario {
        object: plans[0].object.clone().expect("it is taken"),
        beginning: Beginning::Created(Moment::of(FROM)),
        until: Moment::of(FROM) + Delay::from_seconds(86_400),
        assumptions: Assumptions { work: Work::Pods(pods), latency: Delay::default(), repeats: Some(1) },
        outages: Vec::new(),
        changes: Vec::new(),
    };
    simulate(&scenario, &mut |event| visit(event.what));
}

/// How many attempts there are.
fn attempts(source: &Source, length: Delay) -> u32 {
    let mut count = 0;
    fail(source, length, &mut |what| count += u32::from(matches!(what, What::Pod(.., PodEvent::Created))));
    count
}

#[test]
fn attempts_that_are_said_never_to_happen_never_do() {
    let mut claims = 0;
    for deadline in [1, 9, 10, 11, 29, 30, 31, 69, 70, 71, 150, 300, 309, 310, 311, 630, 631, 1_230, 1_231, 5_000] {
        for retries in 0..=9 {
            let source = job(deadline, retries);
            let claimed = claimed(&source);
            let most = claimed.map_or(u32::MAX, |first| first - 1);
            for length in [0, 1, 999, 7_300].map(Delay::from_millis) {
                let attempts = attempts(&source, length);
                assert!(attempts <= most, "{deadline} s, {retries} retries, {length:?}: {attempts}, said {claimed:?}");
            }
            claims += u32::from(claimed.is_some());
        }
    }
    assert!(claims > 50, "{claims} were said");
}

#[test]
fn attempts_that_are_not_said_never_to_happen_do_where_time_is_not_short() {
    // Half a minute for all that takes time beside the waits.
    for (deadline, retries) in [(40, 1), (60, 2), (100, 3), (180, 4), (340, 5), (660, 6), (1_260, 7)] {
        let source = job(deadline, retries);
        assert_eq!((claimed(&source), attempts(&source, Delay::default())), (None, retries as u32 + 1), "{deadline} s");
    }
    for (deadline, retries) in [(10, 1), (30, 2), (70, 3), (150, 4), (310, 5), (630, 6), (1_230, 7)] {
        assert_eq!(claimed(&job(deadline, retries)), Some(retries as u32 + 1), "{deadline} s");
        assert_eq!(claimed(&job(deadline + 1, retries)), None, "{deadline} s and one");
    }
}

#[test]
fn no_run_counts_as_failed_that_is_said_to_be_replaced_before() {
    let mut claims = 0;
    for minutes in [3, 5, 10, 15] {
        for deadline in [None, Some(60), Some(299), Some(300), Some(301), Some(3_600)] {
            for retries in [None, Some(0), Some(4), Some(5), Some(6)] {
                let field =
                    |name: &str, value: Option<i64>| value.map_or(String::new(), |value| format!("{name}: {value}, "));
                let (ended, limit) = (field("activeDeadlineSeconds", deadline), field("backoffLimit", retries));
                let text = format!(
                    "apiVersion: batch/v1\nkind: CronJob\nmetadata: {{name: a}}\nspec:\n  schedule: '*/{minutes} * * * *'\n  \
                     concurrencyPolicy: Replace\n  jobTemplate: {{spec: {{{ended}{limit}template: {{spec: {{restartPolicy: \
                     Never, containers: [{{name: a, image: 'a:1'}}]}}}}}}}}\n"
                );
                let source = Source::new("job.yaml", text);
                let said = said(&source, "replaced-before-failed");
                let (mut failed, mut replaced) = (0, 0);
                // What outlasts its deadline fails by it, where it lives so long.
                let length = if said.is_some() && deadline.is_some() { 4_000 } else { 0 };
                fail(&source, Delay::from_seconds(length), &mut |what| match what {
                    What::Job(_, JobEvent::Failed(_)) => failed += 1,
                    What::Job(_, JobEvent::Gone(Deletion::Replaced)) => replaced += 1,
                    _ => {}
                });
                assert!(said.is_none() || failed == 0 && replaced > 90, "{failed}, {replaced}: {}", source.text());
                claims += u32::from(said.is_some());
            }
        }
    }
    assert!(claims > 20, "{claims} were said");
}
