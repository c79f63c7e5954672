//! Paths with slashes, as Go takes them apart.

use super::{Function, Stop, Takes};
use crate::template::text::Text;
use crate::template::value::Value;

use Takes::Text as Str;

pub(super) static FUNCTIONS: &[Function] = &[
    Function::new("base", &[Str], |_, given| base(&given.text(0))),
    Function::new("osBase", &[Str], |_, given| base(&given.text(0))),
    Function::new("dir", &[Str], |_, given| dir(given.text(0).as_str())),
    Function::new("osDir", &[Str], |_, given| dir(given.text(0).as_str())),
    Function::new("ext", &[Str], |_, given| ext(&given.text(0))),
    Function::new("osExt", &[Str], |_, given| ext(&given.text(0))),
    Function::new("clean", &[Str], |_, given| Ok(Value::computed(&clean(given.text(0).as_str())))),
    Function::new("osClean", &[Str], |_, given| Ok(Value::computed(&clean(given.text(0).as_str())))),
    Function::new("isAbs", &[Str], |_, given| Ok(Value::bool(given.text(0).as_str().starts_with('/')))),
    Function::new("osIsAbs", &[Str], |_, given| Ok(Value::bool(given.text(0).as_str().starts_with('/')))),
];

fn base(path: &Text) -> Result<Value, Stop> {
    let string = path.as_str();
    let trimmed = string.trim_end_matches('/');
    Ok(match (string.is_empty(), trimmed.is_empty()) {
        (true, _) => Value::computed("."),
        (false, true) => Value::computed("/"),
        _ => Value::text(path.part(trimmed.rsplit('/').next().unwrap_or(trimmed))),
    })
}

fn dir(path: &str) -> Result<Value, Stop> {
    let end = path.rfind('/').map_or(0, |at| at + 1);
    Ok(Value::computed(&clean(&path[..end])))
}

fn ext(path: &Text) -> Result<Value, Stop> {
    let name = path.as_str().rsplit('/').next().unwrap_or_default();
    let from = name.rfind('.').unwrap_or(name.len());
    Ok(Value::text(path.part(&name[from..])))
}

/// The shortest path to the same place.
fn clean(path: &str) -> String {
    let is_rooted = path.starts_with('/');
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." if parts.last().is_some_and(|&last| last != "..") => drop(parts.pop()),
            ".." if is_rooted => {}
            _ => parts.push(part),
        }
    }
    match (is_rooted, parts.join("/")) {
        (true, cleaned) => format!("/{cleaned}"),
        (false, cleaned) if cleaned.is_empty() => ".".to_owned(),
        (false, cleaned) => cleaned,
    }
}
