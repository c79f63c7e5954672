//! Numbers as Sprig's library makes them of anything, and Sprig's arithmetic on integers.

mod decimal;
mod float;

use super::format::print;
use super::{Arguments, Function, Stop, Takes};
use crate::template::value::{Kind, Value};

pub(super) use float::FUNCTIONS as FLOATS;

use Takes::{Any, Text as Str};

pub(super) static FUNCTIONS: &[Function] = &[
    Function::new("int", &[Any], |_, given| Ok(kept(given.value(0), Value::int(integer(given.value(0)))))),
    Function::new("int64", &[Any], |_, given| Ok(kept(given.value(0), Value::int64(integer(given.value(0)))))),
    Function::new("atoi", &[Str], |_, given| Ok(Value::int(decimal_integer(given.text(0).as_str())))),
    Function::new("toDecimal", &[Any], |call, given| {
        let text = print(given.value(0), call)?;
        Ok(Value::int64(i64::from_str_radix(text.as_str(), 8).unwrap_or(0)))
    }),
    Function::new("add", &[], |_, given| folded(given, 0, i64::wrapping_add)).rest(Any),
    Function::new("add1", &[Any], |_, given| Ok(Value::int64(integer(given.value(0)).wrapping_add(1)))),
    Function::new("sub", &[Any, Any], |_, given| {
        Ok(Value::int64(integer(given.value(0)).wrapping_sub(integer(given.value(1)))))
    }),
    Function::new("mul", &[Any], |_, given| folded(given, 1, i64::wrapping_mul)).rest(Any),
    Function::new("div", &[Any, Any], |_, given| divided(given, i64::wrapping_div)),
    Function::new("mod", &[Any, Any], |_, given| divided(given, i64::wrapping_rem)),
    Function::new("max", &[Any], |_, given| folded(given, i64::MIN, i64::max)).rest(Any),
    Function::new("biggest", &[Any], |_, given| folded(given, i64::MIN, i64::max)).rest(Any),
    Function::new("min", &[Any], |_, given| folded(given, i64::MAX, i64::min)).rest(Any),
];

/// A number that is made of a value of the values files is that value's still, where it prints as that does.
fn kept(from: &Value, made: Value) -> Value {
    Value { node: from.node, ..made }
}

fn folded(given: &Arguments<'_>, start: i64, operation: fn(i64, i64) -> i64) -> Result<Value, Stop> {
    Ok(Value::int64(given.all().iter().map(integer).fold(start, operation)))
}

fn divided(given: &Arguments<'_>, operation: fn(i64, i64) -> i64) -> Result<Value, Stop> {
    match integer(given.value(1)) {
        0 => Err(Stop::failed("runtime error: integer divide by zero")),
        divisor => Ok(Value::int64(operation(integer(given.value(0)), divisor))),
    }
}

/// Anything as an integer: floats lose what is behind the point, what is no number is 0.
pub(super) fn integer(value: &Value) -> i64 {
    match &value.kind {
        Kind::Int(int) | Kind::Int64(int) => *int,
        Kind::Float(float) => truncated(*float),
        Kind::Bool(bool) => i64::from(*bool),
        Kind::Text(text) => written(without_zero_decimals(text.as_str())).unwrap_or(0),
        _ => 0,
    }
}

/// What the processor that helm runs on makes of a float that no integer is near.
fn truncated(float: f64) -> i64 {
    let is_near = (-9_223_372_036_854_775_808.0..9_223_372_036_854_775_808.0).contains(&float);
    if is_near { float as i64 } else { i64::MIN }
}

/// `12.00` without `.00`.
fn without_zero_decimals(text: &str) -> &str {
    let whole = text.trim_end_matches('0');
    match whole.strip_suffix('.') {
        Some(stripped) if whole.len() < text.len() => stripped,
        _ => text,
    }
}

/// An integer as Go's source has it: `0x1F`, `0b11`, `017`, `0o17`, `1_000`.
fn written(text: &str) -> Option<i64> {
    let (sign, digits) = match text.as_bytes().first()? {
        b'-' => ("-", &text[1..]),
        b'+' => ("", &text[1..]),
        _ => ("", text),
    };
    let lower = digits.to_ascii_lowercase();
    let (radix, rest) = match lower.as_bytes() {
        [b'0', b'x', ..] => (16, &lower[2..]),
        [b'0', b'b', ..] => (2, &lower[2..]),
        [b'0', b'o', ..] => (8, &lower[2..]),
        [b'0', _, ..] => (8, &lower[1..]),
        _ => (10, &*lower),
    };
    let is_prefixed = rest.len() < lower.len();
    let rest = if is_prefixed { rest.strip_prefix('_').unwrap_or(rest) } else { rest };
    let is_split_well = !rest.starts_with('_') && !rest.ends_with('_') && !rest.contains("__");
    let is_number = rest.starts_with(|first: char| first.is_digit(radix)) && is_split_well;
    if !is_number {
        return None;
    }
    i64::from_str_radix(&format!("{sign}{}", rest.replace('_', "")), radix).ok()
}

/// Go's `Atoi`: 0 for what is no number, and the largest there is for what is too large.
fn decimal_integer(text: &str) -> i64 {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return 0;
    }
    text.parse().unwrap_or(if text.starts_with('-') { i64::MIN } else { i64::MAX })
}
