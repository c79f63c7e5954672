//! What to write into a field: `values.yaml`, and misspellings and wrong types of it.

use std::collections::HashMap;

use batchlint::k8s::schema::Kind;
use batchlint::yaml;
use serde_json::{Value as Json, json};

use crate::random::Random;
use crate::tree::{self, Site};

/// The lists of `values.yaml`, pools resolved.
pub(crate) struct Values(HashMap<String, Vec<Json>>);

impl Values {
    pub(crate) fn load() -> Self {
        let file = yaml::parse(include_str!("values.yaml"));
        let root = file.documents.first().and_then(|document| document.root()).map(tree::read);
        let Some(Json::Object(raw)) = root else { panic!("values.yaml is a mapping") };
        let lists = raw.keys().map(|key| (key.clone(), resolved(key, &raw))).collect();
        Self(lists)
    }

    /// Values for a scalar, from the most particular list there is.
    pub(crate) fn of(&self, site: &Site) -> &[Json] {
        self.list(site, "").unwrap_or_else(|| self.of_kind(site.kind))
    }

    /// Names for a map's entries.
    pub(crate) fn names_of(&self, site: &Site) -> &[Json] {
        self.list(site, "{}").unwrap_or_else(|| self.named("%Map"))
    }

    /// Values for any scalar of this kind.
    pub(crate) fn of_kind(&self, kind: Kind) -> &[Json] {
        match kind {
            Kind::List(_) | Kind::Map(_) | Kind::Object(_) => &[],
            scalar => self.named(&format!("%{scalar:?}")),
        }
    }

    fn list(&self, site: &Site, suffix: &str) -> Option<&[Json]> {
        let particular = self.0.get(&format!("{}.{}{suffix}", site.owner.name(), site.field.name));
        particular.or_else(|| self.0.get(&format!(".{}{suffix}", site.field.name))).map(Vec::as_slice)
    }

    fn named(&self, name: &str) -> &[Json] {
        self.0.get(name).map_or(&[], Vec::as_slice)
    }
}

fn resolved(key: &str, raw: &serde_json::Map<String, Json>) -> Vec<Json> {
    let mut list = Vec::new();
    for value in raw[key].as_array().into_iter().flatten() {
        match value.as_str() {
            Some(pool) if raw.contains_key(pool) && pool != key => list.extend(resolved(pool, raw)),
            Some(text) => list.push(lengthened(text).into()),
            None => list.push(value.clone()),
        }
    }
    list
}

/// Writes `@63` as 63 letters.
fn lengthened(text: &str) -> String {
    let mut parts = text.split('@');
    let mut long = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let digits = part.bytes().take_while(u8::is_ascii_digit).count();
        match part[..digits].parse() {
            Ok(count) => long.push_str(&"a".repeat(count)),
            Err(_) => long.push('@'),
        }
        long.push_str(&part[digits..]);
    }
    long
}

/// Values that are of no use to a field of this kind, or of a use that only Go's decoder knows.
pub(crate) fn wrong(kind: Kind) -> Vec<Json> {
    let mut wrong = vec![
        json!(null),
        json!(true),
        json!("a"),
        json!(""),
        json!("1"),
        json!("true"),
        json!(1),
        json!(0),
        json!(-1),
        json!(1.5),
        json!(1e30),
        json!(2_147_483_648_u64),
        json!(9_223_372_036_854_775_808_u64),
        json!(u64::MAX),
        json!([]),
        json!({}),
        json!(["a"]),
        json!([1]),
        json!([null]),
        json!([[]]),
        json!([{}]),
        json!({"a": "b"}),
        json!({"a": 1}),
        json!({"a": null}),
        json!({"name": "a"}),
    ];
    if let Kind::List(Kind::Object(_)) | Kind::Object(_) = kind {
        wrong.extend([json!([{"unknown": 1}]), json!({"unknown": {"a": [1]}}), json!([null, {}])]);
    }
    wrong
}

/// The text with a slip in it: other case, a letter less, more or swapped, blanks, another ending.
pub(crate) fn misspelt(text: &str, random: &mut Random) -> String {
    let mut letters: Vec<char> = text.chars().collect();
    let at = random.below(letters.len());
    match random.below(12) {
        0 => return text.to_lowercase(),
        1 => return text.to_uppercase(),
        2 => return format!("{text} "),
        3 => return format!(" {text}"),
        4 => return format!("{text}s"),
        5 => return format!("{text}{text}"),
        6 => return format!("{text}\n"),
        7 if !letters.is_empty() => drop(letters.remove(at)),
        8 if at > 0 => letters.swap(at - 1, at),
        9 => letters.insert(at, '-'),
        10 => letters.insert(at, char::from(b'a' + u8::try_from(random.below(26)).unwrap_or(0))),
        _ => {
            if let Some(letter) = letters.get_mut(at) {
                *letter = if letter.is_uppercase() { letter.to_ascii_lowercase() } else { letter.to_ascii_uppercase() };
            }
        }
    }
    letters.into_iter().collect()
}
