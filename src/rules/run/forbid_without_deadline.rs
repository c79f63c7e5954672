//! `forbid-without-deadline`

use crate::k8s::objects::{ConcurrencyPolicy, CronJobSpec};
use crate::rule::{Check, Findings, Rule, Within, page};

pub(crate) static RULE: Rule = Rule::new(page!("run/forbid-without-deadline"), Check::CronJob(check));

fn check(spec: Within<'_, CronJobSpec<'_>>, findings: &mut Findings<'_>) {
    let Some(policy) = spec.concurrency_policy().filter(|policy| policy.value == ConcurrencyPolicy::Forbid) else {
        return;
    };
    let Some(job) = spec.object.job else { return };
    let ends = job.value.slots().active_deadline_seconds().is_set() || spec.object.takes().is_some();
    if ends || spec.object.is_suspended() {
        return;
    }
    let help = "give the Job an `activeDeadlineSeconds` that no good run reaches";
    match spec.object.pod.and_then(|pod| pod.value.active_deadline_seconds()) {
        None => findings
            .report(policy.span, "one run that hangs, or whose pod cannot start, keeps every later run from starting")
            .label(job.key, "no `activeDeadlineSeconds` ends it")
            .help(help),
        Some(deadline) => findings
            .report(policy.span, "one run whose pod finds no node keeps every later run from starting")
            .label(deadline.span, "counts from when a node has taken the pod")
            .help(help),
    };
}
