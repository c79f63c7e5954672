//! `ttl-unset`

use crate::diagnostic::Fix;
use crate::k8s::objects::{JobSpec, ObjectMeta};
use crate::k8s::{Manifest, Resource};
use crate::rule::{Check, Findings, Rule, Within};
use crate::yaml::New;

pub(crate) static RULE: Rule = Rule::new(include_str!("../../../rules/run/ttl-unset.md"), Check::Job(check));

fn check(spec: Within<'_, JobSpec<'_>>, findings: &mut Findings<'_>) {
    let ttl = spec.slots().ttl_seconds_after_finished();
    if !spec.object.is(Resource::Job) || ttl.is_set() || is_cleaned_up(spec.object.manifest) {
        return;
    }

    let change = ttl.insert_first(New::Plain("86400"));
    findings
        .report(spec.key, "no `ttlSecondsAfterFinished`: the finished Job and its pods stay until they are deleted")
        .lacks(ttl)
        .help("give it a time to live, long enough to read the logs: 86400 is a day")
        .fix(change.map(|change| Fix::unsafe_("delete the Job a day after it has finished", change)));
}

/// Whether the metadata show that somebody else deletes it: an owner, or a tool that runs it as a hook.
fn is_cleaned_up(manifest: Manifest<'_>) -> bool {
    let Some(metadata) = manifest.metadata() else { return false };
    metadata.owner_references().is_some_and(|owners| !owners.value.is_empty()) || is_managed(metadata)
}

fn is_managed(metadata: ObjectMeta<'_>) -> bool {
    let tool = |key: &str| key == "helm.sh/hook" || key.starts_with("argocd.argoproj.io/");
    [metadata.annotations(), metadata.labels()]
        .into_iter()
        .flatten()
        .any(|map| map.value.iter().any(|(key, _)| tool(key)))
}
