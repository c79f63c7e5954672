//! What `kubectl apply` makes of an object: what the new file says, without what the old one said and the new one does
//! not, and with all else as it is in the cluster.
//!
//! kubectl works out a strategic merge patch of the three, and the server applies it. Both steps are done here, since what
//! comes of lists whose items share a key depends on both.
//!
//! k8s.io/apimachinery/pkg/util/strategicpatch/patch.go, CreateThreeWayMergePatch,
//! StrategicMergePatchUsingLookupPatchMeta, as of v1.37.

mod difference;
mod order;
mod patch;

use std::fmt;

use serde_json::{Map, Value as Json};

use crate::k8s::schema::{Kind, Merging, Type, Version, merging};
use difference::{Differ, Kept};
use patch::{Patcher, Step};

/// An object of a tree.
pub(crate) type Object = Map<String, Json>;

/// The three that are merged.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Versions<'t> {
    /// As it was applied before.
    pub(crate) old: &'t Object,
    /// As it is to be applied.
    pub(crate) new: &'t Object,
    /// As it is in the cluster.
    pub(crate) live: &'t Object,
}

/// Why kubectl gives up before it asks the server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum NotMerged {
    /// An item of a list lacks the field that tells it from others.
    NoKey(&'static str),
    /// The items of a list that is merged are not all of one kind.
    Mixed,
    /// Items of a list have the same name, and the patch that kubectl makes of them contradicts itself.
    Repeated,
}

impl fmt::Display for NotMerged {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoKey(key) => write!(f, "kubectl merges this list by `{key}`, which an item does not have"),
            Self::Repeated => f.write_str("kubectl merges this list by what names its items, and two are named alike"),
            Self::Mixed => f.write_str("kubectl merges this list, whose items are of several kinds"),
        }
    }
}

/// What comes of applying an object of a type again.
pub(crate) fn apply(versions: Versions<'_>, of: &'static Type, version: Version) -> Result<Object, NotMerged> {
    let Versions { old, new, live } = versions;
    let shape = Shape::Object(of, version);
    let changes = Differ { keeps: Kept::Changes }.objects(live, new, shape)?;
    let mut patch = Differ { keeps: Kept::Deletions }.objects(old, new, shape)?;
    Patcher { step: Step::Join, version }.merge(&mut patch, changes, shape)?;
    let mut merged = live.clone();
    Patcher { step: Step::Apply, version }.merge(&mut merged, patch, shape)?;
    Ok(merged)
}

/// What is known of a value's fields.
#[derive(Debug, Clone, Copy)]
enum Shape {
    Object(&'static Type, Version),
    /// A map, or something that the API does not know.
    Other,
}

impl Shape {
    /// Of the object in a field, or of the items of its list.
    fn of_field(self, name: &str) -> Self {
        let Self::Object(of, version) = self else { return self };
        match of.field(name, version).map(|field| field.kind) {
            Some(Kind::Object(of)) => Self::Object(of, version),
            Some(Kind::List(item)) => item.object().map_or(Self::Other, |of| Self::Object(of, version)),
            _ => Self::Other,
        }
    }

    /// How the list in a field is merged, if it is.
    fn merging(self, name: &str) -> Option<Merging> {
        let Self::Object(of, _) = self else { return None };
        merging(of.name(), name)
    }
}

/// Says of an item of a list that it goes.
const DIRECTIVE: &str = "$patch";
/// Which fields of an object stay, among the fields of its patch.
const RETAIN: &str = "$retainKeys";
/// The order of the items of a list, before its name.
const ORDER: &str = "$setElementOrder/";
/// Which texts of a list go, before its name.
const DELETE_TEXTS: &str = "$deleteFromPrimitiveList/";

/// The value that names an item.
fn key_of<'j>(item: &'j Json, key: &'static str) -> Result<&'j Json, NotMerged> {
    item.as_object().ok_or(NotMerged::Mixed)?.get(key).ok_or(NotMerged::NoKey(key))
}

/// Whether an item says that one of its name goes.
fn is_deletion(item: &Json) -> bool {
    item.as_object().is_some_and(|item| item.contains_key(DIRECTIVE))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value as Json, json};

    use super::{NotMerged, Versions, apply};
    use crate::k8s::schema::{Version, type_named};

    /// What comes of the spec of a pod.
    fn merged(old: &Json, new: &Json, live: &Json) -> Result<Json, NotMerged> {
        let [old, new, live] = [old, new, live].map(|value| value.as_object().expect("an object"));
        let of = type_named("PodSpec").expect("the type exists");
        apply(Versions { old, new, live }, of, Version::NEWEST).map(Json::from)
    }

    #[test]
    fn what_the_old_file_said_goes_and_what_the_server_said_stays() {
        let old = json!({ "priority": 1, "nodeSelector": { "a": "1", "b": "2" } });
        let live = json!({ "priority": 1, "nodeSelector": { "a": "1", "b": "2" }, "dnsPolicy": "ClusterFirst", "hostname": "x" });
        let new = json!({ "nodeSelector": { "b": "3" }, "hostname": null });
        assert_eq!(merged(&old, &new, &live), Ok(json!({ "nodeSelector": { "b": "3" }, "dnsPolicy": "ClusterFirst" })));
    }

    #[test]
    fn items_are_told_by_their_key_and_come_in_the_order_of_the_new_file() {
        let container = |name: &str, image: &str| json!({ "name": name, "image": image });
        let old = json!({ "containers": [container("a", "1"), container("b", "1"), container("c", "1")] });
        let mut live = old.clone();
        live["containers"][1]["imagePullPolicy"] = "Always".into();
        let new = json!({ "containers": [container("d", "1"), container("b", "2"), container("a", "1")] });
        let b = json!({ "name": "b", "image": "2", "imagePullPolicy": "Always" });
        assert_eq!(
            merged(&old, &new, &live),
            Ok(json!({ "containers": [container("d", "1"), b, container("a", "1")] }))
        );
    }

    #[test]
    fn a_volume_loses_the_source_that_it_had() {
        let old = json!({ "volumes": [{ "name": "a", "emptyDir": {} }] });
        let live = json!({ "volumes": [{ "name": "a", "emptyDir": { "medium": "Memory" } }] });
        let new = json!({ "volumes": [{ "name": "a", "secret": { "secretName": "b" } }] });
        assert_eq!(merged(&old, &new, &live), Ok(new));
    }

    #[test]
    fn lists_without_a_key_are_replaced_and_items_without_theirs_stop_kubectl() {
        let old = json!({ "tolerations": [{ "key": "a" }], "containers": [{ "name": "a" }] });
        let new = json!({ "tolerations": [{ "key": "b" }], "containers": [{ "name": "a" }] });
        assert_eq!(merged(&old, &new, &old), Ok(new));
        let nameless = json!({ "containers": [{ "image": "a" }] });
        assert_eq!(merged(&old, &nameless, &old), Err(NotMerged::NoKey("name")));
    }
}
