use super::field::{Map, objects};

objects! {
    /// An object's metadata.
    ObjectMeta {
        name: &'a str = "name",
        generate_name: &'a str = "generateName",
        namespace: &'a str = "namespace",
        labels: Map<'a, &'a str> = "labels",
        annotations: Map<'a, &'a str> = "annotations",
    }
}
