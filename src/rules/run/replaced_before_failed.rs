//! `replaced-before-failed`

use super::retries_beside_next_run::retries_take;
use crate::k8s::objects::{ConcurrencyPolicy, CronJobSpec};
use crate::rule::{Check, Findings, Rule, Within, duration, page};
use crate::schedule::Seconds;

pub(crate) static RULE: Rule = Rule::new(page!("run/replaced-before-failed"), Check::CronJob(check));

/// What is said of runs that follow each other faster is `replaced-within-minutes`.
const SHORT: Seconds = Seconds::new(120);

fn check(spec: Within<'_, CronJobSpec<'_>>, findings: &mut Findings<'_>) {
    let Some(policy) = spec.concurrency_policy().filter(|policy| policy.value == ConcurrencyPolicy::Replace) else {
        return;
    };
    let (Some(job), Some(outlook)) = (spec.object.job, &spec.object.outlook) else { return };
    let Some(timetable) = outlook.timetable.as_ref().filter(|_| !outlook.suspended) else { return };
    let Some(gap) = timetable.longest_gap().filter(|gap| *gap > SHORT) else { return };

    let apart = format!("{} apart at most", duration::in_words(gap));
    let help = "an `activeDeadlineSeconds` shorter than the time between two runs makes a run that goes wrong fail, and be seen";
    match job.value.active_deadline_seconds() {
        Some(deadline) if Seconds::new(deadline.value) > gap => findings
            .report(
                deadline.span,
                "this never ends a run: the next one deletes it before, and one that hangs never counts as failed",
            )
            .label(timetable.written.span, apart)
            .help(help),
        Some(_) => return,
        None => {
            let Some(length) = retries_take(job).filter(|length| *length > gap) else { return };
            let length = duration::in_words(length);
            findings
                .report(
                    policy.span,
                    format!("work that fails is retried for {length}, and the next run deletes it before it counts as failed"),
                )
                .label(timetable.written.span, apart)
                .help(help)
        }
    };
}
