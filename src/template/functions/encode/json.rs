//! JSON as Go's library writes it.

use crate::template::functions::{Call, Stop};
use crate::template::origin::Origin;
use crate::template::text::{Text, TextWriter};
use crate::template::value::{Kind, Value};

/// How it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    /// With what means something to HTML escaped.
    Escaped,
    /// The same on lines of its own, two blanks a level.
    Pretty,
    /// As it is.
    Raw,
}

/// The value as JSON; `None` where there is none for it.
pub(super) fn write(value: &Value, style: Style, call: &mut Call<'_>) -> Result<Option<Text>, Stop> {
    let mut writer = Writer { out: TextWriter::default(), style, depth: 0, call };
    Ok(writer.value(value)?.then(|| writer.out.finish()))
}

struct Writer<'c, 'r> {
    out: TextWriter,
    style: Style,
    depth: usize,
    call: &'c mut Call<'r>,
}

impl Writer<'_, '_> {
    fn put(&mut self, string: &str, origin: Origin) -> Result<bool, Stop> {
        self.call.spend(string.len())?;
        self.out.push(string, origin);
        Ok(true)
    }

    fn value(&mut self, value: &Value) -> Result<bool, Stop> {
        let origin = value.origin();
        match &value.kind {
            Kind::Nil => self.put("null", origin),
            Kind::Bool(bool) => self.put(if *bool { "true" } else { "false" }, origin),
            Kind::Int(int) | Kind::Int64(int) => self.put(&int.to_string(), origin),
            Kind::Float(float) if !float.is_finite() => Ok(false),
            Kind::Float(float) => self.put(&number(*float), origin),
            Kind::Text(text) => self.text(text),
            Kind::List(list) => {
                let items = list.iter().map(|item| (None, item.clone())).collect();
                self.collection(('[', ']'), items)
            }
            Kind::Map(map) => {
                let entries = map.entries().into_iter().map(|(key, value)| (Some(key), value)).collect();
                self.collection(('{', '}'), entries)
            }
            Kind::Object(object) => {
                let entries = object.fields.entries().into_iter().map(|(key, value)| (Some(key), value)).collect();
                self.collection(('{', '}'), entries)
            }
            Kind::Unknown(_) => self.text(&Value::hole()),
        }
    }

    fn collection(&mut self, (open, close): (char, char), items: Vec<(Option<Text>, Value)>) -> Result<bool, Stop> {
        self.put(open.encode_utf8(&mut [0; 4]), Origin::COMPUTED)?;
        self.depth += 1;
        let is_empty = items.is_empty();
        for (at, (key, value)) in items.into_iter().enumerate() {
            self.put(if at > 0 { "," } else { "" }, Origin::COMPUTED)?;
            self.line()?;
            if let Some(key) = key {
                self.text(&key)?;
                self.put(if self.style == Style::Pretty { ": " } else { ":" }, Origin::COMPUTED)?;
            }
            if !self.value(&value)? {
                return Ok(false);
            }
        }
        self.depth -= 1;
        if !is_empty {
            self.line()?;
        }
        self.put(close.encode_utf8(&mut [0; 4]), Origin::COMPUTED)
    }

    fn line(&mut self) -> Result<bool, Stop> {
        if self.style != Style::Pretty {
            return Ok(true);
        }
        self.put(&format!("\n{}", "  ".repeat(self.depth)), Origin::COMPUTED)
    }

    fn text(&mut self, text: &Text) -> Result<bool, Stop> {
        let string = text.as_str();
        self.call.spend(string.len())?;
        self.out.push_computed("\"");
        let mut from = 0;
        for (at, char) in string.char_indices() {
            if let Some(escape) = self.escape(char) {
                self.out.push_slice(text, from..at);
                self.put(&escape, Origin::COMPUTED)?;
                from = at + char.len_utf8();
            }
        }
        self.out.push_slice(text, from..string.len());
        self.out.push_computed("\"");
        Ok(true)
    }

    fn escape(&self, char: char) -> Option<String> {
        let escape = match char {
            '"' => "\\\"",
            '\\' => "\\\\",
            '\n' => "\\n",
            '\r' => "\\r",
            '\t' => "\\t",
            '\u{8}' => "\\b",
            '\u{c}' => "\\f",
            '<' | '>' | '&' if self.style == Style::Raw => return None,
            '<' | '>' | '&' | '\0'..='\u{1f}' | '\u{2028}' | '\u{2029}' => {
                return Some(format!("\\u{:04x}", char as u32));
            }
            _ => return None,
        };
        Some(escape.to_owned())
    }
}

/// A number as JSON has it in Go: with an exponent where it is very small or large.
pub(super) fn number(float: f64) -> String {
    let size = float.abs();
    if float == 0.0 || (1e-6..1e21).contains(&size) {
        return format!("{float}");
    }
    let written = format!("{float:e}");
    match written.split_once('e') {
        Some((mantissa, exponent)) if !exponent.starts_with('-') => format!("{mantissa}e+{exponent}"),
        _ => written,
    }
}
