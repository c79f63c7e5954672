//! From bytes to a field, by the API's types: what stands at a place, and what the API has there.

use crate::k8s::Manifest;
use crate::k8s::Resource;
use crate::k8s::schema::{Field, Kind, Type};
use crate::yaml::{Entry, Value};

/// The innermost entry at a place of an object.
#[derive(Debug, Clone, Copy)]
pub struct Spot<'a> {
    /// The mapping that it stands in.
    pub mapping: Value<'a>,
    /// What the API has for that mapping, where it has an object there.
    pub owner: Option<&'static Type>,
    /// The entry.
    pub entry: Entry<'a>,
    /// The field of the owner that it is, by any version.
    pub field: Option<&'static Field>,
}

impl<'a> Manifest<'a> {
    /// The innermost entry whose key or value is at a byte.
    #[must_use]
    pub fn spot(self, byte: u32) -> Option<Spot<'a>> {
        let mut spot = None;
        let mut at = Some((self.root, self.resource.map(|resource| Kind::Object(Resource::of_type(resource)))));
        while let Some((value, kind)) = at {
            at = if value.is_sequence() {
                let item = value.items().find(|item| item.place().touches(byte));
                item.map(|item| (item, if let Some(Kind::List(item)) = kind { Some(*item) } else { None }))
            } else {
                let covers = |entry: &Entry<'_>| entry.key_span.touches(byte) || entry.value.place().touches(byte);
                let entry = value.is_mapping().then(|| value.entries().find(covers)).flatten();
                entry.and_then(|entry| {
                    let (found, below) = found(value, entry, kind);
                    spot = Some(found);
                    (!entry.key_span.touches(byte)).then_some((entry.value, below))
                })
            };
        }
        spot
    }
}

fn found<'a>(mapping: Value<'a>, entry: Entry<'a>, kind: Option<Kind>) -> (Spot<'a>, Option<Kind>) {
    let (owner, below) = match kind {
        Some(Kind::Object(owner)) => (Some(owner), None),
        Some(Kind::Map(value)) => (None, Some(*value)),
        _ => (None, None),
    };
    let field = owner.and_then(|owner: &Type| owner.fields_named(entry.key).last());
    (Spot { mapping, owner, entry, field }, below.or_else(|| field.map(|field| field.kind)))
}

#[cfg(test)]
mod tests {
    use crate::k8s::Objects;
    use crate::yaml::parse;

    #[test]
    fn what_is_at_a_place_is_told_with_its_type() {
        let text = "apiVersion: batch/v1\nkind: Job\nmetadata:\n  labels: {app: x}\nspec:\n  template:\n    spec:\n      containers:\n        - name: a\n          env:\n            - {name: B, value: c}\n";
        let file = parse(text);
        let document = &file.documents[0];
        let objects = Objects::of(document);
        let job = objects.manifests(document).next().expect("a Job");
        for (place, owner, key) in [
            ("Job", Some("Job"), "kind"),
            ("containers", Some("PodSpec"), "containers"),
            ("a\n          env", Some("Container"), "name"),
            ("value", Some("EnvVar"), "value"),
            ("B,", Some("EnvVar"), "name"),
            ("app", None, "app"),
        ] {
            let spot = job.spot(text.find(place).expect("it is there") as u32).expect("an entry");
            assert_eq!((spot.owner.map(|owner| owner.name()), spot.entry.key), (owner, key), "{place}");
            assert_eq!(spot.field.is_some(), owner.is_some(), "{place}");
        }
        assert!(job.spot(text.len() as u32 + 1).is_none());
    }
}
