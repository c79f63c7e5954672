//! Objects of which a part is known: patches that something merges into the object they are for.

/// How much of an object its text has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Extent {
    /// All of it.
    Whole,
    /// Some of its fields; the others, and perhaps its name, stand elsewhere.
    Part,
}

/// Whether a key tells how a patch is merged, and is no field of the object.
///
/// k8s.io/apimachinery/pkg/util/strategicpatch/patch.go, directiveMarker and its neighbours, as of v1.37.
#[must_use]
pub fn is_directive(key: &str) -> bool {
    matches!(key, "$patch" | "$retainKeys")
        || ["$setElementOrder/", "$deleteFromPrimitiveList/"].iter().any(|start| key.starts_with(start))
}

/// Whether a field's path ends with such a key of a map.
pub(super) fn is_of_directive(field: &str) -> bool {
    field.rsplit_once('[').is_some_and(|(_, key)| is_directive(key.trim_end_matches(']')))
}

/// Whether a field's path is that of what an object is known by.
pub(super) fn is_name(field: &str) -> bool {
    matches!(field, "metadata.name" | "metadata.generateName" | "metadata.namespace")
}
