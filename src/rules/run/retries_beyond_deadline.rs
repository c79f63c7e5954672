//! `retries-beyond-deadline`

use super::backoff_limit_high::waiting;
use crate::k8s::objects::{JobSpec, RestartPolicy};
use crate::rule::{Check, Findings, Rule, Within, page};
use crate::schedule::Seconds;

pub(crate) static RULE: Rule = Rule::new(page!("run/retries-beyond-deadline"), Check::Job(check));

fn check(spec: Within<'_, JobSpec<'_>>, findings: &mut Findings<'_>) {
    let (Some(limit), Some(deadline)) = (spec.backoff_limit(), spec.active_deadline_seconds()) else { return };
    let retries = i64::from(limit.value);
    // Pods of a Job that has several fail side by side, and a policy may count failures otherwise.
    let has_several = [spec.completions(), spec.parallelism()].into_iter().flatten().any(|count| count.value != 1);
    let policy = spec.object.pod.and_then(|pod| pod.value.restart_policy());
    let is_kept = policy.is_some_and(|policy| policy.value == RestartPolicy::Never);
    if has_several || !is_kept || spec.slots().pod_failure_policy().is_set() || retries > MOST || deadline.value <= 0 {
        return;
    }
    let end = Seconds::new(deadline.value);
    let starts = |retry: &i64| waiting(*retry, false) < end;
    // Times are kept in whole seconds, those of pods that ended and of the Job's start alike: no wait comes out shorter.
    let Some(first) = (1..=retries).find(|retry| !starts(retry)) else { return };

    let (attempt, last) = (first + 1, retries + 1);
    let which = match last - attempt {
        0 => format!("attempt {attempt} never happens"),
        1 => format!("attempts {attempt} and {last} never happen"),
        _ => format!("attempts {attempt} to {last} never happen"),
    };
    let (waits, end) = (waiting(first, false).get(), deadline.value);
    findings
        .report(
            limit.span,
            format!("{which}: the waits before attempt {attempt} alone add up to {waits} s, and the Job is ended after {end} s"),
        )
        .label(deadline.span, "ends the Job, and fails it")
        .help("give the Job the time that its retries need, or fewer retries");
}

/// Who allows more retries means as many as there is time for.
const MOST: i64 = 20;
