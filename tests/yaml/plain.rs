//! What a reader of JSON has of a value.

use batchlint::yaml::{Kind, Value as Yaml};
use serde_json::{Value, json};

/// The same as JSON; a number that is no whole one is its text.
pub(crate) fn json_of(value: Yaml<'_>) -> Value {
    match value.kind() {
        Kind::Null | Kind::Unknown => Value::Null,
        Kind::Bool(bool) => json!(bool),
        Kind::Number(number) => number.as_i64().map_or_else(|| json!(value.source()), |number| json!(number)),
        Kind::String(text) => json!(text),
        Kind::Sequence => value.items().map(json_of).collect(),
        Kind::Mapping => {
            Value::Object(value.entries().map(|entry| (entry.key.to_owned(), json_of(entry.value))).collect())
        }
    }
}
