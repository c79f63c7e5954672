//! TOML as helm writes it, through BurntSushi's library.

use crate::template::functions::format::general;
use crate::template::functions::{Arguments, Call, Stop};
use crate::template::text::Text;
use crate::template::value::{Kind, Map, Value};

/// `toToml`: what cannot be written is the error, as text.
pub(super) fn to_toml(call: &mut Call<'_>, given: &Arguments<'_>) -> Result<Value, Stop> {
    let value = given.value(0);
    if super::holds_unknown(value, call, 0)? {
        return Ok(Value::unknown());
    }
    let mut written = String::new();
    match &value.kind {
        Kind::Map(map) => Table { path: Vec::new() }.write(map, &mut written, call)?,
        Kind::Nil => return Err(Stop::failed("reflect: call of reflect.Value.Type on zero Value")),
        _ => written.push_str(&inline(value, call)?),
    }
    Ok(Value::computed(&written))
}

/// A table, by the quoted names that lead to it.
struct Table {
    path: Vec<String>,
}

impl Table {
    /// Its plain values first, then the tables in it, each with its heading.
    fn write(&self, map: &Map, out: &mut String, call: &mut Call<'_>) -> Result<(), Stop> {
        let indent = "  ".repeat(self.path.len());
        let entries = map.entries();
        let (tables, values): (Vec<_>, Vec<_>) = entries.into_iter().partition(|(_, value)| is_table(value));
        for (key, value) in values.iter().filter(|(_, value)| !value.is_nil()) {
            let line = format!("{indent}{} = {}\n", name(key), inline(value, call)?);
            call.spend(line.len())?;
            out.push_str(&line);
        }
        for (key, value) in &tables {
            let path = self.path.iter().cloned().chain([name(key)]).collect();
            Self { path }.heading(value, out, call)?;
        }
        Ok(())
    }

    fn heading(&self, value: &Value, out: &mut String, call: &mut Call<'_>) -> Result<(), Stop> {
        let indent = "  ".repeat(self.path.len() - 1);
        let path = self.path.join(".");
        call.spend(indent.len() + path.len())?;
        let Kind::List(list) = &value.kind else {
            let before = if self.path.len() == 1 && !out.is_empty() { "\n" } else { "" };
            out.push_str(&format!("{before}{indent}[{path}]\n"));
            return self.write(&map_of(value), out, call);
        };
        for item in list.iter() {
            let before = if out.is_empty() { "" } else { "\n" };
            out.push_str(&format!("{before}{indent}[[{path}]]\n"));
            self.write(&map_of(item), out, call)?;
        }
        Ok(())
    }
}

fn map_of(value: &Value) -> Map {
    value.as_map().cloned().unwrap_or_default()
}

/// Whether it has a heading of its own: a map, or a list of maps.
fn is_table(value: &Value) -> bool {
    match &value.kind {
        Kind::Map(_) => true,
        Kind::List(list) => !list.is_empty() && list.iter().all(|item| matches!(item.kind, Kind::Map(_))),
        _ => false,
    }
}

fn name(key: &Text) -> String {
    let string = key.as_str();
    let is_bare =
        !string.is_empty() && string.chars().all(|char| char.is_ascii_alphanumeric() || matches!(char, '-' | '_'));
    if is_bare { string.to_owned() } else { quoted(string) }
}

fn inline(value: &Value, call: &mut Call<'_>) -> Result<String, Stop> {
    call.spend(16)?;
    Ok(match &value.kind {
        Kind::Bool(bool) => bool.to_string(),
        Kind::Int(int) | Kind::Int64(int) => int.to_string(),
        Kind::Float(float) => number(*float),
        Kind::Text(text) => quoted(text.as_str()),
        Kind::List(list) => {
            let items: Result<Vec<String>, Stop> = list.iter().map(|item| inline(item, call)).collect();
            format!("[{}]", items?.join(", "))
        }
        Kind::Map(map) => {
            let entries = map.entries();
            let entries: Result<Vec<String>, Stop> =
                entries.iter().map(|(key, value)| Ok(format!("{} = {}", name(key), inline(value, call)?))).collect();
            format!("{{{}}}", entries?.join(", "))
        }
        _ => String::new(),
    })
}

fn number(float: f64) -> String {
    if float.is_nan() {
        return "nan".to_owned();
    }
    if float.is_infinite() {
        return if float > 0.0 { "inf" } else { "-inf" }.to_owned();
    }
    let written = general(float);
    if written.contains(['.', 'e']) { written } else { format!("{written}.0") }
}

fn quoted(string: &str) -> String {
    let mut written = String::from("\"");
    for char in string.chars() {
        match char {
            '"' => written.push_str("\\\""),
            '\\' => written.push_str("\\\\"),
            '\u{8}' => written.push_str("\\b"),
            '\t' => written.push_str("\\t"),
            '\n' => written.push_str("\\n"),
            '\u{c}' => written.push_str("\\f"),
            '\r' => written.push_str("\\r"),
            '\0'..='\u{1f}' | '\u{7f}' => written.push_str(&format!("\\u{:04x}", char as u32)),
            _ => written.push(char),
        }
    }
    written.push('"');
    written
}
