//! Sprig's functions on lists.

mod change;

use super::number::integer;
use super::same::same;
use super::{Arguments, Call, Function, Stop, Takes};
use crate::template::text::Text;
use crate::template::value::{Holds, Kind, Value};

pub(super) use change::FUNCTIONS as CHANGE;

use Takes::{Any, Int};

pub(super) static FUNCTIONS: &[Function] = &[
    Function::new("list", &[], list).rest(Any).takes_unknown(),
    Function::new("tuple", &[], list).rest(Any).takes_unknown(),
    Function::new("first", &[Any], first).keeps_holes(),
    Function::new("mustFirst", &[Any], first),
    Function::new("last", &[Any], last).keeps_holes(),
    Function::new("mustLast", &[Any], last),
    Function::new("has", &[Any, Any], has),
    Function::new("mustHas", &[Any, Any], has),
    Function::new("index", &[Any], index).rest(Any),
    Function::new("len", &[Any], len),
    Function::new("slice", &[Any], slice).rest(Any),
    Function::new("mustSlice", &[Any], slice).rest(Any),
    Function::new("until", &[Int], |call, given| {
        let step = if given.int(0) < 0 { -1 } else { 1 };
        Ok(ints(steps(call, [0, given.int(0), step])?))
    }),
    Function::new("untilStep", &[Int, Int, Int], |call, given| {
        Ok(ints(steps(call, [given.int(0), given.int(1), given.int(2)])?))
    }),
    Function::new("seq", &[], seq).rest(Int),
];

fn list(_: &mut Call<'_>, given: &Arguments<'_>) -> Result<Value, Stop> {
    Ok(Value::list(given.all().to_vec()))
}

/// The items of a list that a function is called with; of anything else, Sprig's words about it.
pub(super) fn items<'a>(value: &'a Value, refused: &str) -> Result<&'a [Value], Stop> {
    match &value.kind {
        Kind::List(list) => Ok(list.as_slice()),
        Kind::Nil => Err(nil_pointer()),
        _ => Err(Stop::failed(format!("{refused} type {}", super::types::kind_name(value)))),
    }
}

/// What Go says where a function looks into nil.
pub(super) fn nil_pointer() -> Stop {
    Stop::failed("runtime error: invalid memory address or nil pointer dereference")
}

fn first(_: &mut Call<'_>, given: &Arguments<'_>) -> Result<Value, Stop> {
    Ok(items(given.value(0), "Cannot find first on")?.first().cloned().unwrap_or(Value::NIL))
}

fn last(_: &mut Call<'_>, given: &Arguments<'_>) -> Result<Value, Stop> {
    Ok(items(given.value(0), "Cannot find last on")?.last().cloned().unwrap_or(Value::NIL))
}

fn has(call: &mut Call<'_>, given: &Arguments<'_>) -> Result<Value, Stop> {
    if given.value(1).is_nil() {
        return Ok(Value::bool(false));
    }
    for item in items(given.value(1), "Cannot find has on")? {
        if item.is_unknown() {
            return Ok(Value::unknown());
        }
        if same(item, given.value(0), call)? {
            return Ok(Value::bool(true));
        }
    }
    Ok(Value::bool(false))
}

fn index(_: &mut Call<'_>, given: &Arguments<'_>) -> Result<Value, Stop> {
    let mut value = given.value(0).clone();
    if value.is_nil() {
        return Err(Stop::failed("index of untyped nil"));
    }
    for key in given.from(1) {
        value = match (&value.kind, &key.kind) {
            (Kind::Unknown(_), _) => return Ok(Value::unknown()),
            (Kind::Nil, _) => return Err(Stop::failed("index of nil pointer")),
            (Kind::List(list), _) => list.as_slice()[place(key, list.len())?].clone(),
            (Kind::Text(text), _) => Value::int(text.as_str().as_bytes()[place(key, text.as_str().len())?].into()),
            (Kind::Map(map), Kind::Text(name)) => map.get(name.as_str()).unwrap_or_else(|| match map.holds() {
                Holds::Texts => Value::computed(""),
                _ => Value::NIL,
            }),
            (Kind::Map(_), Kind::Nil) => return Err(Stop::failed("value is nil; should be of type string")),
            (Kind::Map(_), _) => {
                return Err(Stop::failed(format!("value has type {}; should be string", key.type_name())));
            }
            _ => return Err(Stop::failed(format!("can't index item of type {}", value.type_name()))),
        };
    }
    Ok(value)
}

/// Where in a list of that length a key leads.
fn place(key: &Value, length: usize) -> Result<usize, Stop> {
    match key.kind {
        Kind::Int(at) | Kind::Int64(at) => usize::try_from(at)
            .ok()
            .filter(|&at| at < length)
            .ok_or_else(|| Stop::failed(format!("index out of range: {at}"))),
        Kind::Nil => Err(Stop::failed("cannot index slice/array with nil")),
        _ => Err(Stop::failed(format!("cannot index slice/array with type {}", key.type_name()))),
    }
}

fn len(_: &mut Call<'_>, given: &Arguments<'_>) -> Result<Value, Stop> {
    let value = given.value(0);
    Ok(Value::int(match &value.kind {
        Kind::List(list) => list.len(),
        Kind::Map(map) => map.len(),
        Kind::Text(text) => text.as_str().len(),
        Kind::Object(object) if object.is_files() => object.fields.len(),
        Kind::Nil => return Err(Stop::failed("len of nil pointer")),
        _ => return Err(Stop::failed(format!("len of type {}", value.type_name()))),
    } as i64))
}

fn slice(_: &mut Call<'_>, given: &Arguments<'_>) -> Result<Value, Stop> {
    let (list, holds) = match &given.value(0).kind {
        Kind::List(list) => (list.as_slice(), list.holds()),
        Kind::Nil => return Err(nil_pointer()),
        _ => {
            let kind = super::types::kind_name(given.value(0));
            return Err(Stop::failed(format!("list should be type of slice or array but {kind}")));
        }
    };
    if list.is_empty() {
        return Ok(Value::NIL);
    }
    let bound = |at: usize, default: usize| given.all().get(at).map_or(default as i64, integer);
    let range = usize::try_from(bound(1, 0)).ok().zip(usize::try_from(bound(2, list.len())).ok());
    match range.and_then(|(start, end)| list.get(start..end)) {
        Some(part) => Ok(Value::list_of(holds, part.to_vec())),
        None => Err(Stop::failed("reflect.Value.Slice: slice index out of bounds")),
    }
}

fn steps(call: &mut Call<'_>, [start, stop, step]: [i64; 3]) -> Result<Vec<i64>, Stop> {
    let mut made = Vec::new();
    let mut next = start;
    while step != 0 && if stop < start { step < 0 && next > stop } else { step > 0 && next < stop } {
        call.spend(16)?;
        made.push(next);
        let Some(following) = next.checked_add(step) else { break };
        next = following;
    }
    Ok(made)
}

fn ints(ints: Vec<i64>) -> Value {
    Value::list_of(Holds::Ints, ints.into_iter().map(Value::int).collect())
}

/// `seq` as the shell has it: up to a number, from one to another, with steps of a size in between.
fn seq(call: &mut Call<'_>, given: &Arguments<'_>) -> Result<Value, Stop> {
    let towards = |start: i64, end: i64| if end < start { -1 } else { 1 };
    let (start, step, end) = match given.all().len() {
        1 => (1, towards(1, given.int(0)), given.int(0)),
        2 => (given.int(0), towards(given.int(0), given.int(1)), given.int(1)),
        3 => (given.int(0), given.int(1), given.int(2)),
        _ => return Ok(Value::computed("")),
    };
    let numbers = steps(call, [start, end.saturating_add(towards(start, end)), step])?;
    let numbers: Vec<String> = numbers.iter().map(i64::to_string).collect();
    Ok(Value::text(Text::computed(&numbers.join(" "))))
}
