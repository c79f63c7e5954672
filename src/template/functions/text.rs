//! Sprig's functions on strings.

mod casing;
mod words;
mod wrap;

use super::format::print;
use super::{Arguments, Call, Function, Stop, Takes};
use crate::sort;
use crate::template::text::{Text, TextWriter};
use crate::template::value::{Holds, Kind, Map, Value};

pub(super) use casing::FUNCTIONS as CASING;
pub(super) use words::FUNCTIONS as WORDS;

use Takes::{Any, Int, Text as Str};

pub(super) static FUNCTIONS: &[Function] = &[
    Function::new("trim", &[Str], |_, given| part(&given.text(0), str::trim)).keeps_holes(),
    Function::new("trimAll", &[Str, Str], trim_all).keeps_holes(),
    Function::new("trimall", &[Str, Str], trim_all).keeps_holes(),
    Function::new("trimPrefix", &[Str, Str], |_, given| {
        part(&given.text(1), |text| text.strip_prefix(given.text(0).as_str()).unwrap_or(text))
    })
    .keeps_holes(),
    Function::new("trimSuffix", &[Str, Str], |_, given| {
        part(&given.text(1), |text| text.strip_suffix(given.text(0).as_str()).unwrap_or(text))
    })
    .keeps_holes(),
    Function::new("trunc", &[Int, Str], trunc),
    Function::new("substr", &[Int, Int, Str], substr),
    Function::new("repeat", &[Int, Str], repeat),
    Function::new("contains", &[Str, Str], |_, given| asked(given, |text, part| text.contains(part))),
    Function::new("hasPrefix", &[Str, Str], |_, given| asked(given, |text, part| text.starts_with(part))),
    Function::new("hasSuffix", &[Str, Str], |_, given| asked(given, |text, part| text.ends_with(part))),
    Function::new("replace", &[Str, Str, Str], replace).keeps_holes(),
    Function::new("indent", &[Int, Str], |call, given| indent(call, given, "")).takes_unknown(),
    Function::new("nindent", &[Int, Str], |call, given| indent(call, given, "\n")).takes_unknown(),
    Function::new("plural", &[Str, Str, Int], |_, given| {
        Ok(given.value(if given.int(2) == 1 { 0 } else { 1 }).clone())
    }),
    Function::new("toStrings", &[Any], |call, given| strings(given.value(0), call).map(texts)).keeps_holes(),
    Function::new("join", &[Str, Any], join).keeps_holes(),
    Function::new("splitList", &[Str, Str], |call, given| {
        call.spend(given.text(1).as_str().len())?;
        Ok(texts(pieces(&given.text(1), &given.text(0), -1)))
    })
    .keeps_holes(),
    Function::new("split", &[Str, Str], |call, given| numbered(call, &given.text(1), &given.text(0), -1)),
    Function::new("splitn", &[Str, Int, Str], |call, given| {
        numbered(call, &given.text(2), &given.text(0), given.int(1))
    }),
    Function::new("sortAlpha", &[Any], sort_alpha),
    Function::new("hello", &[], |_, _| Ok(Value::computed("Hello!"))),
];

/// A part of the text, with its origin.
fn part(text: &Text, of: impl FnOnce(&str) -> &str) -> Result<Value, Stop> {
    Ok(Value::text(text.part(of(text.as_str()))))
}

fn trim_all(_: &mut Call<'_>, given: &Arguments<'_>) -> Result<Value, Stop> {
    let set = given.text(0);
    part(&given.text(1), |text| text.trim_matches(|char| set.as_str().contains(char)))
}

fn trunc(_: &mut Call<'_>, given: &Arguments<'_>) -> Result<Value, Stop> {
    let text = given.text(1);
    let length = text.as_str().len() as i64;
    let count = given.int(0);
    let (start, end) = match count {
        0.. => (0, count.min(length)),
        _ => ((length.saturating_add(count)).max(0), length),
    };
    Ok(Value::text(bytes(&text, start as usize, end as usize)))
}

/// Go counts bytes: a character that is cut in two is no text any more.
fn bytes(text: &Text, start: usize, end: usize) -> Text {
    let string = text.as_str();
    if string.is_char_boundary(start) && string.is_char_boundary(end) {
        return text.slice(start..end);
    }
    Text::computed(&String::from_utf8_lossy(&string.as_bytes()[start..end]))
}

fn substr(_: &mut Call<'_>, given: &Arguments<'_>) -> Result<Value, Stop> {
    let text = given.text(2);
    let length = text.as_str().len() as i64;
    let (start, end) = (given.int(0), given.int(1));
    let (from, to) = match (start, end) {
        (..0, end) if end < 0 => return Err(out_of_bounds(&format!(":{end}"))),
        (..0, end) if end > length => return Err(out_of_bounds(&format!(":{end}] with length {length}"))),
        (..0, end) => (0, end),
        (start, end) if end < 0 || end > length => (start, length),
        (start, end) => (start, end),
    };
    if from > to {
        return Err(out_of_bounds(&format!("{from}:{to}")));
    }
    Ok(Value::text(bytes(&text, from as usize, to as usize)))
}

fn out_of_bounds(what: &str) -> Stop {
    let close = if what.contains(']') { "" } else { "]" };
    Stop::failed(format!("runtime error: slice bounds out of range [{what}{close}"))
}

/// So many times a text, where that is a number of times.
fn times(call: &mut Call<'_>, text: &str, count: i64) -> Result<String, Stop> {
    let count = usize::try_from(count).map_err(|_| Stop::failed("strings: negative Repeat count"))?;
    call.spend(count.saturating_mul(text.len().max(1)))?;
    Ok(text.repeat(count))
}

fn repeat(call: &mut Call<'_>, given: &Arguments<'_>) -> Result<Value, Stop> {
    let text = given.text(1);
    let count = given.int(0);
    times(call, text.as_str(), count)?;
    let mut writer = TextWriter::default();
    (0..count).for_each(|_| writer.push_text(&text));
    Ok(Value::text(writer.finish()))
}

fn asked(given: &Arguments<'_>, question: fn(&str, &str) -> bool) -> Result<Value, Stop> {
    Ok(Value::bool(question(given.text(1).as_str(), given.text(0).as_str())))
}

fn replace(call: &mut Call<'_>, given: &Arguments<'_>) -> Result<Value, Stop> {
    let (old, new, text) = (given.text(0), given.text(1), given.text(2));
    let string = text.as_str();
    let mut writer = TextWriter::default();
    let mut from = 0;
    call.spend(string.len())?;
    for (at, found) in string.match_indices(old.as_str()) {
        call.spend(new.as_str().len())?;
        writer.push_slice(&text, from..at);
        writer.push_computed(new.as_str());
        from = at + found.len();
    }
    writer.push_slice(&text, from..string.len());
    Ok(Value::text(writer.finish()))
}

fn indent(call: &mut Call<'_>, given: &Arguments<'_>, before: &str) -> Result<Value, Stop> {
    let text = given.text(1);
    let padding = times(call, " ", given.int(0))?;
    let mut writer = TextWriter::with_room(text.as_str().len() + padding.len());
    writer.push_computed(before);
    let breaks = memchr::memchr_iter(b'\n', text.as_str().as_bytes()).count();
    let lines = breaks + usize::from(!text.as_str().is_empty() && !text.as_str().ends_with('\n'));
    call.spend(lines * padding.len() + text.as_str().len())?;
    let mut starts = true;
    for (bytes, origin) in text.runs() {
        let start = bytes.start;
        let mut at = start;
        for piece in text.as_str()[bytes].split_inclusive('\n') {
            if starts {
                writer.push_computed(&padding);
            }
            writer.push(piece, origin.skip((at - start) as u32));
            at += piece.len();
            starts = piece.ends_with('\n');
        }
    }
    if text.as_str().is_empty() || text.as_str().ends_with('\n') {
        writer.push_computed(&padding);
    }
    Ok(Value::text(writer.finish()))
}

/// What Sprig takes as a list of strings: the items printed, without nil; of a single value, it alone.
pub(super) fn strings(value: &Value, call: &mut Call<'_>) -> Result<Vec<Text>, Stop> {
    match &value.kind {
        Kind::Nil => Ok(Vec::new()),
        Kind::List(list) => list.iter().filter(|item| !item.is_nil()).map(|item| print(item, call)).collect(),
        _ => Ok(vec![print(value, call)?]),
    }
}

pub(super) fn texts(texts: Vec<Text>) -> Value {
    Value::list_of(Holds::Texts, texts.into_iter().map(Value::text).collect())
}

fn join(call: &mut Call<'_>, given: &Arguments<'_>) -> Result<Value, Stop> {
    let between = given.text(0);
    let mut writer = TextWriter::default();
    for (at, text) in strings(given.value(1), call)?.iter().enumerate() {
        call.spend(between.as_str().len() + text.as_str().len())?;
        if at > 0 {
            writer.push_text(&between);
        }
        writer.push_text(text);
    }
    Ok(Value::text(writer.finish()))
}

/// Go's `SplitN`: at most so many pieces, all of them where that is negative; without a separator, the characters.
pub(super) fn pieces(text: &Text, separator: &Text, count: i64) -> Vec<Text> {
    let limit = usize::try_from(count).unwrap_or(usize::MAX);
    let string = text.as_str();
    if limit == 0 {
        return Vec::new();
    }
    if !separator.as_str().is_empty() {
        return string.splitn(limit, separator.as_str()).map(|part| text.part(part)).collect();
    }
    let starts: Vec<usize> = string.char_indices().map(|(at, _)| at).take(limit).collect();
    let ends = starts.iter().skip(1).copied().chain([string.len()]);
    starts.iter().zip(ends).map(|(&start, end)| text.slice(start..end)).collect()
}

fn numbered(call: &mut Call<'_>, text: &Text, separator: &Text, count: i64) -> Result<Value, Stop> {
    call.spend(text.as_str().len())?;
    let pieces = pieces(text, separator, count).into_iter().enumerate();
    let map: Map = pieces.map(|(at, piece)| (Text::computed(&format!("_{at}")), Value::text(piece))).collect();
    Ok(Value::map(map.holding(Holds::Texts)))
}

fn sort_alpha(call: &mut Call<'_>, given: &Arguments<'_>) -> Result<Value, Stop> {
    let mut sorted = match given.value(0).kind {
        Kind::Nil => vec![Text::computed("<nil>")],
        _ => strings(given.value(0), call)?,
    };
    sort::ascending(&mut sorted);
    Ok(texts(sorted))
}
