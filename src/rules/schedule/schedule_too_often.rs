//! `schedule-too-often`

use crate::controller::Timetable;
use crate::k8s::objects::{ConcurrencyPolicy, JobSpec};
use crate::rule::{Check, Findings, Parameter, Rule, Within, duration, page};
use crate::schedule::{Expression, Field, FieldName, Seconds};
use crate::text::grouped;

pub(crate) static RULE: Rule = Rule::new(page!("schedule/schedule-too-often"), Check::Schedule(check)).with(&[LEAST]);

/// Runs that are so far apart are not too often.
const LEAST: Parameter =
    Parameter::length("least", "the shortest time between two runs that nothing is said of", 120, (60, 86_400));

fn check(timetable: Within<'_, Timetable<'_>>, findings: &mut Findings<'_>) {
    let expression = &timetable.expression;
    let pods = timetable.object.job.map_or(1, |job| pods_of_a_run(job.value));
    if timetable.object.is_suspended() || pods == 0 {
        return;
    }
    let least = Seconds::new(findings.limit(&LEAST));
    let Some(distance) = distance(expression).filter(|distance| *distance < least) else { return };

    let days = |name: FieldName| expression.field(name).is_none_or(Field::is_full);
    let every_day = [FieldName::DayOfMonth, FieldName::Month, FieldName::DayOfWeek].into_iter().all(days);
    let when = if every_day { "a day" } else { "on each day that it runs" };
    let (each, pause) = match duration::in_words(distance) {
        minute if distance == Seconds::MINUTE => ("each minute".to_owned(), minute.replace('1', "a")),
        words => (format!("every {words}"), words),
    };
    let in_a_day = grouped(pods * (Seconds::DAY.get() / distance.get()));
    let pods = if pods == 1 { "a pod".to_owned() } else { format!("{} pods", grouped(pods)) };
    // With `Forbid`, a run that takes longer leaves others out.
    let policy = timetable.spec.concurrency_policy();
    let most = if policy.is_some_and(|policy| policy.value == ConcurrencyPolicy::Forbid) { "up to " } else { "" };
    findings
        .report(timetable.written.span, format!("{most}{pods} {each}, {in_a_day} {when}, each with its own start"))
        .help(format!(
            "a Deployment that stays and waits {pause} between two rounds costs less; if not, keep the history limits low"
        ));
}

/// How many pods a run has that succeeds at once: as many as are to succeed, or, where no number says so, as go on side by
/// side.
fn pods_of_a_run(job: JobSpec<'_>) -> i64 {
    let parallel = job.parallelism().map_or(1, |count| i64::from(count.value));
    let wanted = job.completions().map_or(parallel, |count| i64::from(count.value));
    if parallel <= 0 { 0 } else { wanted.max(0) }
}

/// How far apart runs are that go on at one distance, hour after hour.
fn distance(expression: &Expression) -> Option<Seconds> {
    if let Some(every) = expression.every() {
        // What is below a minute has a rule of its own.
        return Some(every.distance).filter(|distance| *distance >= Seconds::MINUTE);
    }
    let [minutes, hours, ..] = expression.fields()?;
    let runs: Vec<i64> = minutes.iter().map(i64::from).collect();
    let next_hour = runs.first()? + 60;
    let next = runs.iter().skip(1).copied().chain([next_hour]);
    let widest = runs.iter().zip(next).map(|(run, next)| next - run).max()?;
    hours.is_full().then(|| Seconds::new(widest * 60))
}
