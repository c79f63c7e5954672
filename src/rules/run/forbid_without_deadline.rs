//! `forbid-without-deadline`

use crate::k8s::objects::{ConcurrencyPolicy, CronJobSpec, Field, PodSpec};
use crate::rule::{Check, Findings, Rule, Within};

pub(crate) static RULE: Rule =
    Rule::new(include_str!("../../../rules/run/forbid-without-deadline.md"), Check::CronJob(check));

fn check(spec: Within<'_, CronJobSpec<'_>>, findings: &mut Findings<'_>) {
    let Some(policy) = spec.concurrency_policy().filter(|policy| policy.value == ConcurrencyPolicy::Forbid) else {
        return;
    };
    let Some(job) = spec.object.job else { return };
    let ends = |pod: Field<'_, PodSpec<'_>>| pod.value.slots().active_deadline_seconds().is_set();
    if job.value.slots().active_deadline_seconds().is_set() || spec.object.pod.is_some_and(ends) {
        return;
    }

    findings
        .report(policy.span, "one run that hangs, or whose pod cannot start, keeps every later run from starting")
        .label(job.key, "no `activeDeadlineSeconds` ends it")
        .help("give the Job an `activeDeadlineSeconds` that no good run reaches");
}
