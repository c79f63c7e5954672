//! Sprig's functions that make lists of lists.

use super::super::same::same;
use super::super::{Arguments, Call, Function, Stop, Takes};
use super::{items, nil_pointer};
use crate::template::value::{Holds, Kind, Value};

use Takes::{Any, Int};

pub(in crate::template::functions) static FUNCTIONS: &[Function] = &[
    Function::new("rest", &[Any], rest),
    Function::new("mustRest", &[Any], rest),
    Function::new("initial", &[Any], initial),
    Function::new("mustInitial", &[Any], initial),
    Function::new("append", &[Any, Any], append).takes_unknown(),
    Function::new("mustAppend", &[Any, Any], append).takes_unknown(),
    Function::new("push", &[Any, Any], append).takes_unknown(),
    Function::new("mustPush", &[Any, Any], append).takes_unknown(),
    Function::new("prepend", &[Any, Any], prepend).takes_unknown(),
    Function::new("mustPrepend", &[Any, Any], prepend).takes_unknown(),
    Function::new("concat", &[], concat).rest(Any),
    Function::new("reverse", &[Any], reverse),
    Function::new("mustReverse", &[Any], reverse),
    Function::new("uniq", &[Any], uniq),
    Function::new("mustUniq", &[Any], uniq),
    Function::new("without", &[Any], without).rest(Any),
    Function::new("mustWithout", &[Any], without).rest(Any),
    Function::new("compact", &[Any], compact),
    Function::new("mustCompact", &[Any], compact),
    Function::new("chunk", &[Int, Any], chunk),
    Function::new("mustChunk", &[Int, Any], chunk),
];

/// A list, with room taken for as many items.
fn made(call: &mut Call<'_>, items: Vec<Value>) -> Result<Value, Stop> {
    call.spend(items.len())?;
    Ok(Value::list(items))
}

fn rest(call: &mut Call<'_>, given: &Arguments<'_>) -> Result<Value, Stop> {
    let items = items(given.value(0), "Cannot find rest on")?;
    made(call, items.get(1..).unwrap_or_default().to_vec())
}

fn initial(call: &mut Call<'_>, given: &Arguments<'_>) -> Result<Value, Stop> {
    let items = items(given.value(0), "Cannot find initial on")?;
    made(call, items[..items.len().saturating_sub(1)].to_vec())
}

fn append(call: &mut Call<'_>, given: &Arguments<'_>) -> Result<Value, Stop> {
    if given.value(0).is_unknown() {
        return Ok(Value::unknown());
    }
    let items = items(given.value(0), "Cannot push on")?;
    made(call, items.iter().chain([given.value(1)]).cloned().collect())
}

fn prepend(call: &mut Call<'_>, given: &Arguments<'_>) -> Result<Value, Stop> {
    if given.value(0).is_unknown() {
        return Ok(Value::unknown());
    }
    let items = items(given.value(0), "Cannot prepend on")?;
    made(call, [given.value(1)].into_iter().chain(items).cloned().collect())
}

fn concat(call: &mut Call<'_>, given: &Arguments<'_>) -> Result<Value, Stop> {
    let mut all = Vec::new();
    for value in given.all() {
        let items = match &value.kind {
            Kind::List(list) => list.as_slice(),
            Kind::Nil => return Err(nil_pointer()),
            _ => {
                let kind = super::super::types::kind_name(value);
                return Err(Stop::failed(format!("Cannot concat type {kind} as list")));
            }
        };
        call.spend(items.len())?;
        all.extend_from_slice(items);
    }
    Ok(Value::list(all))
}

fn reverse(call: &mut Call<'_>, given: &Arguments<'_>) -> Result<Value, Stop> {
    let items = items(given.value(0), "Cannot find reverse on")?;
    made(call, items.iter().rev().cloned().collect())
}

fn uniq(call: &mut Call<'_>, given: &Arguments<'_>) -> Result<Value, Stop> {
    let mut kept: Vec<Value> = Vec::new();
    for item in items(given.value(0), "Cannot find uniq on")? {
        if !is_among(item, &kept, call)? {
            kept.push(item.clone());
        }
    }
    Ok(Value::list(kept))
}

fn is_among(item: &Value, values: &[Value], call: &mut Call<'_>) -> Result<bool, Stop> {
    for value in values {
        if same(value, item, call)? {
            return Ok(true);
        }
    }
    Ok(false)
}

fn without(call: &mut Call<'_>, given: &Arguments<'_>) -> Result<Value, Stop> {
    let mut kept = Vec::new();
    for item in items(given.value(0), "Cannot find without on")? {
        if !is_among(item, given.from(1), call)? {
            kept.push(item.clone());
        }
    }
    Ok(Value::list(kept))
}

fn compact(call: &mut Call<'_>, given: &Arguments<'_>) -> Result<Value, Stop> {
    let items = items(given.value(0), "Cannot compact on")?;
    made(call, items.iter().filter(|item| item.truth() != Some(false)).cloned().collect())
}

fn chunk(call: &mut Call<'_>, given: &Arguments<'_>) -> Result<Value, Stop> {
    let items = match given.value(1).kind {
        Kind::List(_) | Kind::Nil => items(given.value(1), "")?,
        _ => return Err(Stop::failed(format!("Cannot chunk type {}", super::super::types::kind_name(given.value(1))))),
    };
    let size = given.int(0);
    // Go works out the number of parts in floating point before it looks at it.
    let parts = (((items.len() as f64) - 1.0) / (size as f64)).floor() + 1.0;
    if !(0.0..1e9).contains(&parts) {
        return Err(Stop::failed("runtime error: makeslice: len out of range"));
    }
    call.spend(items.len())?;
    let size = usize::try_from(size).unwrap_or(0).max(1);
    let chunks = items.chunks(size).take(parts as usize);
    Ok(Value::list_of(Holds::Lists, chunks.map(|chunk| Value::list(chunk.to_vec())).collect()))
}
