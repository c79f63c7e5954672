//! What an object still carries of the cluster that it was copied from: fields that the server sets itself.

use crate::k8s::Manifest;
use crate::sort;
use crate::text::Span;
use crate::yaml::{Change, Entry, Value};

/// An object as `kubectl get --output yaml` shows it.
#[derive(Debug)]
pub struct Exported<'a> {
    fields: Vec<ServerSet<'a>>,
    /// The prefix that a name was made of, which does nothing beside that.
    prefix: Option<ServerSet<'a>>,
    /// Whether it stands in the list that kubectl prints: somebody looks at what is in the cluster, and applies nothing.
    pub is_looked_at: bool,
}

/// A field that the server sets itself.
#[derive(Debug, Clone, Copy)]
pub struct ServerSet<'a> {
    /// The object that has it.
    pub owner: Value<'a>,
    /// The field.
    pub entry: Entry<'a>,
}

/// Only a cluster gives these to an object; the others may have been written by hand.
const TELLING: [&str; 3] = ["uid", "resourceVersion", "managedFields"];
const OF_METADATA: [&str; 7] =
    ["creationTimestamp", "generation", "managedFields", "ownerReferences", "resourceVersion", "selfLink", "uid"];
/// Labels and annotations that the Job controller, the server and kubectl write.
const GENERATED: [&str; 6] = [
    "batch.kubernetes.io/controller-uid",
    "batch.kubernetes.io/job-name",
    "batch.kubernetes.io/job-tracking",
    "controller-uid",
    "job-name",
    "kubectl.kubernetes.io/last-applied-configuration",
];
/// The label by which a Job knows its pods: the cluster's own identifier of it.
const OWNER: [&str; 2] = ["batch.kubernetes.io/controller-uid", "controller-uid"];

impl<'a> Exported<'a> {
    /// What an object carries of its cluster; `None` where nothing in it tells of one.
    #[must_use]
    pub fn of(manifest: Manifest<'a>) -> Option<Self> {
        let metadata = below(manifest.root, "metadata");
        let is_telling = |entry: Entry<'a>| TELLING.contains(&entry.key) && !entry.value.is_null();
        let spec = below(manifest.root, "spec");
        let template = spec.and_then(|spec| below(spec, "template"));
        let template_metadata = template.and_then(|template| below(template, "metadata"));
        // Who makes the selector by hand may write anything there.
        let is_manual = spec.is_some_and(|spec| spec.get("manualSelector").is_some());
        let labels = template_metadata.and_then(|metadata| below(metadata, "labels"));
        let selector = spec.and_then(|spec| spec.get("selector"));
        let has_owner = !is_manual
            && (labels.is_some_and(|labels| labels.entries().any(|label| OWNER.contains(&label.key)))
                || selector.is_some_and(|selector| is_generated(selector.value)));
        if !has_owner && !metadata?.entries().any(is_telling) {
            return None;
        }
        let list = manifest.document.root().filter(|list| list.id() != manifest.root.id());
        let is_looked_at = list.and_then(|list| below(list, "metadata")?.get("resourceVersion")).is_some();
        let mut found = Self { fields: Vec::new(), prefix: metadata.and_then(prefix), is_looked_at };
        found.metadata(manifest.root, is_manual);
        found.metadata(template.unwrap_or(manifest.root), is_manual);
        if let Some(spec) = spec {
            found.add(spec, selector.filter(|selector| has_owner && is_generated(selector.value)));
        }
        found.add(manifest.root, manifest.root.get("status"));
        sort::by_key(&mut found.fields, |field| field.entry.key_span);
        found.fields.dedup_by_key(|field| field.entry.key_span);
        (!found.fields.is_empty()).then_some(found)
    }

    /// The fields, in order of place.
    #[must_use]
    pub fn fields(&self) -> &[ServerSet<'a>] {
        &self.fields
    }

    /// Whether the server refuses an object that is not there yet for one of them.
    #[must_use]
    pub fn is_refused_on_creation(&self) -> bool {
        let is_set = |entry: Entry<'_>| entry.value.as_str().is_some_and(|version| !version.is_empty());
        self.fields.iter().any(|field| field.entry.key == "resourceVersion" && is_set(field.entry))
    }

    /// Whether the place is that of such a field, or lies within it.
    #[must_use]
    pub fn covers(&self, place: Span) -> bool {
        self.fields
            .iter()
            .any(|ServerSet { entry, .. }| entry.key_span.contains(place) || entry.value.span().contains(place))
    }

    /// The change that leaves them out, with the prefix that the name was made of.
    #[must_use]
    pub fn removal(&self) -> Change {
        Change::all(self.fields.iter().chain(&self.prefix).map(|field| field.owner.remove(field.entry)))
    }

    /// Notes what the metadata of an object have; all of them, where they have nothing else.
    fn metadata(&mut self, object: Value<'a>, is_manual: bool) {
        let Some(entry) = object.get("metadata").filter(|entry| entry.value.is_mapping()) else { return };
        let before = self.fields.len();
        let mut is_all = true;
        for own in entry.value.entries() {
            is_all &= self.metadata_field(entry.value, own, is_manual);
        }
        if is_all && self.fields.len() > before {
            self.fields.truncate(before);
            self.add(object, Some(entry));
        }
    }

    /// Notes a field of metadata, or what it holds; whether nothing of it is left.
    fn metadata_field(&mut self, metadata: Value<'a>, entry: Entry<'a>, is_manual: bool) -> bool {
        let is_generated = |own: &Entry<'a>| GENERATED.contains(&own.key) && !(is_manual && OWNER.contains(&own.key));
        let is_map = matches!(entry.key, "labels" | "annotations");
        let holds_others = || entry.value.entries().any(|own| !is_generated(&own));
        if OF_METADATA.contains(&entry.key) || is_map && entry.value.entries().len() > 0 && !holds_others() {
            self.add(metadata, Some(entry));
            return true;
        }
        if is_map {
            entry.value.entries().filter(is_generated).for_each(|own| self.add(entry.value, Some(own)));
        }
        false
    }

    fn add(&mut self, owner: Value<'a>, entry: Option<Entry<'a>>) {
        self.fields.extend(entry.map(|entry| ServerSet { owner, entry }));
    }
}

fn below<'a>(value: Value<'a>, key: &str) -> Option<Value<'a>> {
    Some(value.get(key)?.value).filter(|value| value.is_mapping())
}

/// The prefix that the name in an object's metadata was made of.
fn prefix(metadata: Value<'_>) -> Option<ServerSet<'_>> {
    let name = metadata.get("name")?.value.as_str()?;
    let entry = metadata.get("generateName").filter(|_| !name.is_empty())?;
    Some(ServerSet { owner: metadata, entry })
}

/// Whether a selector is the one that the server makes.
fn is_generated(selector: Value<'_>) -> bool {
    below(selector, "matchLabels").is_some_and(|labels| labels.entries().any(|label| OWNER.contains(&label.key)))
}

#[cfg(test)]
mod tests {
    use super::Exported;
    use crate::k8s::Objects;
    use crate::yaml::parse;

    fn fields(rest: &str) -> Option<Vec<String>> {
        let file = parse(&format!("{{apiVersion: batch/v1, kind: Job, {rest}}}"));
        let objects = Objects::of(&file.documents[0]);
        let exported = Exported::of(objects.manifests(&file.documents[0]).next()?)?;
        Some(exported.fields().iter().map(|field| field.entry.key.to_owned()).collect())
    }

    #[test]
    fn what_a_cluster_has_set_is_found() {
        let labels = "labels: {app: a, controller-uid: b}";
        assert_eq!(
            fields(&format!(
                "metadata: {{name: a, uid: b, creationTimestamp: null}}, spec: {{selector: {{matchLabels: \
                 {{controller-uid: b}}}}, template: {{metadata: {{{labels}}}}}}}, status: {{}}"
            ))
            .expect("it was copied"),
            ["uid", "creationTimestamp", "selector", "controller-uid", "status"]
        );
        assert_eq!(fields("metadata: {name: a, resourceVersion: '1'}").expect("it was copied"), ["resourceVersion"]);
    }

    #[test]
    fn a_selector_that_only_a_server_makes_is_enough() {
        let selector = "selector: {matchLabels: {batch.kubernetes.io/controller-uid: b}}, template: {metadata: {labels: {app: a}}}";
        let found = fields(&format!("metadata: {{name: a, ownerReferences: []}}, spec: {{{selector}}}"));
        assert_eq!(found.expect("it was copied"), ["ownerReferences", "selector"]);
        assert_eq!(fields(&format!("metadata: {{name: a}}, spec: {{manualSelector: true, {selector}}}")), None);
    }

    #[test]
    fn a_list_as_kubectl_prints_it_is_looked_at() {
        for (metadata, expected) in [("metadata: {resourceVersion: ''}", true), ("metadata: {}", false)] {
            let item = "{apiVersion: batch/v1, kind: Job, metadata: {name: a, uid: b}}";
            let file = parse(&format!("{{apiVersion: v1, kind: List, items: [{item}], {metadata}}}"));
            let objects = Objects::of(&file.documents[0]);
            let exported = objects.manifests(&file.documents[0]).next().and_then(Exported::of).expect("it was copied");
            assert_eq!(exported.is_looked_at, expected, "{metadata}");
        }
    }

    #[test]
    fn metadata_that_hold_nothing_else_go_as_a_whole() {
        let template = "template: {metadata: {creationTimestamp: null, labels: {controller-uid: b}}, spec: {}}";
        let all = fields(&format!("metadata: {{name: a, uid: b}}, spec: {{{template}}}"));
        assert_eq!(all.expect("it was copied"), ["uid", "metadata"]);
    }

    #[test]
    fn what_people_and_generators_write_is_no_copy() {
        assert_eq!(fields("metadata: {name: a, creationTimestamp: null}, status: {}"), None);
        let own = "selector: {matchLabels: {controller-uid: b}}, template: {metadata: {labels: {controller-uid: b}}}";
        assert_eq!(fields(&format!("metadata: {{name: a}}, spec: {{manualSelector: true, {own}}}")), None);
        let alike = "template: {metadata: {labels: {my.org/controller-uid: b}}}";
        assert_eq!(fields(&format!("metadata: {{name: a}}, spec: {{{alike}}}")), None);
    }
}
