//! Whether a value could stand in a field: to tell which of the fields of one name was meant.

use crate::k8s::schema::{Kind, Version};
use crate::yaml::{Entry, Kind as Found, Value};

/// Whether the server would decode the value without a word; as deep as the API's types nest.
pub(super) fn fits(value: Value<'_>, kind: Kind, version: Version) -> bool {
    match (kind, value.kind()) {
        (_, Found::Null)
        | (Kind::Any, _)
        | (Kind::Bool, Found::Bool(_))
        | (Kind::String | Kind::Time, Found::String(_))
        | (Kind::Quantity | Kind::IntOrString, Found::String(_) | Found::Number(_)) => true,
        (Kind::Int32 | Kind::Int64, Found::Number(number)) => number.as_i64().is_some(),
        (Kind::Object(of), Found::Mapping) => value.entries().all(|Entry { key, value, .. }| {
            of.field(key, version).is_some_and(|field| fits(value, field.kind, version))
        }),
        (Kind::List(item), Found::Sequence) => value.items().all(|element| fits(element, *item, version)),
        (Kind::Map(item), Found::Mapping) => value.entries().all(|entry| fits(entry.value, *item, version)),
        _ => false,
    }
}

/// Whether the value is at least of the field's shape: an object, a list or a scalar.
pub(super) fn has_shape(value: Value<'_>, kind: Kind) -> bool {
    match value.kind() {
        Found::Mapping => matches!(kind, Kind::Object(_) | Kind::Map(_) | Kind::Any),
        Found::Sequence => matches!(kind, Kind::List(_) | Kind::Any),
        _ => !matches!(kind, Kind::Object(_) | Kind::Map(_) | Kind::List(_)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::yaml::{Document, parse};

    #[test]
    fn a_value_has_the_shape_of_its_like() {
        let (list, map) = (Kind::List(&Kind::String), Kind::Map(&Kind::String));
        for (text, in_list, in_map, in_string) in
            [("[a]", true, false, false), ("{a: b}", false, true, false), ("a", false, false, true)]
        {
            let file = parse(text);
            let value = file.documents.first().and_then(Document::root).expect("a value");
            let found = [list, map, Kind::String, Kind::Any].map(|kind| has_shape(value, kind));
            assert_eq!(found, [in_list, in_map, in_string, true], "{text}");
        }
    }
}
