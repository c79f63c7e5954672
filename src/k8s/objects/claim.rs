//! Claims of storage.

use super::collection::List;
use super::object::objects;
use super::{LabelSelector, ResourceRequirements};

objects! {
    /// The storage that a claim asks for.
    PersistentVolumeClaimSpec {
        access_modes: List<'a, &'a str> = "accessModes",
        selector: LabelSelector<'a> = "selector",
        resources: ResourceRequirements<'a> = "resources",
        storage_class_name: &'a str = "storageClassName",
        volume_mode: &'a str = "volumeMode",
        volume_attributes_class_name: &'a str = "volumeAttributesClassName",
        data_source: TypedObjectReference<'a> = "dataSource",
        data_source_ref: TypedObjectReference<'a> = "dataSourceRef",
    }

    /// Any object.
    TypedObjectReference {
        api_group: &'a str = "apiGroup",
        kind: &'a str = "kind",
        name: &'a str = "name",
        namespace: &'a str = "namespace",
    }
}
