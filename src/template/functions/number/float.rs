//! Sprig's functions on floating-point numbers.

use super::super::{Arguments, Call, Function, Stop, Takes};
use super::decimal::Decimal;
use crate::template::value::{Kind, Value};

use Takes::{Any, Float, Int};

pub(in crate::template::functions) static FUNCTIONS: &[Function] = &[
    Function::new("float64", &[Any], |_, given| {
        Ok(Value { node: given.value(0).node, ..Value::float(float(given.value(0))) })
    }),
    Function::new("floor", &[Any], |_, given| Ok(Value::float(float(given.value(0)).floor()))),
    Function::new("ceil", &[Any], |_, given| Ok(Value::float(float(given.value(0)).ceil()))),
    Function::new("round", &[Any, Int], round).rest(Float),
    Function::new("maxf", &[Any], |_, given| folded(given, larger)).rest(Any),
    Function::new("minf", &[Any], |_, given| folded(given, |one, other| -larger(-one, -other))).rest(Any),
    Function::new("addf", &[], |_, given| {
        let start = [Value::float(0.0)];
        exact(start.iter().chain(given.all()), Decimal::plus)
    })
    .rest(Any),
    Function::new("add1f", &[Any], |_, given| {
        let one = Value::float(1.0);
        exact([given.value(0), &one].into_iter(), Decimal::plus)
    }),
    Function::new("subf", &[Any], |_, given| exact(given.all().iter(), Decimal::minus)).rest(Any),
    Function::new("mulf", &[Any], |_, given| exact(given.all().iter(), Decimal::times)).rest(Any),
    Function::new("divf", &[Any], divf).rest(Any),
];

/// Anything as a floating-point number; what is none is 0.
fn float(value: &Value) -> f64 {
    match &value.kind {
        Kind::Int(int) | Kind::Int64(int) => *int as f64,
        Kind::Float(float) => *float,
        Kind::Bool(bool) => f64::from(u8::from(*bool)),
        Kind::Text(text) => written(text.as_str()).unwrap_or(0.0),
        _ => 0.0,
    }
}

/// A number as Go reads it: not one that is too large.
fn written(text: &str) -> Option<f64> {
    let number: f64 = text.parse().ok()?;
    let is_meant = text.trim_start_matches(['+', '-']).starts_with(['i', 'I']);
    (number.is_finite() || number.is_nan() || is_meant).then_some(number)
}

fn folded(given: &Arguments<'_>, operation: fn(f64, f64) -> f64) -> Result<Value, Stop> {
    let first = float(given.value(0));
    Ok(Value::float(given.from(1).iter().map(float).fold(first, operation)))
}

fn larger(one: f64, other: f64) -> f64 {
    if one.is_nan() || other.is_nan() { f64::NAN } else { one.max(other) }
}

/// Rounds at so many digits, up from one half on, or from where else is asked for.
fn round(_: &mut Call<'_>, given: &Arguments<'_>) -> Result<Value, Stop> {
    let scale = 10f64.powi(given.int(1).clamp(-400, 400) as i32);
    let scaled = float(given.value(0)) * scale;
    let goes_up = scaled.fract() >= given.float(2).unwrap_or(0.5);
    let rounded = if goes_up { scaled.ceil() } else { scaled.floor() };
    Ok(Value::float(rounded / scale))
}

/// Works in decimal digits, as Sprig's library does: 0.1 and 0.2 are 0.3.
fn exact<'a>(
    mut values: impl Iterator<Item = &'a Value>,
    operation: fn(Decimal, Decimal) -> Decimal,
) -> Result<Value, Stop> {
    let mut result = decimal(values.next())?;
    for value in values {
        result = operation(result, decimal(Some(value))?);
    }
    Ok(Value::float(result.float()))
}

fn decimal(value: Option<&Value>) -> Result<Decimal, Stop> {
    let float = value.map_or(0.0, float);
    let name = if float.is_nan() {
        "NaN"
    } else if float == f64::INFINITY {
        "+Inf"
    } else if float.is_infinite() {
        "-Inf"
    } else {
        return Ok(Decimal::of(float));
    };
    Err(Stop::failed(format!("Cannot create a Decimal from {name}")))
}

fn divf(_: &mut Call<'_>, given: &Arguments<'_>) -> Result<Value, Stop> {
    if given.from(1).iter().any(|value| float(value) == 0.0) {
        return Err(Stop::failed("decimal division by 0"));
    }
    exact(given.all().iter(), Decimal::by)
}
