//! An object as a server keeps it: with what it fills in, without what its version drops, and with one spelling for what
//! is the same to it.
//!
//! It is a tree of its own, since most of it stands in no file.
//!
//! k8s.io/apiserver/pkg/registry/rest/create.go, BeforeCreate; pkg/registry/batch/job/strategy.go, PrepareForCreate,
//! PrepareForUpdate, generateSelector, as of v1.37.

mod container;
mod filled;
mod image;
mod images;
mod labels;
mod normal;
mod pod;
mod sent;
mod volume;

use serde_json::{Map, Value as Json};

use crate::k8s::Resource;
use crate::k8s::schema::{Gate, Version};

pub(crate) use sent::sent;

type Object = Map<String, Json>;

/// Stands for the unique identifier that the server makes up.
const UID: &str = "00000000-0000-4000-8000-000000000000";

/// What the server keeps of an object that is created.
pub(crate) fn created(object: Object, resource: Resource, version: Version) -> Object {
    let mut object = decoded(object, resource, version);
    let metadata = child(&mut object, "metadata");
    for field in ["deletionGracePeriodSeconds", "deletionTimestamp", "selfLink"] {
        metadata.remove(field);
    }
    metadata.insert("uid".to_owned(), UID.into());
    metadata.insert("resourceVersion".to_owned(), "1".into());
    if resource == Resource::Job {
        labels::generate(&mut object, version);
        let spec = child(&mut object, "spec");
        if version == Version::new(28) {
            drop_rules_of_indexes(spec);
        }
        if !Gate::JobManagedBy.is_on(version) {
            spec.remove("managedBy");
        }
    }
    object
}

/// What it keeps of one that is changed.
pub(crate) fn decoded(object: Object, resource: Resource, version: Version) -> Object {
    let mut object = normal::of(object, resource, version);
    match resource {
        Resource::Job => filled::job(&mut object, version),
        Resource::CronJob => filled::cron_job(&mut object, version),
    }
    object
}

/// What is kept, with one spelling for all that is the same.
pub(crate) fn comparable(object: Object, resource: Resource, version: Version) -> Object {
    normal::comparable(object, resource, version)
}

/// The one version that knows the action and has its gate off.
fn drop_rules_of_indexes(spec: &mut Object) {
    if let Some(Json::Array(rules)) = spec.get_mut("podFailurePolicy").and_then(|policy| policy.get_mut("rules")) {
        rules.retain(|rule| rule.get("action").is_none_or(|action| action != "FailIndex"));
    }
}

/// The object in a field, which is there once it was asked for.
fn child<'o>(object: &'o mut Object, name: &str) -> &'o mut Object {
    let value = object.entry(name).or_insert_with(|| Json::Object(Object::new()));
    if !value.is_object() {
        *value = Json::Object(Object::new());
    }
    value.as_object_mut().expect("it was made one")
}

/// The object in a field, if it is there.
fn part<'o>(object: &'o mut Object, name: &str) -> Option<&'o mut Object> {
    object.get_mut(name)?.as_object_mut()
}

/// The objects in the list in a field.
fn parts<'o>(object: &'o mut Object, name: &str) -> impl Iterator<Item = &'o mut Object> {
    object.get_mut(name).and_then(Json::as_array_mut).into_iter().flatten().filter_map(Json::as_object_mut)
}

/// Sets a field that is not there.
fn fill(object: &mut Object, name: &str, value: impl Into<Json>) {
    object.entry(name).or_insert_with(|| value.into());
}
