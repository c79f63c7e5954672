//! `ttl-breaks-hook`

use crate::analysis::{Managed, Manager};
use crate::diagnostic::Fix;
use crate::k8s::objects::JobSpec;
use crate::k8s::{Manifest, Resource};
use crate::rule::{Check, Findings, Parameter, Rule, Within, duration, page};
use crate::schedule::Seconds;

pub(crate) static RULE: Rule = Rule::new(page!("run/ttl-breaks-hook"), Check::Job(check)).with(&[LEAST]);

/// A Job that lives on this long has been seen by every tool that waits for it.
const LEAST: Parameter =
    Parameter::length("least", "the shortest time to live that is seen by whoever waits for the hook", 60, (1, 86_400));

fn check(spec: Within<'_, JobSpec<'_>>, findings: &mut Findings<'_>) {
    let least = findings.limit(&LEAST);
    let Some(ttl) = spec.ttl_seconds_after_finished().filter(|ttl| i64::from(ttl.value) < least) else { return };
    let Some(hook) = Managed::of(spec.object.manifest).filter(|managed| managed.as_hook) else { return };
    if !spec.object.is(Resource::Job) || hook.by == Manager::Helm && !is_run_by_argo(spec.object.manifest) {
        return;
    }

    let time = duration::in_words(Seconds::new(i64::from(ttl.value)));
    let (who, policy) = match hook.by {
        Manager::ArgoCd => ("Argo CD before 3.0", "argocd.argoproj.io/hook-delete-policy"),
        _ => ("Argo CD before 3.0", "helm.sh/hook-delete-policy"),
    };
    let removal = spec.slots().ttl_seconds_after_finished().remove();
    findings
        .report(ttl.span, format!("gone {time} after its end, the hook may escape {who}: the sync waits for ever"))
        .label(hook.evidence, "a hook, which is waited for")
        .help(format!("leave the clean-up to `{policy}`"))
        .fix(removal.map(|removal| Fix::unsafe_("remove `ttlSecondsAfterFinished`", removal)));
}

/// Whether Argo CD takes a hook of Helm's for one of its own. That it renders the chart is told by nothing but keys of its
/// own beside the hook.
fn is_run_by_argo(manifest: Manifest<'_>) -> bool {
    let Some(metadata) = manifest.metadata() else { return false };
    let maps = || [metadata.annotations(), metadata.labels()].into_iter().flatten();
    let is_argo = |key: &str| key.starts_with("argocd.argoproj.io/");
    if !maps().any(|map| map.value.iter().any(|(key, _)| is_argo(key))) {
        return false;
    }
    let Some(hook) = metadata.annotations().and_then(|annotations| annotations.value.get("helm.sh/hook")) else {
        return false;
    };
    hook.value.split(',').map(str::trim).any(|phase| {
        matches!(phase, "pre-install" | "post-install" | "pre-upgrade" | "post-upgrade" | "pre-delete" | "post-delete")
    })
}
