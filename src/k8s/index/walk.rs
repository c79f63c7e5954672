//! The walk through an object by the API's types; decoding looks more closely only where something does not fit.

use super::{Index, Opened};
use crate::k8s::format::{Quantity, is_rfc3339};
use crate::k8s::schema::{self, Kind, NEVER, Type, number_of};
use crate::yaml::{Kind as Found, Value};

/// The type that an object says to have, where the server has it and has no doubt: with a key of another case beside it
/// (`Kind`), `kind` need not be what it goes by.
pub(in crate::k8s) fn type_of(root: Value<'_>) -> Option<&'static Type> {
    const API_VERSION: u8 = number_of("apiVersion");
    const KIND: u8 = number_of("kind");
    let (mut api_version, mut kind) = (None, None);
    for entry in root.plain_entries()? {
        match schema::job().first_of(entry.key)?.number() {
            API_VERSION => api_version = entry.value.as_str(),
            KIND => kind = entry.value.as_str(),
            _ => {}
        }
    }
    schema::root(api_version?, kind?)
}

/// Finds the fields of an object and of what is in it; gives the minor version from which on all of it is right. As deep
/// as the API's types nest: the input has no say in it.
pub(super) fn object(value: Value<'_>, of: &'static Type, found: &mut Index) -> u8 {
    let Some(entries) = value.plain_entries() else { return NEVER };
    let record = match found.open(value, of) {
        Opened::New(record) => record,
        Opened::Known(right) => return right,
        Opened::Unclear => return NEVER,
    };
    let (mut present, mut right) = (0, 0);
    for entry in entries {
        let Some(field) = of.first_of(entry.key) else {
            right = NEVER;
            continue;
        };
        found.put(record, field.number(), &entry);
        present |= 1 << field.number();
        if !of.has_settled(field) {
            right = right.max(field.settled_since(of));
            // A field that was given up may have come back with another kind of value.
            if field.until().is_some() {
                continue;
            }
        }
        right = right.max(any(entry.value, field.kind, found));
    }
    found.close(record, present, right);
    right
}

/// The same for a value of any kind.
fn any(value: Value<'_>, kind: Kind, found: &mut Index) -> u8 {
    match kind {
        // Most values are strings, and which ones does not matter here.
        Kind::String if value.is_string() => 0,
        Kind::Object(of) if value.is_mapping() => object(value, of, found),
        Kind::List(item) if value.is_sequence() => {
            value.items().fold(0, |right, value| right.max(any(value, *item, found)))
        }
        Kind::Map(item) if value.is_mapping() => {
            value.entries().fold(0, |right, entry| right.max(any(entry.value, *item, found)))
        }
        kind if fits(value, kind) => 0,
        _ => NEVER,
    }
}

/// Whether a value that is no collection can be decoded as that kind; Go leaves the zero value where it reads a null.
pub(in crate::k8s) fn fits(value: Value<'_>, kind: Kind) -> bool {
    match (kind, value.kind()) {
        (_, Found::Null | Found::Unknown)
        | (Kind::Any, _)
        | (Kind::Bool, Found::Bool(_))
        | (Kind::String | Kind::IntOrString, Found::String(_)) => true,
        (Kind::Int32 | Kind::IntOrString, Found::Number(number)) => {
            number.as_i64().is_some_and(|number| i32::try_from(number).is_ok())
        }
        (Kind::Int64, Found::Number(number)) => number.as_i64().is_some(),
        (Kind::Quantity, Found::String(_) | Found::Number(_)) => Quantity::read(value).is_some_and(|read| read.is_ok()),
        (Kind::Time, Found::String(text)) => is_rfc3339(text),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::{object, type_of};
    use crate::k8s::index::Index;
    use crate::k8s::schema::NEVER;
    use crate::yaml::parse;

    #[test]
    fn what_is_right_needs_no_closer_look() {
        let right = |text: &str| {
            let file = parse(text);
            let root = file.documents[0].root().expect("an object");
            let of = type_of(root).expect("a type");
            object(root, of, &mut Index::for_values(root)) != NEVER
        };
        let job = "apiVersion: batch/v1\nkind: Job\nmetadata: {name: a, labels: {b: c}}\nspec:\n  backoffLimit: 3\n  template:\n    \
                   spec:\n      containers: [{name: a, image: 'a:1', args: [b], ports: [{containerPort: 80}]}]\n";
        assert!(right(job));
        for (good, bad) in
            [("b: c", "b: 1"), ("[b]", "[1]"), ("3", "'3'"), ("80", "'80'"), ("args", "arg"), ("[b]", "b")]
        {
            assert!(!right(&job.replace(good, bad)), "{bad}");
        }
    }
}
