//! `on-failure-loses-logs`

use crate::diagnostic::Fix;
use crate::k8s::defaulted;
use crate::k8s::objects::{JobSpec, RestartPolicy};
use crate::rule::{Check, Findings, Rule, Within};
use crate::text::Span;
use crate::yaml::Change;

pub(crate) static RULE: Rule =
    Rule::new(include_str!("../../../rules/run/on-failure-loses-logs.md"), Check::Job(check));

fn check(spec: Within<'_, JobSpec<'_>>, findings: &mut Findings<'_>) {
    let Some((policy, change)) = on_failure(spec) else { return };
    let limit = spec.backoff_limit().map_or(defaulted::Job::DEFAULT_BACKOFF_LIMIT, |limit| limit.value);
    if matches!(limit, 0 | 1) {
        return; // A rule of its own.
    }

    findings
        .report(policy, format!("at failure number {limit} the pod is deleted, and its logs with it"))
        .help("with `Never` each retry is a pod of its own, and those that failed keep their logs")
        .fix(Fix::unsafe_("retry in new pods: `Never`", change));
}

/// The restart policy `OnFailure`, and the change that makes it `Never`.
pub(super) fn on_failure(spec: Within<'_, JobSpec<'_>>) -> Option<(Span, Change)> {
    let policy = spec.object.pod?.value.restart_policy()?;
    let written = policy.value.as_str().len();
    (policy.value == RestartPolicy::OnFailure).then(|| (policy.span, policy.raw.splice(0..written, "Never")))
}
