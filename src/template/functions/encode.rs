//! Values written as YAML, JSON and TOML.

mod json;
mod toml;
mod yaml;

use super::{Arguments, Call, Function, Stop, Takes};
use crate::template::value::{Kind, Value};

use Takes::Any;

pub(super) static FUNCTIONS: &[Function] = &[
    Function::new("toYaml", &[Any], |call, given| {
        written(call, given, |value, call| yaml::write(value, yaml::Style::Helm, call))
    })
    .keeps_holes(),
    Function::new("toYamlPretty", &[Any], |call, given| {
        written(call, given, |value, call| yaml::write(value, yaml::Style::Pretty, call))
    })
    .keeps_holes(),
    Function::new("toJson", &[Any], |call, given| {
        written(call, given, |value, call| json::write(value, json::Style::Escaped, call))
    })
    .keeps_holes(),
    Function::new("mustToJson", &[Any], |call, given| {
        written(call, given, |value, call| json::write(value, json::Style::Escaped, call))
    })
    .keeps_holes(),
    Function::new("toPrettyJson", &[Any], |call, given| {
        written(call, given, |value, call| json::write(value, json::Style::Pretty, call))
    })
    .keeps_holes(),
    Function::new("mustToPrettyJson", &[Any], |call, given| {
        written(call, given, |value, call| json::write(value, json::Style::Pretty, call))
    })
    .keeps_holes(),
    Function::new("toRawJson", &[Any], |call, given| {
        written(call, given, |value, call| json::write(value, json::Style::Raw, call))
    })
    .keeps_holes(),
    Function::new("mustToRawJson", &[Any], |call, given| {
        written(call, given, |value, call| json::write(value, json::Style::Raw, call))
    })
    .keeps_holes(),
    Function::new("toToml", &[Any], toml::to_toml),
];

/// What cannot be written is no text: helm swallows the error.
type Writing = fn(&Value, &mut Call<'_>) -> Result<Option<crate::template::text::Text>, Stop>;

fn written(call: &mut Call<'_>, given: &Arguments<'_>, write: Writing) -> Result<Value, Stop> {
    if holds_unknown(given.value(0), call, 0)? {
        return Ok(Value::unknown());
    }
    Ok(Value::text(write(given.value(0), call)?.unwrap_or_default()))
}

/// How deep values may lie in each other.
const DEEPEST: usize = 500;

/// Whether anything in it is not known. It lies not too deep for who writes it, either.
fn holds_unknown(value: &Value, call: &mut Call<'_>, depth: usize) -> Result<bool, Stop> {
    call.spend(4)?;
    if depth > DEEPEST {
        return Err(Stop::TooMuch);
    }
    let mut found = value.is_unknown();
    match &value.kind {
        Kind::List(list) => {
            for item in list.iter() {
                found |= holds_unknown(item, call, depth + 1)?;
            }
        }
        Kind::Map(map) => {
            for (_, item) in map.borrow().iter() {
                found |= holds_unknown(item, call, depth + 1)?;
            }
        }
        _ => {}
    }
    Ok(found)
}
