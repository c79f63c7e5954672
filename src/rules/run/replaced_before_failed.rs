//! `replaced-before-failed`

use super::backoff_limit_high::waiting;
use crate::k8s::defaulted;
use crate::k8s::objects::{ConcurrencyPolicy, CronJobSpec, Field, JobSpec, RestartPolicy};
use crate::rule::{Check, Findings, Rule, Within, duration};
use crate::schedule::Seconds;

pub(crate) static RULE: Rule =
    Rule::new(include_str!("../../../rules/run/replaced-before-failed.md"), Check::CronJob(check));

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

/// How long it takes at the least until a Job has failed whose only pod is retried; `None` where nothing is certain.
fn retries_take(job: Field<'_, JobSpec<'_>>) -> Option<Seconds> {
    let pod = job.value.template()?.value.spec()?.value;
    let has_several =
        [job.value.completions(), job.value.parallelism()].into_iter().flatten().any(|count| count.value != 1);
    let is_kept = pod.restart_policy().is_some_and(|policy| policy.value == RestartPolicy::Never);
    if has_several || !is_kept || job.value.slots().pod_failure_policy().is_set() {
        return None;
    }
    let limit = job.value.backoff_limit().map_or(defaulted::Job::DEFAULT_BACKOFF_LIMIT, |limit| limit.value);
    Some(waiting(i64::from(limit), false))
}
