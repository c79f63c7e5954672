//! What all objects have, and selectors of labels.

use super::collection::{List, Map};
use super::object::objects;

objects! {
    /// An object's metadata.
    ObjectMeta {
        name: &'a str = "name",
        generate_name: &'a str = "generateName",
        namespace: &'a str = "namespace",
        labels: Map<'a, &'a str> = "labels",
        annotations: Map<'a, &'a str> = "annotations",
        finalizers: List<'a, &'a str> = "finalizers",
        owner_references: List<'a, OwnerReference<'a>> = "ownerReferences",
        managed_fields: List<'a, ManagedFieldsEntry<'a>> = "managedFields",
    }

    /// An object that this one belongs to, and is deleted with.
    OwnerReference {
        api_version: &'a str = "apiVersion",
        kind: &'a str = "kind",
        name: &'a str = "name",
        uid: &'a str = "uid",
        controller: bool = "controller",
        block_owner_deletion: bool = "blockOwnerDeletion",
    }

    /// Which fields a manager has set.
    ManagedFieldsEntry {
        api_version: &'a str = "apiVersion",
        manager: &'a str = "manager",
        operation: &'a str = "operation",
        fields_type: &'a str = "fieldsType",
        subresource: &'a str = "subresource",
    }

    /// A condition on the labels of other objects.
    LabelSelector {
        match_labels: Map<'a, &'a str> = "matchLabels",
        match_expressions: List<'a, LabelSelectorRequirement<'a>> = "matchExpressions",
    }

    /// A condition on one label.
    LabelSelectorRequirement {
        key: &'a str = "key",
        operator: &'a str = "operator",
        values: List<'a, &'a str> = "values",
    }
}
