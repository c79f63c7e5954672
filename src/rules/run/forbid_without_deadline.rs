//! `forbid-without-deadline`

use crate::k8s::objects::CronJobSpec;
use crate::rule::{Check, Findings, Rule};

pub(crate) static RULE: Rule =
    Rule::new(include_str!("../../../rules/run/forbid-without-deadline.md"), Check::CronJob(check));

fn check(spec: CronJobSpec<'_>, findings: &mut Findings<'_>) {
    let Some(policy) = spec.concurrency_policy().filter(|policy| policy.value == "Forbid") else { return };
    let Some(job) = spec.job_template().and_then(|template| template.value.spec()) else { return };
    let pod = job.value.template().and_then(|template| template.value.spec());
    let ends = |field: &str| {
        let of_pod = pod.and_then(|pod| pod.value.raw().get(field));
        [job.value.raw().get(field), of_pod].into_iter().flatten().any(|deadline| !deadline.value.is_null())
    };
    if ends("activeDeadlineSeconds") {
        return;
    }

    findings
        .report(policy.span, "one run that hangs, or whose pod cannot start, keeps every later run from starting")
        .label(job.key, "no `activeDeadlineSeconds` ends it")
        .help("give the Job an `activeDeadlineSeconds` that no good run reaches");
}
