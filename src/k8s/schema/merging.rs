//! How `kubectl apply` merges lists: item by item where the API names a key for it, and else as one value.
//!
//! The tags `patchStrategy` and `patchMergeKey` of k8s.io/api/core/v1/types.go, k8s.io/api/batch/v1/types.go and
//! k8s.io/apimachinery/pkg/apis/meta/v1/types.go, as of v1.37.

/// How the items of a list are told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Merging {
    /// The field of an item that names it; none where the items are texts and name themselves.
    pub(crate) key: Option<&'static str>,
    /// Whether an item that changes loses the fields that it is no longer given.
    pub(crate) replaces_fields: bool,
}

/// How a list of a type is merged, by their names; `None` where it is replaced as a whole.
pub(crate) fn merging(owner: &str, field: &str) -> Option<Merging> {
    let by = |key| Some(Merging { key: Some(key), replaces_fields: false });
    match (owner, field) {
        ("Container" | "EphemeralContainer", "env") => by("name"),
        ("Container" | "EphemeralContainer", "ports") => by("containerPort"),
        ("Container" | "EphemeralContainer", "volumeDevices") => by("devicePath"),
        ("Container" | "EphemeralContainer", "volumeMounts") => by("mountPath"),
        ("PodSpec", "containers" | "ephemeralContainers" | "initContainers") => by("name"),
        ("PodSpec", "evictionResponders" | "imagePullSecrets" | "schedulingGates") => by("name"),
        ("PodSpec", "hostAliases") => by("ip"),
        ("PodSpec", "topologySpreadConstraints") => by("topologyKey"),
        ("PodSpec", "resourceClaims" | "volumes") => Some(Merging { key: Some("name"), replaces_fields: true }),
        ("JobSchedulingConfiguration", "resourceClaims") => by("name"),
        ("JobStatus", "conditions") => by("type"),
        ("ObjectMeta", "ownerReferences") => by("uid"),
        ("ObjectMeta", "finalizers") => Some(Merging { key: None, replaces_fields: false }),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::merging;
    use crate::k8s::schema::{Kind, Version, types};

    #[test]
    fn every_key_is_a_field_of_the_items_of_a_list() {
        let mut found = 0;
        for of in types() {
            for field in of.fields(Version::NEWEST) {
                let Some(merging) = merging(of.name(), field.name) else { continue };
                let Kind::List(item) = field.kind else { panic!("{of:?}.{} is no list", field.name) };
                let has = |key| item.object().is_some_and(|item| item.field(key, Version::NEWEST).is_some());
                assert!(merging.key.is_none_or(has), "{of:?}.{}", field.name);
                found += 1;
            }
        }
        assert_eq!(found, 22);
    }
}
