//! Values read from YAML and JSON.

mod json;
mod yaml;

use super::{Arguments, Call, Function, Stop, Takes};
use crate::template::text::Text;
use crate::template::value::{Kind, Map, Value};

use Takes::Text as Str;

pub(super) static FUNCTIONS: &[Function] = &[
    Function::new("fromYaml", &[Str], |call, given| {
        as_map(yaml::read(&given.text(0), call)?, "error unmarshaling JSON: while decoding JSON: ")
    })
    .keeps_holes(),
    Function::new("fromYamlArray", &[Str], |call, given| {
        as_list(yaml::read(&given.text(0), call)?, "error unmarshaling JSON: while decoding JSON: ")
    })
    .keeps_holes(),
    Function::new("fromJson", &[Str], |call, given| as_map(json::read(&given.text(0), call)?.map_err(error), "")),
    Function::new("fromJsonArray", &[Str], |call, given| as_list(json::read(&given.text(0), call)?.map_err(error), "")),
    Function::new("mustFromJson", &[Str], must_from_json),
];

fn error(message: String) -> Value {
    Value::computed(&message)
}

/// What was read as a map; helm puts an error in one, under `Error`.
fn as_map(read: Result<Value, Value>, before: &str) -> Result<Value, Stop> {
    let error = match read {
        Ok(value) => match value.kind {
            Kind::Map(_) => return Ok(value),
            Kind::Nil => return Ok(Value::map(Map::default())),
            _ => mismatch(&value, "map[string]interface {}", before),
        },
        Err(error) => error,
    };
    Ok(Value::map(Map::from_iter([(Text::computed("Error"), error)])))
}

/// What was read as a list; helm puts an error in one.
fn as_list(read: Result<Value, Value>, before: &str) -> Result<Value, Stop> {
    let error = match read {
        Ok(value) => match value.kind {
            Kind::List(_) => return Ok(value),
            Kind::Nil => return Ok(Value::list(Vec::new())),
            _ => mismatch(&value, "[]interface {}", before),
        },
        Err(error) => error,
    };
    Ok(Value::list(vec![error]))
}

/// Go's words for JSON that is something else.
fn mismatch(value: &Value, wanted: &str, before: &str) -> Value {
    let found = match value.kind {
        Kind::Bool(_) => "bool",
        Kind::Text(_) => "string",
        Kind::List(_) => "array",
        Kind::Map(_) => "object",
        _ => "number",
    };
    Value::computed(&format!("{before}json: cannot unmarshal {found} into Go value of type {wanted}"))
}

fn must_from_json(call: &mut Call<'_>, given: &Arguments<'_>) -> Result<Value, Stop> {
    json::read(&given.text(0), call)?.map_err(Stop::Failed)
}
