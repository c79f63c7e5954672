//! How lists and maps go away. Values may be as deep in each other as a template has made them: they go one after the other,
//! not each within the one around it.

use super::{Kind, Value};

/// Takes values apart, and those in them that nobody else has.
pub(super) fn dismantle(mut values: Vec<Value>) {
    while let Some(value) = values.pop() {
        match value.kind {
            Kind::List(list) => values.extend(list.into_own().into_iter().filter(Value::has_values)),
            Kind::Map(map) => values.extend(map.into_own().filter(Value::has_values)),
            _ => {}
        }
    }
}
