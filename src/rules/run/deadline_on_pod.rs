//! `deadline-on-pod`

use super::backoff_limit_high::waiting;
use crate::k8s::defaulted;
use crate::k8s::objects::JobSpec;
use crate::rule::{Check, Findings, Rule, Within, duration, page};
use crate::schedule::Seconds;

pub(crate) static RULE: Rule = Rule::new(page!("run/deadline-on-pod"), Check::Job(check));

fn check(spec: Within<'_, JobSpec<'_>>, findings: &mut Findings<'_>) {
    let Some(deadline) = spec.object.pod.and_then(|pod| pod.value.active_deadline_seconds()) else { return };
    let slots = spec.slots();
    let has_several = [spec.completions(), spec.parallelism()].into_iter().flatten().any(|count| count.value != 1);
    let is_other = [slots.active_deadline_seconds(), slots.pod_failure_policy()].iter().any(|slot| slot.is_set());
    let retries = spec.backoff_limit().map_or(defaulted::Job::DEFAULT_BACKOFF_LIMIT, |limit| limit.value);
    if is_other || has_several || retries <= 0 || deadline.value <= 0 || spec.object.takes().is_some() {
        return;
    }

    let attempts = i64::from(retries) + 1;
    let length = Seconds::new(deadline.value).saturating_mul(attempts);
    let length = Seconds::new(length.get().saturating_add(waiting(retries.into(), false).get()));
    let report = findings.report(
        deadline.span,
        format!(
            "ends each attempt and not the Job: work that hangs is tried {attempts} times, and has failed after {}",
            duration::in_words(length)
        ),
    );
    match spec.backoff_limit() {
        Some(limit) => report.label(limit.span, "each retry has that time again"),
        None => report.label(spec.key, "6 retries, where `backoffLimit` is not set, each with that time again"),
    }
    .help("`activeDeadlineSeconds` in the Job's spec, beside `backoffLimit`, ends all attempts together");
}
