//! Names: prefixes, suffixes, namespaces, hashes, and the fields that name other objects.

use std::collections::BTreeSet;

use super::Unbuilt;
use super::resource::{Id, Resource};
use super::tree::{Node, Value, Words};
use crate::hash::HashMap;

/// Kinds whose names stay as they are.
const KEPT: [&str; 3] = ["CustomResourceDefinition", "APIService", "Namespace"];

/// Kinds that are in no namespace.
const CLUSTER: [&str; 25] = [
    "APIService",
    "CSIDriver",
    "CSINode",
    "CertificateSigningRequest",
    "ClusterRole",
    "ClusterRoleBinding",
    "ComponentStatus",
    "CustomResourceDefinition",
    "DeviceClass",
    "FlowSchema",
    "IngressClass",
    "MutatingWebhookConfiguration",
    "Namespace",
    "Node",
    "PersistentVolume",
    "PodSecurityPolicy",
    "PriorityClass",
    "PriorityLevelConfiguration",
    "RuntimeClass",
    "StorageClass",
    "ValidatingAdmissionPolicy",
    "ValidatingAdmissionPolicyBinding",
    "ValidatingWebhookConfiguration",
    "VolumeAttachment",
    "VolumeAttributesClass",
];

/// Puts a prefix before all names.
pub(super) fn prefix(resources: &mut [Resource], prefix: &Node) {
    for resource in named(resources) {
        rename(resource, prefix, |words, name| {
            words.push_all(prefix);
            words.push_all(name);
        });
        resource.prefixes.push(prefix.text().to_owned());
    }
}

/// Puts a suffix behind all names.
pub(super) fn suffix(resources: &mut [Resource], suffix: &Node) {
    for resource in named(resources) {
        rename(resource, suffix, |words, name| {
            words.push_all(name);
            words.push_all(suffix);
        });
        resource.suffixes.push(suffix.text().to_owned());
    }
}

fn named(resources: &mut [Resource]) -> impl Iterator<Item = &mut Resource> {
    resources.iter_mut().filter(|resource| !KEPT.contains(&resource.kind()) && !resource.name().is_empty())
}

fn rename(resource: &mut Resource, cause: &Node, write: impl FnOnce(&mut Words, &Node)) {
    resource.remember();
    if let Some(name) = resource.node.at_path_mut(&["metadata", "name"]) {
        let mut words = Words::default();
        write(&mut words, name);
        *name = Node { above: name.above, beside: name.beside, ..words.string(cause.at) };
    }
}

/// Moves objects to a namespace.
pub(super) fn namespace(resources: &mut [Resource], namespace: &Node) {
    for resource in resources.iter_mut().filter(|resource| !CLUSTER.contains(&resource.kind())) {
        resource.remember();
        if let Some(metadata) = resource.node.make_path(&["metadata"], namespace.at) {
            metadata.set("namespace", namespace.at, namespace.clone());
        }
    }
}

/// Puts the hash of what is generated behind its name.
pub(super) fn hashes(resources: &mut [Resource]) {
    for resource in resources.iter_mut().filter(|resource| resource.wants_hash) {
        let hash = super::hash::of(&resource.node);
        resource.remember();
        if let Some(name) = resource.node.at_path_mut(&["metadata", "name"]) {
            let mut words = Words::default();
            words.push_all(name);
            words.stand_for(&format!("-{hash}"), name.at);
            *name = words.string(name.at);
        }
    }
}

/// A field of pods that names an object of that kind: the keys that lead there, through lists.
type Reference = (&'static str, &'static [&'static str]);

const REFERENCES: [Reference; 16] = [
    ("ConfigMap", &["volumes", "configMap", "name"]),
    ("ConfigMap", &["volumes", "projected", "sources", "configMap", "name"]),
    ("ConfigMap", &["containers", "env", "valueFrom", "configMapKeyRef", "name"]),
    ("ConfigMap", &["initContainers", "env", "valueFrom", "configMapKeyRef", "name"]),
    ("ConfigMap", &["containers", "envFrom", "configMapRef", "name"]),
    ("ConfigMap", &["initContainers", "envFrom", "configMapRef", "name"]),
    ("Secret", &["volumes", "secret", "secretName"]),
    ("Secret", &["volumes", "projected", "sources", "secret", "name"]),
    ("Secret", &["containers", "env", "valueFrom", "secretKeyRef", "name"]),
    ("Secret", &["initContainers", "env", "valueFrom", "secretKeyRef", "name"]),
    ("Secret", &["containers", "envFrom", "secretRef", "name"]),
    ("Secret", &["initContainers", "envFrom", "secretRef", "name"]),
    ("Secret", &["imagePullSecrets", "name"]),
    ("PersistentVolumeClaim", &["volumes", "persistentVolumeClaim", "claimName"]),
    ("ServiceAccount", &["serviceAccountName"]),
    ("PriorityClass", &["priorityClassName"]),
];

/// Gives the fields of Jobs and CronJobs that name other objects the names that those have in the end.
pub(super) fn references(resources: &mut [Resource]) -> Result<(), Unbuilt> {
    let all: Vec<Target> = resources.iter().filter_map(Target::of).collect();
    let mut targets: Targets<'_> = HashMap::default();
    for target in &all {
        let names: BTreeSet<&str> = target.before.iter().map(|id| &*id.name).collect();
        names.into_iter().for_each(|name| targets.entry(name).or_default().push(target));
    }
    if targets.is_empty() {
        return Ok(());
    }
    for resource in resources {
        let Some(pods) = resource.pods() else { continue };
        let referrer =
            Referrer { id: resource.id(), prefixes: resource.prefixes.clone(), suffixes: resource.suffixes.clone() };
        let path: Vec<&str> = pods.iter().copied().chain(["spec"]).collect();
        let Some(spec) = resource.node.at_path_mut(&path) else { continue };
        for (kind, keys) in REFERENCES {
            follow(spec, keys, &mut |name| {
                if let Some(target) = chosen(&targets, kind, name.text(), &referrer)? {
                    *name = Node { above: name.above, beside: name.beside, ..target.name.clone() };
                }
                Ok(())
            })?;
        }
    }
    Ok(())
}

/// An object that has not been called as it is now.
struct Target {
    id: Id,
    before: Vec<Id>,
    name: Node,
    prefixes: Vec<String>,
    suffixes: Vec<String>,
}

/// Objects by the names that they had.
type Targets<'t> = HashMap<&'t str, Vec<&'t Target>>;

struct Referrer {
    id: Id,
    prefixes: Vec<String>,
    suffixes: Vec<String>,
}

impl Target {
    fn of(resource: &Resource) -> Option<Self> {
        let is_meant = REFERENCES.iter().any(|(kind, _)| *kind == resource.kind());
        let name = resource.node.at_path(&["metadata", "name"]).filter(|_| is_meant)?;
        let Resource { before, prefixes, suffixes, .. } = resource.clone();
        Some(Self { id: resource.id(), before, name: name.clone(), prefixes, suffixes })
    }
}

/// The object that a name stands for, if it has another name now.
fn chosen<'t>(
    targets: &Targets<'t>,
    kind: &str,
    name: &str,
    referrer: &Referrer,
) -> Result<Option<&'t Target>, Unbuilt> {
    let is_in_namespace = |target: &Target| {
        CLUSTER.contains(&kind) || target.id.effective_namespace() == referrer.id.effective_namespace()
    };
    let may_be = |target: &&Target| target.id.kind == kind && is_in_namespace(target);
    let mut all: Vec<&Target> = targets.get(name).into_iter().flatten().copied().filter(may_be).collect();
    if all.len() > 1 {
        let is_near = |target: &&Target| target.prefixes == referrer.prefixes && target.suffixes == referrer.suffixes;
        let near: Vec<&Target> = all.iter().copied().filter(is_near).collect();
        if !near.is_empty() {
            all = near;
        }
    }
    match all[..] {
        [] => Ok(None),
        [first, ref others @ ..] if others.iter().all(|other| other.id.name == first.id.name) => Ok(Some(first)),
        _ => Err(Unbuilt::new(format!("`{name}` may be one of several objects of kind {kind}"))),
    }
}

fn follow(
    node: &mut Node,
    keys: &[&str],
    change: &mut dyn FnMut(&mut Node) -> Result<(), Unbuilt>,
) -> Result<(), Unbuilt> {
    if let Value::List(items) = &mut node.value {
        return items.iter_mut().try_for_each(|item| follow(item, keys, change));
    }
    match keys.split_first() {
        None if node.as_str().is_some() => change(node),
        None => Ok(()),
        Some((key, rest)) => node.get_mut(key).map_or(Ok(()), |below| follow(below, rest, change)),
    }
}
