//! Who applies an object, deletes it and applies it again, as far as its metadata tell.

use crate::k8s::Manifest;
use crate::k8s::objects::{Field, Map, ObjectMeta};
use crate::text::Span;

/// A tool that applies objects, or an object that owns others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Manager {
    /// Helm installs and upgrades it with its chart.
    Helm,
    /// Argo CD syncs it with its application.
    ArgoCd,
    /// Flux applies it again and again.
    Flux,
    /// Another object made it, and takes it along when it goes.
    Owner,
}

/// That an object is managed, and how one can tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Managed {
    /// Who does it.
    pub by: Manager,
    /// Whether that runs it as a hook: at a point of its own work, and not as an object that has to be there.
    pub as_hook: bool,
    /// What tells it.
    pub evidence: Span,
}

/// What a label or an annotation tells of an object.
struct Sign {
    key: Key,
    /// Its value, where not any will do.
    value: Option<&'static str>,
    by: Manager,
    as_hook: bool,
}

/// A key that a tool sets on what it applies, or reads there.
enum Key {
    Named(&'static str),
    /// One of these names below a prefix, which others write names of their own below, too.
    Below(&'static str, &'static [&'static str]),
}

/// Hooks first: they tell more. Sources: the documentation of Helm's chart hooks and of the labels it sets; of Argo CD,
/// "Annotations and Labels used by Argo CD", those of any resource, and "Resource Tracking"; and of Flux, "Controlling
/// the apply behavior of resources" of a Kustomization, and "Drift detection" of a HelmRelease.
const SIGNS: &[Sign] = &[
    sign(Key::Named("argocd.argoproj.io/hook"), Manager::ArgoCd, true),
    sign(Key::Named("helm.sh/hook"), Manager::Helm, true),
    sign(Key::Below("argocd.argoproj.io/", ARGO_CD), Manager::ArgoCd, false),
    sign(Key::Below("kustomize.toolkit.fluxcd.io/", KUSTOMIZE), Manager::Flux, false),
    sign(Key::Below("helm.toolkit.fluxcd.io/", &["name", "namespace", "driftDetection"]), Manager::Flux, false),
    sign(Key::Named("meta.helm.sh/release-name"), Manager::Helm, false),
    sign(Key::Named("helm.sh/chart"), Manager::Helm, false),
    Sign { value: Some("Helm"), ..sign(Key::Named("app.kubernetes.io/managed-by"), Manager::Helm, false) },
];

const ARGO_CD: &[&str] = &[
    "compare-options",
    "hook-delete-policy",
    "ignore-healthcheck",
    "ignore-resource-updates",
    "installation-id",
    "instance",
    "sync-options",
    "sync-wave",
    "tracking-id",
];

const KUSTOMIZE: &[&str] = &["name", "namespace", "checksum", "reconcile", "prune", "ssa", "force", "substitute"];

/// With one of them an object is left alone by the tool that reads it; the tool does not look at capitals.
const LEFT_ALONE: [(&str, &str); 3] = [
    ("argocd.argoproj.io/hook", "Skip"),
    ("kustomize.toolkit.fluxcd.io/reconcile", "disabled"),
    ("kustomize.toolkit.fluxcd.io/ssa", "Ignore"),
];

const fn sign(key: Key, by: Manager, as_hook: bool) -> Sign {
    Sign { key, value: None, by, as_hook }
}

impl Managed {
    /// Who manages an object; `None` where its metadata tell of nobody.
    #[must_use]
    pub fn of(manifest: Manifest<'_>) -> Option<Self> {
        let metadata = manifest.metadata()?;
        let annotations = metadata.annotations();
        let is_left_alone = |map: Map<'_, &str>| {
            LEFT_ALONE.iter().any(|(key, value)| map.get(key).is_some_and(|one| one.value.eq_ignore_ascii_case(value)))
        };
        if annotations.is_some_and(|annotations| is_left_alone(annotations.value)) {
            return None;
        }
        // Hooks are read from annotations alone.
        let of_annotations = annotations.and_then(|map| strongest(map, |_| true));
        let of_labels = metadata.labels().and_then(|map| strongest(map, |sign| !sign.as_hook));
        let strongest = of_annotations.into_iter().chain(of_labels).min_by_key(|(rank, _)| *rank);
        let owners = metadata.owner_references().filter(|owners| !owners.value.is_empty());
        let owned = owners.map(|owners| Self { by: Manager::Owner, as_hook: false, evidence: owners.key });
        strongest.map(|(_, managed)| managed).or(owned)
    }
}

/// Whether metadata tell the manager to delete the object and make it anew, or not to touch it.
pub(crate) fn replaced(metadata: ObjectMeta<'_>) -> bool {
    let says = |map: Map<'_, &str>, key: &str, words: &[&str]| {
        let value = map.get(key).map(|value| value.value.to_ascii_lowercase());
        value.is_some_and(|value| value.split(',').any(|part| words.contains(&part.trim())))
    };
    let maps = [metadata.annotations(), metadata.labels()].into_iter().flatten();
    maps.into_iter().any(|map| {
        says(map.value, "argocd.argoproj.io/sync-options", &["force=true", "replace=true"])
            || says(map.value, "kustomize.toolkit.fluxcd.io/force", &["enabled"])
            || says(map.value, "kustomize.toolkit.fluxcd.io/ssa", &["ifnotpresent"])
    })
}

/// What the strongest sign in a map tells, with its number. The map is gone through once: there may be many keys, and few
/// have a `/`.
fn strongest(map: Field<'_, Map<'_, &str>>, counts: impl Fn(&Sign) -> bool) -> Option<(usize, Managed)> {
    let with_prefix = map.raw.entries().filter(|entry| entry.key.contains('/'));
    let found = with_prefix.filter_map(|entry| {
        let is_found = |sign: &Sign| sign.has_key(entry.key) && counts(sign);
        let mut signs = SIGNS.iter().enumerate().filter(|(_, sign)| is_found(sign));
        let field = signs.clone().next().and_then(|_| map.value.read(entry))?;
        let (rank, &Sign { by, as_hook, .. }) = signs.find(|(_, sign)| sign.has_value(field.value))?;
        Some((rank, Managed { by, as_hook, evidence: field.key }))
    });
    found.min_by_key(|(rank, _)| *rank)
}

impl Sign {
    fn has_key(&self, key: &str) -> bool {
        match self.key {
            Key::Named(name) => key == name,
            Key::Below(prefix, names) => key.strip_prefix(prefix).is_some_and(|name| names.contains(&name)),
        }
    }

    fn has_value(&self, value: &str) -> bool {
        self.value.is_none_or(|wanted| value == wanted)
    }
}

#[cfg(test)]
mod tests {
    use super::{Managed, Manager};
    use crate::k8s::Objects;
    use crate::yaml::parse;

    fn managed(metadata: &str) -> Option<(Manager, bool, String)> {
        let file = parse(&format!("{{apiVersion: batch/v1, kind: Job, metadata: {{{metadata}}}}}"));
        let objects = Objects::of(&file.documents[0]);
        let managed = objects.manifests(&file.documents[0]).next().and_then(Managed::of)?;
        Some((managed.by, managed.as_hook, file.documents[0].slice(managed.evidence).to_owned()))
    }

    #[test]
    fn metadata_tell_who_applies_an_object() {
        for (metadata, by, as_hook, evidence) in [
            ("annotations: {helm.sh/hook: pre-install}", Manager::Helm, true, "helm.sh/hook"),
            ("labels: {app.kubernetes.io/managed-by: Helm}", Manager::Helm, false, "app.kubernetes.io/managed-by"),
            (
                "labels: {app.kubernetes.io/managed-by: Helm}, annotations: {argocd.argoproj.io/hook: Sync}",
                Manager::ArgoCd,
                true,
                "argocd.argoproj.io/hook",
            ),
            (
                "annotations: {kustomize.toolkit.fluxcd.io/force: enabled}",
                Manager::Flux,
                false,
                "kustomize.toolkit.fluxcd.io/force",
            ),
            (
                "annotations: {argocd.argoproj.io/sync-wave: '1'}",
                Manager::ArgoCd,
                false,
                "argocd.argoproj.io/sync-wave",
            ),
            ("labels: {helm.toolkit.fluxcd.io/name: a}", Manager::Flux, false, "helm.toolkit.fluxcd.io/name"),
            ("ownerReferences: [{kind: CronJob, name: a}]", Manager::Owner, false, "ownerReferences"),
        ] {
            assert_eq!(managed(metadata), Some((by, as_hook, evidence.to_owned())), "{metadata}");
        }
    }

    #[test]
    fn other_labels_tell_of_nobody() {
        for metadata in [
            "name: a",
            "labels: {app.kubernetes.io/managed-by: me}",
            "annotations: {helm.sh/resource-policy: keep}",
            "annotations: {argocd.argoproj.io/hook: Skip}",
            "annotations: {kustomize.toolkit.fluxcd.io/reconcile: Disabled}",
            "annotations: {kustomize.toolkit.fluxcd.io/ssa: ignore}",
            "annotations: {argocd.argoproj.io/team: data}",
            "annotations: {argocd.argoproj.io/refresh: hard}",
            "labels: {kustomize.toolkit.fluxcd.io/owner: me}",
            "labels: {helm.toolkit.fluxcd.io/chart: a}",
        ] {
            assert_eq!(managed(metadata), None, "{metadata}");
        }
    }
}
