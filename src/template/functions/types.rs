//! What a value is: Sprig's functions on types.

use super::{Function, Takes};
use crate::template::value::{Kind, Value};

use Takes::{Any, Text as Str};

pub(super) static FUNCTIONS: &[Function] = &[
    Function::new("kindOf", &[Any], |_, given| Ok(Value::computed(kind_name(given.value(0))))).keeps_holes(),
    Function::new("kindIs", &[Str, Any], |_, given| {
        Ok(Value::bool(given.text(0).as_str() == kind_name(given.value(1))))
    })
    .keeps_holes(),
    Function::new("typeOf", &[Any], |_, given| Ok(Value::computed(given.value(0).type_name()))).keeps_holes(),
    Function::new("typeIs", &[Str, Any], |_, given| {
        Ok(Value::bool(given.text(0).as_str() == given.value(1).type_name()))
    })
    .keeps_holes(),
    Function::new("typeIsLike", &[Str, Any], |_, given| {
        let (wanted, name) = (given.text(0), given.value(1).type_name());
        Ok(Value::bool(wanted.as_str() == name || name.strip_prefix('*') == Some(wanted.as_str())))
    })
    .keeps_holes(),
];

/// Go's name of the kind of type that a value has.
pub(super) fn kind_name(value: &Value) -> &'static str {
    match &value.kind {
        Kind::Nil => "invalid",
        Kind::Bool(_) => "bool",
        Kind::Int(_) => "int",
        Kind::Int64(_) => "int64",
        Kind::Float(_) => "float64",
        Kind::Text(_) | Kind::Unknown(_) => "string",
        Kind::List(_) => "slice",
        Kind::Map(_) => "map",
        Kind::Object(object) if object.type_name.starts_with('*') => "ptr",
        Kind::Object(object) if object.type_name.ends_with("Files") || object.type_name.starts_with("map[") => "map",
        Kind::Object(object) if object.type_name.ends_with("VersionSet") => "slice",
        Kind::Object(_) => "struct",
    }
}
