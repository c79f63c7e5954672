//! Files of a volume that come of keys, or of facts about the pod.

use super::collection::List;
use super::object::objects;
use super::{ObjectFieldSelector, ResourceFieldSelector};

objects! {
    /// The keys of a ConfigMap as files.
    ConfigMapVolumeSource {
        name: &'a str = "name",
        items: List<'a, KeyToPath<'a>> = "items",
        default_mode: i32 = "defaultMode",
        optional: bool = "optional",
    }

    /// A key as a file.
    KeyToPath {
        key: &'a str = "key",
        path: &'a str = "path",
        mode: i32 = "mode",
        user: i64 = "user",
    }

    /// Facts about the pod as files.
    DownwardApiVolumeSource {
        items: List<'a, DownwardApiVolumeFile<'a>> = "items",
        default_mode: i32 = "defaultMode",
        default_user: i64 = "defaultUser",
    }

    /// A fact about the pod as a file.
    DownwardApiVolumeFile {
        path: &'a str = "path",
        field_ref: ObjectFieldSelector<'a> = "fieldRef",
        resource_field_ref: ResourceFieldSelector<'a> = "resourceFieldRef",
        mode: i32 = "mode",
        user: i64 = "user",
    }
}
