//! `deadline-beyond-next-run`

use super::retries_beside_next_run::{counted, runs_within};
use crate::k8s::objects::{ConcurrencyPolicy, CronJobSpec};
use crate::rule::{Check, Findings, Rule, Within, duration, page};
use crate::schedule::Seconds;

pub(crate) static RULE: Rule = Rule::new(page!("run/deadline-beyond-next-run"), Check::CronJob(check));

fn check(spec: Within<'_, CronJobSpec<'_>>, findings: &mut Findings<'_>) {
    let object = spec.object;
    let (Some(job), Some(timetable)) = (object.job, object.timetable()) else { return };
    let Some(deadline) = job.value.active_deadline_seconds() else { return };
    let (length, gap) = (Seconds::new(deadline.value), timetable.shortest_gap());
    let Some(gap) = gap.filter(|gap| *gap < length && !object.is_suspended() && object.takes().is_none()) else {
        return;
    };

    let runs = runs_within(timetable, length);
    let later = runs.saturating_sub(1);
    let policy = spec.concurrency_policy().map_or(ConcurrencyPolicy::Allow, |policy| policy.value);
    let ended = format!("a run that hangs is ended after {}", duration::in_words(length));
    let (message, help) = match (policy, later) {
        (ConcurrencyPolicy::Allow, _) => (
            format!("{ended}, and later ones start beside it: {} at once", counted(runs, runs)),
            "a deadline shorter than that parts the runs, and so does `concurrencyPolicy: Forbid`",
        ),
        (ConcurrencyPolicy::Forbid, 1) => (
            format!("{ended}, and until then the next one does not start"),
            "a deadline shorter than that holds up none",
        ),
        (ConcurrencyPolicy::Forbid, _) => (
            format!("{ended}, and until then {} later ones do not start", counted(later, runs)),
            "a deadline shorter than that holds up none",
        ),
        // What comes of that is said by `replaced-before-failed`.
        _ => return,
    };
    findings
        .report(deadline.span, message)
        .label(timetable.written.span, format!("{} apart", duration::in_words(gap)))
        .help(help);
}
