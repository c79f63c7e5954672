//! `on-failure-loses-logs`

use crate::analysis::Subject;
use crate::diagnostic::Fix;
use crate::k8s::defaulted;
use crate::k8s::objects::{Container, JobSpec, RestartPolicy};
use crate::rule::{Check, Findings, Rule, Within, page};
use crate::text::Span;
use crate::yaml::Change;

pub(crate) static RULE: Rule = Rule::new(page!("run/on-failure-loses-logs"), Check::Job(check));

/// Whoever allows so many retries does not expect the last one to fail.
pub(super) const MANY: i32 = 20;

/// The annotations of hooks, and the word in them with which a hook goes when it fails.
const GONE_WHEN_FAILED: [(&str, &str); 2] =
    [("helm.sh/hook-delete-policy", "hook-failed"), ("argocd.argoproj.io/hook-delete-policy", "HookFailed")];

fn check(spec: Within<'_, JobSpec<'_>>, findings: &mut Findings<'_>) {
    let Some((policy, change)) = on_failure(spec.object) else { return };
    let limit = spec.backoff_limit().map_or(defaulted::Job::DEFAULT_BACKOFF_LIMIT, |limit| limit.value);
    if matches!(limit, 0 | 1) || limit >= MANY {
        return; // Of few there is a rule of its own.
    }

    // How long the kubelet waits between its restarts is a setting of its own: which comes first is not known.
    let deadline = spec.active_deadline_seconds().map_or("", |_| ", or at the Job's deadline,");
    let lost = match spec.parallelism() {
        Some(count) if count.value > 1 => "the pods that still run are deleted, and their logs with them",
        _ => "the pod is deleted, and its logs with it",
    };
    findings
        .report(policy, format!("at failure number {limit}{deadline} {lost}"))
        .help("with `Never` each retry is a pod of its own, and those that failed keep their logs")
        .fix(change.map(|change| Fix::unsafe_("retry in new pods: `Never`", change)));
}

/// The restart policy `OnFailure`, and the change that makes it `Never`, where the containers go with that. What plainly
/// ends has no failures to look into, and beside a `podFailurePolicy` the server asks for `Never` itself. A hook that goes
/// when it fails keeps no logs either way.
pub(super) fn on_failure(object: &Subject<'_>) -> Option<(Span, Option<Change>)> {
    let policy = object.pod?.value.restart_policy().filter(|policy| policy.value == RestartPolicy::OnFailure)?;
    if object.ends_well() || object.job?.value.pod_failure_policy().is_some() || goes_when_it_fails(object) {
        return None;
    }
    let written = policy.value.as_str().len();
    let restarts = object.containers.iter().any(|container| restarts_on_resize(**container));
    Some((policy.span, (!restarts).then(|| policy.raw.splice(0..written, "Never"))))
}

fn goes_when_it_fails(object: &Subject<'_>) -> bool {
    let Some(annotations) = object.manifest.metadata().and_then(|metadata| metadata.annotations()) else {
        return false;
    };
    let says = |(key, word): &(&str, &str)| {
        annotations.value.get(key).is_some_and(|policy| policy.value.split(',').any(|one| one.trim() == *word))
    };
    GONE_WHEN_FAILED.iter().any(says)
}

/// Whether a resize restarts it, which a pod that never restarts may not ask for.
fn restarts_on_resize(container: Container<'_>) -> bool {
    let policies = container.resize_policy().into_iter().flat_map(|policies| policies.value.iter());
    policies.into_iter().any(|(_, policy)| policy.value.restart_policy().is_none_or(|own| own.value != "NotRequired"))
}
