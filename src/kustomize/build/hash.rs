//! The hash of what a generated ConfigMap or Secret holds, which stands behind its name.

use std::fmt::Write as _;

use super::tree::Node;
use crate::sort;
use crate::template::sha256;

/// Letters that stand for some of a hash's digits, so that no words come of them.
const LETTERS: [(char, char); 5] = [('0', 'g'), ('1', 'h'), ('3', 'k'), ('a', 'm'), ('e', 't')];
/// So many digits are kept.
const LENGTH: usize = 10;

/// The hash of an object.
pub(super) fn of(object: &Node) -> String {
    let is_secret = object.str("kind") == Some("Secret");
    // What is encoded has its keys in order.
    let mut fields: Vec<(&str, String)> = Vec::new();
    let also = if is_secret { "stringData" } else { "binaryData" };
    if object.get(also).is_some_and(|data| !data.entries().is_empty()) {
        fields.push((also, map(object.get(also))));
    }
    fields.push(("data", map(object.get("data"))));
    fields.push(("kind", string(object.str("kind").unwrap_or_default())));
    // Kustomize looks for the name at a place where none is.
    fields.push(("name", string("")));
    if is_secret {
        fields.push(("type", string(object.str("type").unwrap_or_default())));
    }
    sort::ascending(&mut fields);
    let inside: Vec<String> = fields.iter().map(|(key, value)| format!("\"{key}\":{value}")).collect();
    let digest = sha256(format!("{{{}}}", inside.join(",")).as_bytes());
    let letter = |char| LETTERS.iter().find(|(digit, _)| *digit == char).map_or(char, |(_, letter)| *letter);
    digest.chars().take(LENGTH).map(letter).collect()
}

fn map(data: Option<&Node>) -> String {
    let Some(data) = data.filter(|data| !data.entries().is_empty()) else { return "\"\"".to_owned() };
    let mut pairs: Vec<(&str, &Node)> = data.entries().iter().map(|entry| (&*entry.key, &entry.node)).collect();
    sort::by_key(&mut pairs, |(key, _)| *key);
    let pairs: Vec<String> =
        pairs.iter().map(|(key, value)| format!("{}:{}", string(key), string(value.text()))).collect();
    format!("{{{}}}", pairs.join(","))
}

/// A string as Go's encoding/json writes it.
fn string(text: &str) -> String {
    let mut written = String::with_capacity(text.len() + 2);
    written.push('"');
    for char in text.chars() {
        match char {
            '"' | '\\' => written.extend(['\\', char]),
            '\n' => written.push_str("\\n"),
            '\r' => written.push_str("\\r"),
            '\t' => written.push_str("\\t"),
            '\u{8}' => written.push_str("\\b"),
            '\u{c}' => written.push_str("\\f"),
            '<' | '>' | '&' | '\u{2028}' | '\u{2029}' | '\0'..='\u{1f}' => {
                let _ = write!(written, "\\u{:04x}", u32::from(char));
            }
            char => written.push(char),
        }
    }
    written.push('"');
    written
}
