//! `on-failure-loses-logs`

use crate::diagnostic::Fix;
use crate::k8s::defaulted;
use crate::k8s::objects::{JobSpec, RestartPolicy};
use crate::rule::{Check, Findings, Rule, Within};

pub(crate) static RULE: Rule =
    Rule::new(include_str!("../../../rules/run/on-failure-loses-logs.md"), Check::Job(check));

fn check(spec: Within<'_, JobSpec<'_>>, findings: &mut Findings<'_>) {
    let Some(policy) = spec.object.pod.and_then(|pod| pod.value.restart_policy()) else { return };
    if policy.value != RestartPolicy::OnFailure {
        return;
    }

    let message = match spec.backoff_limit().map_or(defaulted::Job::DEFAULT_BACKOFF_LIMIT, |limit| limit.value) {
        0 | 1 => "at the first failure the pod is deleted, and its logs with it".to_owned(),
        limit => format!("at failure number {limit} the pod is deleted, and its logs with it"),
    };
    findings
        .report(policy.span, message)
        .help("with `Never` each retry is a pod of its own, and those that failed keep their logs")
        .fix(Fix::unsafe_("retry in new pods: `Never`", policy.raw.splice(0..policy.value.as_str().len(), "Never")));
}
