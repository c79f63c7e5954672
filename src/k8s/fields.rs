//! Finds the fields of the objects of a document, in one walk by the API's types: views read what it has found, and
//! decoding looks at an object more closely only where something in it does not fit.

use super::format::is_rfc3339;
use super::objects::read_quantity;
use super::schema::{self, Kind, NEVER, Type, Version, number_of};
use crate::yaml::{Document, Fields, Kind as Found, Value};

/// Finds the fields of some objects of a document, each of its [type](type_of), unless they were found before.
pub(super) fn find<'a>(document: &Document, roots: impl IntoIterator<Item = (Value<'a>, &'static Type)>) {
    let mut roots = roots.into_iter().peekable();
    if roots.peek().is_none() || document.has_fields() {
        return;
    }
    let mut fields = Fields::new(document);
    for (root, of) in roots {
        object(root, of, &mut fields);
    }
    document.set_fields(fields);
}

/// Finds the fields of an object, unless some of its document were found before.
pub(super) fn find_of(root: Value<'_>) {
    if !root.document().has_fields() {
        find(root.document(), type_of(root).map(|of| (root, of)));
    }
}

/// The type that an object says to have, where the server has it and has no doubt: with a key of another case beside it
/// (`Kind`), `kind` need not be what it goes by.
pub(super) fn type_of(root: Value<'_>) -> Option<&'static Type> {
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

/// Whether it is certain that decoding has nothing to say of an object in this version.
pub(super) fn is_right(object: Value<'_>, version: Version) -> bool {
    object.known().is_some_and(|known| known.note <= u16::from(version.minor()))
}

/// Finds the fields of an object and of what is in it; gives the minor version from which on all of it is right. As deep
/// as the API's types nest: the input has no say in it.
fn object(value: Value<'_>, of: &'static Type, found: &mut Fields) -> u8 {
    let Some(entries) = value.plain_entries() else { return NEVER };
    let Some(record) = found.open(value, of.width()) else { return NEVER };
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
    found.close(record, present, u16::from(right));
    right
}

/// The same for a value of any kind.
fn any(value: Value<'_>, kind: Kind, found: &mut Fields) -> u8 {
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
pub(super) fn fits(value: Value<'_>, kind: Kind) -> bool {
    match (kind, value.kind()) {
        (_, Found::Null)
        | (Kind::Any, _)
        | (Kind::Bool, Found::Bool(_))
        | (Kind::String | Kind::IntOrString, Found::String(_)) => true,
        (Kind::Int32 | Kind::IntOrString, Found::Number(number)) => {
            number.as_i64().is_some_and(|number| i32::try_from(number).is_ok())
        }
        (Kind::Int64, Found::Number(number)) => number.as_i64().is_some(),
        (Kind::Quantity, Found::String(_) | Found::Number(_)) => read_quantity(value).is_some_and(|read| read.is_ok()),
        (Kind::Time, Found::String(text)) => is_rfc3339(text),
        _ => false,
    }
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "reads a fixture")]
mod tests {
    use crate::k8s::{Version, validation};
    use crate::yaml::{self, Fields};

    /// What a walk has found, and what is looked for where none came by, is the same.
    #[test]
    fn objects_read_the_same_with_and_without_a_walk() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/server/verdicts.jsonl");
        let cases = std::fs::read_to_string(path).expect("the fixture is there");
        let mut walked = 0;
        for case in cases.lines() {
            let case: serde_json::Value = serde_json::from_str(case).expect("a line is a case");
            let text = case["yaml"].as_str().expect("a case has a manifest");
            let problems = |walk: bool, version| {
                let file = yaml::parse(text);
                let document = file.documents.first()?;
                if !walk {
                    document.set_fields(Fields::new(document));
                }
                let root = document.root()?;
                let problems = validation::check(root, version).into_problems();
                Some((root.known().is_some(), format!("{problems:?}")))
            };
            for version in [Version::OLDEST, Version::NEWEST] {
                let (found, looked_for) = (problems(true, version), problems(false, version));
                walked += usize::from(found.as_ref().is_some_and(|(walked, _)| *walked));
                assert_eq!(found.map(|(_, problems)| problems), looked_for.map(|(_, problems)| problems), "{text}");
            }
        }
        assert!(walked > 3_000, "{walked}");
    }
}
