//! `ttl-breaks-hook`

use crate::diagnostic::Fix;
use crate::k8s::Resource;
use crate::k8s::objects::{JobSpec, ObjectMeta};
use crate::rule::{Check, Findings, Rule, Within, duration};
use crate::schedule::Seconds;
use crate::text::Span;

pub(crate) static RULE: Rule = Rule::new(include_str!("../../../rules/run/ttl-breaks-hook.md"), Check::Job(check));

/// In seconds: a Job that lives on this long has been seen by every tool that waits for it.
const LONG_ENOUGH: i32 = 600;

fn check(spec: Within<'_, JobSpec<'_>>, findings: &mut Findings<'_>) {
    let Some(ttl) = spec.ttl_seconds_after_finished() else { return };
    if !spec.object.is(Resource::Job) {
        return;
    }
    let Some((place, tool)) = spec.object.manifest.metadata().and_then(tool) else { return };

    let time = duration::in_words(Seconds::new(i64::from(ttl.value)));
    let message = match tool {
        Tool::Resource => {
            format!(
                "gone {time} after its end, the Job leaves the application out of sync, and automatic sync runs it again"
            )
        }
        _ if ttl.value >= LONG_ENOUGH => return,
        Tool::ArgoHook => {
            format!("gone {time} after its end, the hook may escape Argo CD, and the sync waits for ever")
        }
        Tool::HelmHook => {
            format!(
                "gone {time} after its end, the hook may escape Argo CD, if that renders the chart: the sync waits for ever"
            )
        }
    };
    let help = match tool {
        Tool::Resource => "make it a hook (`argocd.argoproj.io/hook: Sync`) and let its delete policy clean up",
        Tool::ArgoHook => "leave the clean-up to `argocd.argoproj.io/hook-delete-policy`",
        Tool::HelmHook => "leave the clean-up to `helm.sh/hook-delete-policy`",
    };
    let removal = spec.slots().ttl_seconds_after_finished().remove();
    findings
        .report(ttl.span, message)
        .label(place, "this tool waits for it")
        .help(help)
        .fix(removal.map(|removal| Fix::unsafe_("remove `ttlSecondsAfterFinished`", removal)));
}

enum Tool {
    ArgoHook,
    HelmHook,
    Resource,
}

/// What the metadata say about a tool that looks at the Job after its end.
fn tool(metadata: ObjectMeta<'_>) -> Option<(Span, Tool)> {
    let annotation = |key: &str| metadata.annotations()?.value.get(key);
    if let Some(hook) = annotation("argocd.argoproj.io/hook") {
        return (hook.value != "Skip").then_some((hook.key, Tool::ArgoHook));
    }
    if let Some(hook) = annotation("helm.sh/hook") {
        let run_by_argo = |phase: &str| phase.starts_with("pre-") || phase.starts_with("post-");
        return hook.value.split(',').map(str::trim).any(run_by_argo).then_some((hook.key, Tool::HelmHook));
    }
    let managed = ["argocd.argoproj.io/sync-wave", "argocd.argoproj.io/sync-options", "argocd.argoproj.io/tracking-id"];
    let label = || metadata.labels()?.value.get("argocd.argoproj.io/instance");
    let mark = managed.into_iter().find_map(annotation).or_else(label)?;
    Some((mark.key, Tool::Resource))
}
