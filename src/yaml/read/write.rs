//! Values as the JSON that Go's `encoding/json` writes.

use std::fmt::Write;

use crate::sort;
use crate::yaml::resolve::json_float;
use crate::yaml::{Entry, Kind, Number, Value};

/// What is still to be written, innermost last.
enum Step<'a> {
    Value(Value<'a>),
    /// The sorted entries that are left of an object.
    Object(std::vec::IntoIter<Entry<'a>>),
    Array(crate::yaml::Items<'a>),
}

/// Appends a value as JSON: keys sorted, no blanks, `<`, `>` and `&` escaped, as Kubernetes' own reader writes it.
pub fn write_json(value: Value<'_>, out: &mut String) {
    write_json_within(value, usize::MAX, out);
}

/// The same up to so many bytes, since a few aliases may stand for more than there is memory; whether that was all.
pub(crate) fn write_json_within(value: Value<'_>, most: usize, out: &mut String) -> bool {
    let mut steps = vec![Step::Value(value)];
    while let Some(step) = steps.pop() {
        if out.len() > most {
            return false;
        }
        match step {
            Step::Value(value) => write_value(value, &mut steps, out),
            Step::Object(mut entries) => match entries.next() {
                None => out.push('}'),
                Some(entry) => {
                    separate(out, '{');
                    write_json_string(entry.key, out);
                    out.push(':');
                    steps.push(Step::Object(entries));
                    steps.push(Step::Value(entry.value));
                }
            },
            Step::Array(mut items) => match items.next() {
                None => out.push(']'),
                Some(item) => {
                    separate(out, '[');
                    steps.push(Step::Array(items));
                    steps.push(Step::Value(item));
                }
            },
        }
    }
    true
}

fn separate(out: &mut String, opening: char) {
    if !out.ends_with(opening) {
        out.push(',');
    }
}

fn write_value<'a>(value: Value<'a>, steps: &mut Vec<Step<'a>>, out: &mut String) {
    match value.kind() {
        Kind::Null | Kind::Unknown => out.push_str("null"),
        Kind::Bool(value) => out.push_str(if value { "true" } else { "false" }),
        Kind::Number(number) => write_number(number, out),
        Kind::String(text) => write_json_string(text, out),
        Kind::Sequence => {
            out.push('[');
            steps.push(Step::Array(value.items()));
        }
        Kind::Mapping => {
            let mut entries: Vec<Entry<'a>> = value.entries().collect();
            sort::by_key(&mut entries, |entry| entry.key);
            // Of keys that collide as strings, the later one.
            entries.reverse();
            entries.dedup_by_key(|entry| entry.key);
            entries.reverse();
            out.push('{');
            steps.push(Step::Object(entries.into_iter()));
        }
    }
}

fn write_number(number: Number<'_>, out: &mut String) {
    match number {
        Number::Int(value) => out.push_str(&value.to_string()),
        Number::Uint(value) => out.push_str(&value.to_string()),
        Number::Float(value) => out.push_str(&json_float(value)),
        Number::Json(text) => out.push_str(text),
    }
}

/// Appends a string as JSON.
fn write_json_string(text: &str, out: &mut String) {
    out.push('"');
    for character in text.chars() {
        match character {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\u{8}' => out.push_str("\\b"),
            '\u{C}' => out.push_str("\\f"),
            '<' | '>' | '&' | '\0'..='\u{1F}' | '\u{2028}' | '\u{2029}' => {
                // Writing to a string does not fail.
                let _ = write!(out, "\\u{:04x}", u32::from(character));
            }
            other => out.push(other),
        }
    }
    out.push('"');
}
