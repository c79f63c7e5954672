//! Sprig's functions on maps.

mod merge;

use super::format::print;
use super::same::same;
use super::text::texts;
use super::{Arguments, Call, Function, Stop, Takes};
use crate::template::text::Text;
use crate::template::value::{Holds, Kind, Map, Value};
use merge::{merge, merge_overwrite};

use Takes::{Any, Map as Dict, Text as Str};

pub(super) static FUNCTIONS: &[Function] = &[
    Function::new("dict", &[], dict).rest(Any).takes_unknown(),
    Function::new("get", &[Dict, Str], |_, given| {
        Ok(given.map(0).get(given.text(1).as_str()).unwrap_or_else(|| Value::computed("")))
    })
    .keeps_holes(),
    Function::new("set", &[Dict, Str, Any], set).takes_unknown(),
    Function::new("unset", &[Dict, Str], |_, given| {
        given.map(0).remove(given.text(1).as_str());
        Ok(map_given(given))
    }),
    Function::new("hasKey", &[Dict, Str], |_, given| {
        Ok(Value::bool(given.map(0).get(given.text(1).as_str()).is_some()))
    }),
    Function::new("pluck", &[Str], pluck).keeps_holes().rest(Dict),
    Function::new("dig", &[], dig).rest(Any),
    Function::new("keys", &[], keys).rest(Dict),
    Function::new("values", &[Dict], |call, given| {
        call.spend(given.map(0).len())?;
        Ok(Value::list(given.map(0).entries().into_iter().map(|(_, value)| value).collect()))
    }),
    Function::new("pick", &[Dict], |call, given| chosen(call, given, true)).keeps_holes().rest(Str),
    Function::new("omit", &[Dict], |call, given| chosen(call, given, false)).keeps_holes().rest(Str),
    Function::new("merge", &[Dict], merge).keeps_holes().rest(Dict),
    Function::new("mustMerge", &[Dict], merge).rest(Dict),
    Function::new("mergeOverwrite", &[Dict], merge_overwrite).rest(Dict),
    Function::new("mustMergeOverwrite", &[Dict], merge_overwrite).rest(Dict),
    Function::new("deepCopy", &[Any], deep_copy),
    Function::new("mustDeepCopy", &[Any], deep_copy),
    Function::new("deepEqual", &[Any, Any], |call, given| Ok(Value::bool(same(given.value(0), given.value(1), call)?))),
];

/// A key that nobody knows makes no entry: charts give a map a random one so that it is not empty, and take it out again.
fn dict(call: &mut Call<'_>, given: &Arguments<'_>) -> Result<Value, Stop> {
    let map = Map::default();
    for pair in given.all().chunks(2) {
        if pair[0].is_unknown() {
            continue;
        }
        let value = pair.get(1).cloned().unwrap_or_else(|| Value::computed(""));
        map.insert(print(&pair[0], call)?, value);
    }
    Ok(Value::map(map))
}

/// The map that was given, itself; of nil, an empty one.
fn map_given(given: &Arguments<'_>) -> Value {
    if given.value(0).is_nil() { Value::map(Map::default()) } else { as_any(given.value(0)) }
}

/// A map that went through a function of Sprig's is a plain map from then on.
fn as_any(value: &Value) -> Value {
    match &value.kind {
        Kind::Map(map) => Value { kind: Kind::Map(map.clone().holding(Holds::Anything)), node: value.node },
        _ => value.clone(),
    }
}

fn set(_: &mut Call<'_>, given: &Arguments<'_>) -> Result<Value, Stop> {
    match &given.value(0).kind {
        Kind::Map(map) => map.insert(given.text(1), given.value(2).clone()),
        Kind::Nil => return Err(Stop::failed("assignment to entry in nil map")),
        _ => return Ok(Value::unknown()),
    }
    Ok(map_given(given))
}

fn pluck(_: &mut Call<'_>, given: &Arguments<'_>) -> Result<Value, Stop> {
    let key = given.text(0);
    let maps = (1..given.all().len()).map(|at| given.map(at));
    Ok(Value::list(maps.filter_map(|map| map.get(key.as_str())).collect()))
}

/// Follows keys into a map: what stands there, or the default, which is the last but one.
fn dig(_: &mut Call<'_>, given: &Arguments<'_>) -> Result<Value, Stop> {
    let [keys @ .., default, map] = given.all() else {
        return Err(Stop::failed("dig needs at least three arguments"));
    };
    if keys.is_empty() {
        return Err(Stop::failed("dig needs at least three arguments"));
    }
    let mut value = map.clone();
    let is_plain = |map: &Map| map.holds() == Holds::Anything;
    if !map.is_unknown() && !map.as_map().is_some_and(is_plain) {
        return Err(converted(map, "map[string]interface {}"));
    }
    for key in keys {
        let Kind::Text(key) = &key.kind else { return Err(converted(key, "string")) };
        let inner = match &value.kind {
            Kind::Map(map) if is_plain(map) => map.get(key.as_str()),
            Kind::Unknown(_) => return Ok(Value::unknown()),
            _ => return Err(converted(&value, "map[string]interface {}")),
        };
        value = match inner {
            Some(inner) => inner,
            None => return Ok(default.clone()),
        };
    }
    Ok(value)
}

/// Go's words where a value has not the type that was taken for granted.
fn converted(value: &Value, wanted: &str) -> Stop {
    let name = if value.is_nil() { "nil" } else { value.type_name() };
    Stop::failed(format!("interface conversion: interface {{}} is {name}, not {wanted}"))
}

/// In the order of their bytes; Go's order is another one each time.
fn keys(call: &mut Call<'_>, given: &Arguments<'_>) -> Result<Value, Stop> {
    let mut keys = Vec::new();
    for at in 0..given.all().len() {
        call.spend(given.map(at).len())?;
        keys.extend(given.map(at).entries().into_iter().map(|(key, _)| key));
    }
    Ok(texts(keys))
}

fn chosen(call: &mut Call<'_>, given: &Arguments<'_>, named: bool) -> Result<Value, Stop> {
    let map = given.map(0);
    call.spend(map.len())?;
    let names: Vec<Text> = (1..given.all().len()).map(|at| given.text(at)).collect();
    let entries = map.entries().into_iter().filter(|(key, _)| names.contains(key) == named);
    Ok(Value { kind: Kind::Map(entries.collect()), node: given.value(0).node })
}

fn deep_copy(call: &mut Call<'_>, given: &Arguments<'_>) -> Result<Value, Stop> {
    let value = given.value(0);
    if value.is_nil() {
        return Err(Stop::failed("reflect: call of reflect.Value.Type on zero Value"));
    }
    // A map may lie in itself, and what is small may be large when each part is there for itself.
    measured(value, call, 0)?;
    Ok(value.deep_copy())
}

fn measured(value: &Value, call: &mut Call<'_>, depth: usize) -> Result<(), Stop> {
    call.spend(4)?;
    if depth > 500 {
        return Err(Stop::TooMuch);
    }
    match &value.kind {
        Kind::List(list) => list.iter().try_for_each(|item| measured(item, call, depth + 1)),
        Kind::Map(map) => map.borrow().values().try_for_each(|item| measured(item, call, depth + 1)),
        _ => Ok(()),
    }
}
