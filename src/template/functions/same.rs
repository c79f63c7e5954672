//! Whether two values are the same: Go's `reflect.DeepEqual`.

use super::{Call, Stop};
use crate::template::value::{Kind, Value};

/// Whether they have one type, and are equal all the way down.
pub(super) fn same(one: &Value, other: &Value, call: &mut Call<'_>) -> Result<bool, Stop> {
    compare(one, other, call, 0)
}

/// How deep values may lie in each other.
const DEEPEST: usize = 500;

fn compare(one: &Value, other: &Value, call: &mut Call<'_>, depth: usize) -> Result<bool, Stop> {
    call.spend(4)?;
    if depth > DEEPEST {
        return Err(Stop::TooMuch);
    }
    match (&one.kind, &other.kind) {
        (Kind::List(ones), Kind::List(others)) => {
            if ones.len() != others.len() || ones.holds() != others.holds() {
                return Ok(false);
            }
            for (one, other) in ones.iter().zip(others.iter()) {
                if !compare(one, other, call, depth + 1)? {
                    return Ok(false);
                }
            }
            Ok(true)
        }
        (Kind::Map(ones), Kind::Map(others)) => {
            if ones.is(others) {
                return Ok(true);
            }
            if ones.len() != others.len() || ones.holds() != others.holds() {
                return Ok(false);
            }
            for ((name, one), (other_name, other)) in ones.entries().iter().zip(others.entries().iter()) {
                if name != other_name || !compare(one, other, call, depth + 1)? {
                    return Ok(false);
                }
            }
            Ok(true)
        }
        _ => Ok(equal_scalars(one, other)),
    }
}

fn equal_scalars(one: &Value, other: &Value) -> bool {
    match (&one.kind, &other.kind) {
        (Kind::Nil, Kind::Nil) => true,
        (Kind::Bool(one), Kind::Bool(other)) => one == other,
        (Kind::Int(one), Kind::Int(other)) | (Kind::Int64(one), Kind::Int64(other)) => one == other,
        (Kind::Float(one), Kind::Float(other)) => one == other,
        (Kind::Text(one), Kind::Text(other)) => one == other,
        _ => false,
    }
}
