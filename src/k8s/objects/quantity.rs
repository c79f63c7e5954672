//! Amounts as values of fields.

use super::FromValue;
use crate::k8s::format::{Quantity, QuantityError};
use crate::yaml::{Kind, Number, Value};

impl<'a> FromValue<'a> for Quantity<'a> {
    fn from_value(value: Value<'a>) -> Option<Self> {
        read_quantity(value)?.ok()
    }

    fn from_null(_null: Value<'a>) -> Option<Self> {
        Some(Quantity::ZERO)
    }
}

/// Reads a quantity from a text or a number; `None` for other values.
#[must_use]
pub fn read_quantity(value: Value<'_>) -> Option<Result<Quantity<'_>, QuantityError>> {
    match value.kind() {
        Kind::String(text) => Some(Quantity::parse(text)),
        Kind::Number(number) => Some(Quantity::parse_number(&json_spelling(number))),
        _ => None,
    }
}

/// The number as Go writes it into JSON on its way to the API server.
fn json_spelling(number: Number<'_>) -> String {
    match number {
        Number::Int(number) => number.to_string(),
        Number::Uint(number) => number.to_string(),
        Number::Json(text) => text.to_owned(),
        Number::Float(number) if number != 0.0 && !(1e-6..1e21).contains(&number.abs()) => {
            let text = format!("{number:e}");
            if text.contains("e-") { text } else { text.replace('e', "e+") }
        }
        Number::Float(number) => number.to_string(),
    }
}
