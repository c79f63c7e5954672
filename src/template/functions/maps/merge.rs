//! `merge` and `mergeOverwrite`: one map into another, as Sprig's library does it.

use super::super::{Arguments, Call, Stop};
use super::map_given;
use crate::template::value::{Kind, Map, Value};

/// The first map wins, where it says anything.
pub(super) fn merge(call: &mut Call<'_>, given: &Arguments<'_>) -> Result<Value, Stop> {
    merged(call, given, false)
}

/// The last map wins.
pub(super) fn merge_overwrite(call: &mut Call<'_>, given: &Arguments<'_>) -> Result<Value, Stop> {
    merged(call, given, true)
}

fn merged(call: &mut Call<'_>, given: &Arguments<'_>, overwrites: bool) -> Result<Value, Stop> {
    let into = map_given(given);
    if let Kind::Map(into) = &into.kind {
        for at in 1..given.all().len() {
            Merge { overwrites, depth: 0 }.fill(into, &given.map(at), call)?;
        }
    }
    Ok(into)
}

struct Merge {
    overwrites: bool,
    depth: usize,
}

/// How deep maps may lie in each other.
const DEEPEST: usize = 500;

impl Merge {
    fn fill(&self, into: &Map, from: &Map, call: &mut Call<'_>) -> Result<(), Stop> {
        if into.is(from) {
            return Ok(());
        }
        if self.depth > DEEPEST {
            return Err(Stop::TooMuch);
        }
        let deeper = Self { depth: self.depth + 1, ..*self };
        for (key, value) in from.entries() {
            call.spend(1)?;
            let there = into.get(key.as_str());
            match (there.as_ref().map(|there| &there.kind), &value.kind) {
                (Some(Kind::Map(inner)), Kind::Map(value)) if !inner.is_empty() || !value.is_empty() => {
                    deeper.fill(inner, value, call)?;
                }
                _ if self.takes(there.as_ref(), &value) => into.insert(key, value),
                _ => {}
            }
        }
        Ok(())
    }

    /// Whether a value takes the place of what is there.
    fn takes(&self, there: Option<&Value>, value: &Value) -> bool {
        match there {
            None => true,
            Some(_) if self.overwrites => true,
            Some(there) => there.truth() == Some(false) && value.truth() != Some(false),
        }
    }
}
