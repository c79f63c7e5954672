//! `forbid-without-deadline`

use crate::k8s::Manifest;
use crate::k8s::objects::CronJobSpec;
use crate::rule::{Check, Findings, Rule};
use crate::yaml::Value;

pub(crate) static RULE: Rule =
    Rule::new(include_str!("../../../rules/run/forbid-without-deadline.md"), Check::CronJob(check));

fn check(spec: CronJobSpec<'_>, findings: &mut Findings<'_>) {
    let Some(policy) = spec.concurrency_policy().filter(|policy| policy.value == "Forbid") else { return };
    let Some(job) = findings.job() else { return };
    let ends = |object: Value<'_>| object.get("activeDeadlineSeconds").is_some_and(|field| !field.value.is_null());
    if ends(job.raw()) || findings.pod().is_some_and(|pod| ends(pod.raw())) {
        return;
    }
    let Some(job) = findings.manifest().and_then(Manifest::job_field) else { return };

    findings
        .report(policy.span, "one run that hangs, or whose pod cannot start, keeps every later run from starting")
        .label(job.key, "no `activeDeadlineSeconds` ends it")
        .help("give the Job an `activeDeadlineSeconds` that no good run reaches");
}
