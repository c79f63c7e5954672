//! The names by which things in manifests know one another: where they are given, and where they are used.

use super::{Analysis, Referent};
use crate::hash::HashSet;
use crate::k8s::schema::{Kind, Type, type_named};
use crate::k8s::{Classified, Resource};
use crate::sort;
use crate::text::Span;
use crate::yaml::{Entry, Value};

/// What has a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Named {
    /// An object that pods refer to.
    Object(Referent),
    /// A volume of a pod.
    Volume,
    /// A container of a pod.
    Container,
}

/// Where a name means one thing.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Scope {
    /// A namespace, as it is written; `None` where the cluster fills it in.
    Namespace(Option<Box<str>>),
    /// The object of its own file that starts at this byte.
    Object(u32),
}

/// A name at a place.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Naming {
    /// What it is a name of.
    pub of: Named,
    /// Where it means that.
    pub scope: Scope,
    /// The name.
    pub text: Box<str>,
    /// Its bytes, with quotes.
    pub span: Span,
    /// Whether it is given there; else it is used.
    pub is_given: bool,
}

impl Naming {
    /// Whether another one of the same file, or of any file for names of objects, is the name of the same thing.
    #[must_use]
    pub fn means_as(&self, other: &Self) -> bool {
        self.of == other.of && self.scope == other.scope && self.text == other.text
    }

    /// Whether other files may have it, too.
    #[must_use]
    pub const fn is_of_object(&self) -> bool {
        matches!(self.of, Named::Object(_))
    }
}

/// Type, field, what it names, and whether it is given there.
#[rustfmt::skip]
const FIELDS: [(&str, &str, Named, bool); 19] = [
    ("ConfigMapEnvSource", "name", Named::Object(Referent::ConfigMap), false),
    ("ConfigMapKeySelector", "name", Named::Object(Referent::ConfigMap), false),
    ("ConfigMapProjection", "name", Named::Object(Referent::ConfigMap), false),
    ("ConfigMapVolumeSource", "name", Named::Object(Referent::ConfigMap), false),
    ("Container", "name", Named::Container, true),
    ("EphemeralContainer", "name", Named::Container, true),
    ("EphemeralContainer", "targetContainerName", Named::Container, false),
    // The fields of this type name Secrets, all of them.
    ("LocalObjectReference", "name", Named::Object(Referent::Secret), false),
    ("PersistentVolumeClaimVolumeSource", "claimName", Named::Object(Referent::PersistentVolumeClaim), false),
    ("PodFailurePolicyOnExitCodesRequirement", "containerName", Named::Container, false),
    ("PodSpec", "serviceAccountName", Named::Object(Referent::ServiceAccount), false),
    ("ResourceFieldSelector", "containerName", Named::Container, false),
    ("SecretEnvSource", "name", Named::Object(Referent::Secret), false),
    ("SecretKeySelector", "name", Named::Object(Referent::Secret), false),
    ("SecretProjection", "name", Named::Object(Referent::Secret), false),
    ("SecretVolumeSource", "secretName", Named::Object(Referent::Secret), false),
    ("Volume", "name", Named::Volume, true),
    ("VolumeDevice", "name", Named::Volume, false),
    ("VolumeMount", "name", Named::Volume, false),
];

/// Whether a field is called as those that hold names are: few others are.
fn may_name(field: &str) -> bool {
    field.ends_with("ame")
}

/// What a field of a type names, and whether it gives the name.
#[must_use]
pub fn named_by(owner: &Type, field: &str) -> Option<(Named, bool)> {
    if !may_name(field) {
        return None;
    }
    let at = FIELDS.binary_search_by_key(&(owner.name(), field), |(owner, field, ..)| (owner, field)).ok()?;
    FIELDS.get(at).map(|(.., of, is_given)| (*of, *is_given))
}

/// The names in a text, in order of place; those that something fills in are none yet.
#[must_use]
pub fn names(analysis: &Analysis) -> Vec<Naming> {
    let mut found = Vec::new();
    for (document, objects) in analysis.documents() {
        for object in objects.iter(document) {
            let (root, pods) = match object {
                Classified::Checked(manifest) => {
                    (manifest.root, manifest.resource.map(|is| (manifest.root, Resource::of_type(is))))
                }
                Classified::NotChecked { root, kind, .. } => (root, kind.and_then(|kind| pods(root, kind))),
            };
            let mut names = Names { root, namespace: namespace(root), seen: HashSet::default(), found: &mut found };
            names.add_own();
            if let Some((value, of)) = pods {
                names.add(value, Kind::Object(of));
            }
        }
    }
    sort::by_key(&mut found, |name| name.span);
    found.dedup();
    found
}

/// The pods of an object of another kind, and their type.
fn pods<'a>(root: Value<'a>, kind: &str) -> Option<(Value<'a>, &'static Type)> {
    let spec = || root.get("spec").map(|spec| spec.value);
    match kind {
        "Pod" => Some((spec()?, type_named("PodSpec")?)),
        "DaemonSet" | "Deployment" | "ReplicaSet" | "ReplicationController" | "StatefulSet" => {
            Some((spec()?.get("template")?.value, type_named("PodTemplateSpec")?))
        }
        _ => None,
    }
}

fn namespace(root: Value<'_>) -> Option<Box<str>> {
    root.get("metadata")?.value.get("namespace")?.value.as_str().map(Into::into)
}

/// Collects the names of one object.
struct Names<'a, 'f> {
    root: Value<'a>,
    namespace: Option<Box<str>>,
    /// The collections that were looked at: aliases lead to them again.
    seen: HashSet<u32>,
    found: &'f mut Vec<Naming>,
}

impl<'a> Names<'a, '_> {
    /// The name that the object itself is given, and those of who a role is bound to.
    fn add_own(&mut self) {
        let text = |of: Value<'a>, key| of.get(key).map(|entry| entry.value);
        let kind = text(self.root, "kind").and_then(Value::as_str).unwrap_or_default();
        let of = |kind| Referent::ALL.into_iter().find(|referent| referent.kind() == kind);
        let name = self.root.get("metadata").and_then(|metadata| text(metadata.value, "name"));
        if let (Some(of), Some(name)) = (of(kind), name) {
            self.push(Named::Object(of), name, true, self.namespace.clone());
        }
        let subjects = self.root.get("subjects").filter(|_| matches!(kind, "RoleBinding" | "ClusterRoleBinding"));
        for subject in subjects.iter().flat_map(|subjects| subjects.value.items()) {
            let is_account = text(subject, "kind").and_then(Value::as_str) == Some("ServiceAccount");
            if let Some(name) = text(subject, "name").filter(|_| is_account) {
                let namespace = text(subject, "namespace").and_then(Value::as_str).map(Into::into);
                let namespace = namespace.or_else(|| self.namespace.clone());
                self.push(Named::Object(Referent::ServiceAccount), name, false, namespace);
            }
        }
    }

    /// As deep as the API's types nest: the input has no say in it.
    fn add(&mut self, value: Value<'a>, kind: Kind) {
        if kind.object().is_none() || self.root.document().has_aliases && !self.seen.insert(value.id()) {
            return;
        }
        match kind {
            Kind::List(item) => value.items().for_each(|value| self.add(value, *item)),
            Kind::Map(item) => value.entries().for_each(|entry| self.add(entry.value, *item)),
            Kind::Object(owner) => {
                let may_hold =
                    |entry: &Entry<'_>| may_name(entry.key) || entry.value.is_mapping() || entry.value.is_sequence();
                for entry in value.entries().filter(may_hold) {
                    let Some(field) = owner.fields_named(entry.key).last() else { continue };
                    match named_by(owner, field.name) {
                        Some((of, is_given)) => self.push(of, entry.value, is_given, self.namespace.clone()),
                        None => self.add(entry.value, field.kind),
                    }
                }
            }
            _ => {}
        }
    }

    fn push(&mut self, of: Named, name: Value<'a>, is_given: bool, namespace: Option<Box<str>>) {
        let is_filled_in = |text: &str| ["{{", "${", "$("].iter().any(|start| text.contains(start));
        let Some(text) = name.as_str().filter(|text| !text.is_empty() && !is_filled_in(text)) else { return };
        let scope = match of {
            Named::Object(_) => Scope::Namespace(namespace),
            Named::Volume | Named::Container => Scope::Object(self.root.span().start),
        };
        self.found.push(Naming { of, scope, text: text.into(), span: name.span(), is_given });
    }
}

#[cfg(test)]
mod tests {
    use super::{FIELDS, Named, may_name, names};
    use crate::analysis::{Referent, Settings, analyse};
    use crate::k8s::schema::{Kind, type_named};
    use crate::schedule::Instant;
    use crate::text::Source;

    #[test]
    fn names_stand_in_fields_that_take_texts() {
        assert!(FIELDS.is_sorted_by_key(|(owner, field, ..)| (owner, field)));
        for (owner, field, ..) in FIELDS {
            assert!(may_name(field), "{owner}.{field}");
            let fields = type_named(owner).map(|owner| owner.fields_named(field)).unwrap_or_default();
            assert_eq!(fields.last().map(|field| field.kind), Some(Kind::String), "{owner}.{field}");
        }
    }

    #[test]
    fn names_are_found_where_they_are_given_and_used_and_aliases_name_nothing_again() {
        let text = "\
apiVersion: batch/v1
kind: Job
metadata: {name: j, namespace: n}
spec:
  template:
    spec:
      serviceAccountName: runner
      volumes: [{name: v, configMap: {name: settings}}, {name: \"{{ .V }}\", emptyDir: {}}]
      containers:
        - &c {name: a, volumeMounts: [{name: v, mountPath: /v}]}
        - *c
---
apiVersion: v1
kind: ConfigMap
metadata: {name: settings, namespace: n}
---
apiVersion: apps/v1
kind: Deployment
metadata: {namespace: n}
spec: {template: {spec: {containers: [{name: web, envFrom: [{configMapRef: {name: settings}}]}]}}}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
subjects: [{kind: ServiceAccount, name: runner, namespace: n}, {kind: User, name: runner}]
";
        let analysis = analyse(Source::new("a.yaml", text), &Settings::at(Instant::from_unix(0)));
        let found = names(&analysis);
        let told: Vec<(&str, bool)> = found.iter().map(|name| (&*name.text, name.is_given)).collect();
        let expected = [
            ("runner", false),
            ("v", true),
            ("settings", false),
            ("a", true),
            ("v", false),
            ("settings", true),
            ("web", true),
            ("settings", false),
            ("runner", false),
        ];
        assert_eq!(told, expected);
        assert!(found.iter().all(|name| text[name.span.range()].trim_matches('"') == &*name.text));
        assert!(found[2].means_as(&found[5]) && found[5].means_as(&found[7]) && found[0].means_as(&found[8]));
        assert!(found[1].means_as(&found[4]) && !found[1].is_of_object());
        assert_eq!(found[0].of, Named::Object(Referent::ServiceAccount));
    }
}
