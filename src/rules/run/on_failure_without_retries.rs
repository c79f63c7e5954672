//! `on-failure-without-retries`

use super::on_failure_loses_logs::on_failure;
use crate::diagnostic::Fix;
use crate::k8s::objects::JobSpec;
use crate::rule::{Check, Findings, Rule, Within, page};

pub(crate) static RULE: Rule = Rule::new(page!("run/on-failure-without-retries"), Check::Job(check));

fn check(spec: Within<'_, JobSpec<'_>>, findings: &mut Findings<'_>) {
    let Some((policy, change)) = on_failure(spec.object) else { return };
    let Some(limit) = spec.backoff_limit().filter(|limit| matches!(limit.value, 0 | 1)) else { return };

    findings
        .report(policy, "at the first failure the pod is deleted, and its logs with it")
        .label(limit.span, "the first restart would be one too many")
        .help("`Never` keeps the failed pod, and its logs, as long as the Job")
        .fix(change.map(|change| Fix::unsafe_("keep failed pods: `Never`", change)));
}
