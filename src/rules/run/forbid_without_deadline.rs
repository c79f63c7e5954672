//! `forbid-without-deadline`

use crate::k8s::objects::CronJobSpec;
use crate::rule::{Check, Findings, Rule};
use crate::yaml::Value;

pub(crate) static RULE: Rule =
    Rule::new(include_str!("../../../rules/run/forbid-without-deadline.md"), Check::CronJob(check));

fn check(spec: CronJobSpec<'_>, findings: &mut Findings<'_>) {
    let Some(policy) = spec.concurrency_policy().filter(|policy| policy.value == "Forbid") else { return };
    let Some(job) = spec.job_template().and_then(|template| template.value.spec()) else { return };
    let ends = |object: Value<'_>| object.get("activeDeadlineSeconds").is_some_and(|field| !field.value.is_null());
    let pod = || Some(job.value.template()?.value.spec()?.value.raw());
    if ends(job.value.raw()) || pod().is_some_and(ends) {
        return;
    }

    findings
        .report(policy.span, "one run that hangs, or whose pod cannot start, keeps every later run from starting")
        .label(job.key, "no `activeDeadlineSeconds` ends it")
        .help("give the Job an `activeDeadlineSeconds` that no good run reaches");
}
