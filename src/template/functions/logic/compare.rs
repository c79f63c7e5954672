//! text/template's comparisons: values of one kind with each other, and nothing else.

use std::cmp::Ordering;

use super::super::format::printf;
use super::super::{Arguments, Call, Function, Stop, Takes};
use crate::template::text::Text;
use crate::template::value::{Kind, Value};

use Takes::Any;

pub(in crate::template::functions) static FUNCTIONS: &[Function] = &[
    Function::new("eq", &[Any], equal).rest(Any).takes_unknown(),
    Function::new("ne", &[Any, Any], |call, given| Ok(Value::bool(!equals(given.value(0), given.value(1), call)?))),
    Function::new("lt", &[Any, Any], |_, given| ordered(given, Ordering::is_lt)),
    Function::new("le", &[Any, Any], |_, given| ordered(given, Ordering::is_le)),
    Function::new("gt", &[Any, Any], |_, given| ordered(given, Ordering::is_gt)),
    Function::new("ge", &[Any, Any], |_, given| ordered(given, Ordering::is_ge)),
];

/// Whether the first value equals any of the others.
fn equal(call: &mut Call<'_>, given: &Arguments<'_>) -> Result<Value, Stop> {
    let others = given.from(1);
    let mut is_open = is_unknown(given.value(0));
    if others.is_empty() && !is_open {
        return Err(Stop::failed("missing argument for comparison"));
    }
    for other in others {
        if is_open || is_unknown(other) {
            is_open = true;
        } else if equals(given.value(0), other, call)? {
            return Ok(Value::bool(true));
        }
    }
    Ok(if is_open { Value::unknown() } else { Value::bool(false) })
}

/// Whether nobody knows it, or all of it.
fn is_unknown(value: &Value) -> bool {
    match &value.kind {
        Kind::Unknown(_) => true,
        Kind::Text(text) => text.has_hole(),
        _ => false,
    }
}

fn equals(one: &Value, other: &Value, call: &mut Call<'_>) -> Result<bool, Stop> {
    match (&one.kind, &other.kind) {
        (Kind::Bool(one), Kind::Bool(other)) => Ok(one == other),
        (Kind::Int(one) | Kind::Int64(one), Kind::Int(other) | Kind::Int64(other)) => Ok(one == other),
        (Kind::Float(one), Kind::Float(other)) => Ok(one == other),
        (Kind::Text(one), Kind::Text(other)) => Ok(one == other),
        (Kind::Nil, _) | (_, Kind::Nil) => Ok(one.is_nil() && other.is_nil()),
        (Kind::List(_) | Kind::Map(_), Kind::List(_) | Kind::Map(_)) => Err(incomparable(one, other, call)?),
        _ => Err(incompatible(one, other)),
    }
}

/// Lists and maps equal nothing: Go shows them as it says so.
fn incomparable(one: &Value, other: &Value, call: &mut Call<'_>) -> Result<Stop, Stop> {
    let type_name = |value: &Value| Value::computed(value.type_name());
    let (format, shown) = if one.type_name() == other.type_name() {
        ("non-comparable type %s: %v", vec![other.clone(), type_name(other)])
    } else {
        ("non-comparable types %s: %v, %s: %v", vec![one.clone(), type_name(one), type_name(other), other.clone()])
    };
    Ok(Stop::failed(printf(&Text::computed(format), &shown, call)?.as_str()))
}

fn incompatible(one: &Value, other: &Value) -> Stop {
    Stop::failed(format!("incompatible types for comparison: {} and {}", one.type_name(), other.type_name()))
}

fn ordered(given: &Arguments<'_>, answers: fn(Ordering) -> bool) -> Result<Value, Stop> {
    let (one, other) = (given.value(0), given.value(1));
    let order = match (&one.kind, &other.kind) {
        (Kind::Int(one) | Kind::Int64(one), Kind::Int(other) | Kind::Int64(other)) => Some(one.cmp(other)),
        (Kind::Float(one), Kind::Float(other)) => one.partial_cmp(other),
        (Kind::Text(one), Kind::Text(other)) => Some(one.cmp(other)),
        _ => {
            let has_order = |value: &Value| {
                matches!(value.kind, Kind::Bool(_) | Kind::Int(_) | Kind::Int64(_) | Kind::Float(_) | Kind::Text(_))
            };
            let is_bool = matches!((&one.kind, &other.kind), (Kind::Bool(_), Kind::Bool(_)));
            if is_bool || !has_order(one) || !has_order(other) {
                return Err(Stop::failed("invalid type for comparison"));
            }
            return Err(incompatible(one, other));
        }
    };
    Ok(Value::bool(order.is_some_and(answers)))
}
