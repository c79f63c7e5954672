//! `forbid-without-deadline`

use crate::k8s::Manifest;
use crate::k8s::objects::{CronJobSpec, PodSpec};
use crate::rule::{Check, Findings, Rule};

pub(crate) static RULE: Rule =
    Rule::new(include_str!("../../../rules/run/forbid-without-deadline.md"), Check::CronJob(check));

fn check(spec: CronJobSpec<'_>, findings: &mut Findings<'_>) {
    let Some(policy) = spec.concurrency_policy().filter(|policy| policy.value == "Forbid") else { return };
    let Some(job) = findings.job() else { return };
    let ends = |pod: PodSpec<'_>| pod.slots().active_deadline_seconds().is_set();
    if job.slots().active_deadline_seconds().is_set() || findings.pod().is_some_and(ends) {
        return;
    }
    let Some(job) = findings.manifest().and_then(Manifest::job_field) else { return };

    findings
        .report(policy.span, "one run that hangs, or whose pod cannot start, keeps every later run from starting")
        .label(job.key, "no `activeDeadlineSeconds` ends it")
        .help("give the Job an `activeDeadlineSeconds` that no good run reaches");
}
