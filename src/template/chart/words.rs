//! Strings in Chart.yaml.

use crate::template::text::Text;
use crate::template::value::{Kind, List, Value};

/// A scalar as a string: Go reads a number there as its words.
pub(super) fn word(value: Option<Value>) -> Value {
    let Some(value) = value else { return Value::computed("") };
    let text = match &value.kind {
        Kind::Text(text) => text.clone(),
        Kind::Float(number) => Text::of(&number.to_string(), value.origin()),
        Kind::Bool(answer) => Text::of(&answer.to_string(), value.origin()),
        _ => Text::default(),
    };
    Value { node: value.node, ..Value::text(text) }
}

pub(super) fn words(value: Option<Value>) -> Vec<String> {
    let list = match value.map(|value| value.kind) {
        Some(Kind::List(list)) => list,
        _ => List::default(),
    };
    list.iter().filter_map(|item| Some(item.as_text()?.as_str().to_owned())).collect()
}
