//! Who applies an object, deletes it and applies it again, as far as its metadata tell.

use crate::k8s::Manifest;
use crate::k8s::objects::{Map, ObjectMeta};
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

enum Key {
    Named(&'static str),
    Below(&'static str),
}

/// Hooks first: they tell more. Sources: the documentation of Helm's chart hooks and of the labels it sets, of Argo
/// CD's resource hooks, sync options and resource tracking, and of Flux's Kustomization and HelmRelease.
const SIGNS: &[Sign] = &[
    sign(Key::Named("argocd.argoproj.io/hook"), Manager::ArgoCd, true),
    sign(Key::Named("helm.sh/hook"), Manager::Helm, true),
    sign(Key::Below("argocd.argoproj.io/"), Manager::ArgoCd, false),
    sign(Key::Below("kustomize.toolkit.fluxcd.io/"), Manager::Flux, false),
    sign(Key::Below("helm.toolkit.fluxcd.io/"), Manager::Flux, false),
    sign(Key::Named("meta.helm.sh/release-name"), Manager::Helm, false),
    sign(Key::Named("helm.sh/chart"), Manager::Helm, false),
    Sign { value: Some("Helm"), ..sign(Key::Named("app.kubernetes.io/managed-by"), Manager::Helm, false) },
];

const fn sign(key: Key, by: Manager, as_hook: bool) -> Sign {
    Sign { key, value: None, by, as_hook }
}

impl Managed {
    /// Who manages an object; `None` where its metadata tell of nobody.
    #[must_use]
    pub fn of(manifest: Manifest<'_>) -> Option<Self> {
        let metadata = manifest.metadata()?;
        let opts_out = |map: Map<'_, &str>| {
            map.get("kustomize.toolkit.fluxcd.io/reconcile").is_some_and(|reconcile| reconcile.value == "disabled")
        };
        if metadata.annotations().is_some_and(|annotations| opts_out(annotations.value)) {
            return None; // Flux leaves it alone.
        }
        let skips = |map: Map<'_, &str>| map.get("argocd.argoproj.io/hook").is_some_and(|hook| hook.value == "Skip");
        if metadata.annotations().is_some_and(|annotations| skips(annotations.value)) {
            return None; // Argo CD leaves it alone.
        }
        let owners = metadata.owner_references().filter(|owners| !owners.value.is_empty());
        let owned = owners.map(|owners| Self { by: Manager::Owner, as_hook: false, evidence: owners.key });
        SIGNS.iter().find_map(|sign| sign.found_in(metadata)).or(owned)
    }
}

impl Sign {
    fn found_in(&self, metadata: ObjectMeta<'_>) -> Option<Managed> {
        // Hooks are read from annotations alone.
        let labels = metadata.labels().filter(|_| !self.as_hook);
        let maps = [metadata.annotations(), labels].into_iter().flatten();
        let evidence = maps.into_iter().find_map(|map| self.evidence(map.value))?;
        Some(Managed { by: self.by, as_hook: self.as_hook, evidence })
    }

    fn evidence(&self, map: Map<'_, &str>) -> Option<Span> {
        let is_key = |key: &str| match self.key {
            Key::Named(name) => key == name,
            Key::Below(prefix) => key.starts_with(prefix),
        };
        let is_value = |value: &str| self.value.is_none_or(|wanted| value == wanted);
        map.iter().find_map(|(key, field)| (is_key(key) && is_value(field.value)).then_some(field.key))
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
        ] {
            assert_eq!(managed(metadata), None, "{metadata}");
        }
    }
}
