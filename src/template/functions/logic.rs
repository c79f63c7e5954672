//! What decides: comparisons, defaults, and what helm insists on.

mod compare;

use super::format::quoted;
use super::{Arguments, Call, Function, Stop, Takes};
use crate::template::value::{Kind, Value};

pub(super) use compare::FUNCTIONS as COMPARISONS;

use Takes::{Any, Bool, Text as Str};

pub(super) static FUNCTIONS: &[Function] = &[
    Function::new("not", &[Any], |_, given| Ok(answer(given.value(0).truth().map(|truth| !truth)))).takes_unknown(),
    Function::new("default", &[Any], default).rest(Any).takes_unknown(),
    Function::new("empty", &[Any], |_, given| Ok(answer(given.value(0).truth().map(|truth| !truth)))).takes_unknown(),
    Function::new("coalesce", &[], coalesce).rest(Any).takes_unknown(),
    Function::new("ternary", &[Any, Any, Bool], ternary).takes_unknown(),
    Function::new("all", &[], |_, given| Ok(answer(truths(given, false)))).rest(Any).takes_unknown(),
    Function::new("any", &[], |_, given| Ok(answer(truths(given, true)))).rest(Any).takes_unknown(),
    Function::new("required", &[Str, Any], required).takes_unknown(),
    Function::new("fail", &[Str], |_, given| Err(Stop::Refused(given.text(0).as_str().to_owned()))),
    Function::new("call", &[Any], call).rest(Any),
];

/// A truth, as far as it is known.
fn answer(truth: Option<bool>) -> Value {
    truth.map_or_else(Value::unknown, Value::bool)
}

/// The second value, unless it is nothing.
fn default(_: &mut Call<'_>, given: &Arguments<'_>) -> Result<Value, Stop> {
    let says_nothing = given.all().get(1).is_none_or(|value| value.truth() == Some(false));
    Ok(given.value(usize::from(!says_nothing)).clone())
}

/// The first value that is not nothing.
fn coalesce(_: &mut Call<'_>, given: &Arguments<'_>) -> Result<Value, Stop> {
    Ok(given.all().iter().find(|value| value.truth() != Some(false)).cloned().unwrap_or(Value::NIL))
}

fn ternary(_: &mut Call<'_>, given: &Arguments<'_>) -> Result<Value, Stop> {
    if given.value(2).is_unknown() {
        return Ok(Value::unknown());
    }
    Ok(given.value(usize::from(!given.is_true(2))).clone())
}

/// Whether any of the values is that, or all are the other; not known where an unknown one would decide.
fn truths(given: &Arguments<'_>, decides: bool) -> Option<bool> {
    let truths = || given.all().iter().map(Value::truth);
    if truths().any(|truth| truth == Some(decides)) {
        return Some(decides);
    }
    truths().all(|truth| truth.is_some()).then_some(!decides)
}

fn required(_: &mut Call<'_>, given: &Arguments<'_>) -> Result<Value, Stop> {
    let value = given.value(1);
    let is_missing = match &value.kind {
        Kind::Nil => true,
        Kind::Text(text) => text.as_str().is_empty(),
        _ => false,
    };
    if is_missing { Err(Stop::Refused(given.text(0).as_str().to_owned())) } else { Ok(value.clone()) }
}

/// There are no functions among the values of a chart.
fn call(_: &mut Call<'_>, given: &Arguments<'_>) -> Result<Value, Stop> {
    let value = given.value(0);
    let words = match &value.kind {
        Kind::Nil => "call of nil".to_owned(),
        Kind::Text(text) => format!("non-function {} of type string", quoted(text).as_str()),
        _ => format!("non-function of type {}", value.type_name()),
    };
    Err(Stop::Failed(words))
}
