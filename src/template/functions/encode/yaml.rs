//! YAML as helm writes it: sorted keys, blocks, long lines folded.
//!
//! helm's `toYaml` goes through JSON and go-yaml v2; the layout is libyaml's, which go-yaml follows.

mod order;
mod scalar;

use std::rc::Rc;

use crate::template::functions::format::general;
use crate::template::functions::{Call, Stop};
use crate::template::origin::Origin;
use crate::template::text::{Text, TextWriter};
use crate::template::value::{Kind, Map, Value};

/// How it is laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    /// `toYaml`: the items of a list under a key stand where the key does.
    Helm,
    /// `toYamlPretty`: they are indented.
    Pretty,
}

/// The value as YAML, without the last line break; `None` where helm cannot write it.
pub(super) fn write(value: &Value, style: Style, call: &mut Call<'_>) -> Result<Option<Text>, Stop> {
    let mut writer = Writer { out: TextWriter::default(), column: 0, indent: 0, style, call };
    let is_written = match &value.kind {
        Kind::List(list) if !list.is_empty() => writer.list(list.as_slice(), true)?,
        Kind::Map(map) if !map.is_empty() => writer.map(map, true)?,
        _ => {
            writer.indent = 2;
            writer.scalar(value, scalar::Role::Value)?
        }
    };
    Ok(is_written.then(|| writer.out.finish()).map(without_last_break))
}

/// A text that keeps all its line breaks ends in one more of them than helm prints.
fn without_last_break(text: Text) -> Text {
    match text.as_str().strip_suffix('\n') {
        Some(shorter) => text.part(shorter),
        None => text,
    }
}

struct Writer<'c, 'r> {
    out: TextWriter,
    /// Characters on this line.
    column: usize,
    /// How far what belongs to this node is indented.
    indent: usize,
    style: Style,
    call: &'c mut Call<'r>,
}

/// Whether all could be written.
type Written = Result<bool, Stop>;

impl Writer<'_, '_> {
    fn put(&mut self, string: &str, origin: Origin) -> Result<(), Stop> {
        self.call.spend(string.len())?;
        self.column = match string.rfind('\n') {
            Some(at) => string[at + 1..].chars().count(),
            None => self.column + string.chars().count(),
        };
        self.out.push(string, origin);
        Ok(())
    }

    fn add(&mut self, string: &str) -> Result<(), Stop> {
        self.put(string, Origin::COMPUTED)
    }

    fn line(&mut self) -> Result<(), Stop> {
        if self.column > 0 {
            self.add("\n")?;
        }
        self.blanks()
    }

    /// What this node is indented by.
    fn blanks(&mut self) -> Result<(), Stop> {
        self.call.spend(self.indent)?;
        self.column += self.indent;
        self.out.push_blanks(self.indent);
        Ok(())
    }

    /// The items of a list at this indentation; the first of them goes on in this line where `here` says so.
    fn list(&mut self, items: &[Value], mut here: bool) -> Written {
        for item in items {
            if !here {
                self.line()?;
            }
            here = false;
            self.add("-")?;
            if !self.item(item)? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// What follows a `-`, or the `:` of a key that has a line of its own.
    fn item(&mut self, item: &Value) -> Written {
        self.add(" ")?;
        self.indent += 2;
        let is_written = match &item.kind {
            Kind::List(list) if !list.is_empty() => self.list(list.as_slice(), true)?,
            Kind::Map(map) if !map.is_empty() => self.map(map, true)?,
            _ => self.scalar(item, scalar::Role::Value)?,
        };
        self.indent -= 2;
        Ok(is_written)
    }

    fn map(&mut self, map: &Map, mut here: bool) -> Written {
        let entries = map.borrow();
        for (key, value) in order::sorted(entries.iter().collect()) {
            if !here {
                self.line()?;
            }
            here = false;
            if !self.entry(key, value)? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    fn entry(&mut self, key: &Text, value: &Value) -> Written {
        let key_value = Value::text(key.clone());
        if !scalar::is_simple_key(key.as_str()) {
            self.add("? ")?;
            self.indent += 2;
            let is_written = self.scalar(&key_value, scalar::Role::Value)?;
            self.indent -= 2;
            self.line()?;
            self.add(":")?;
            return Ok(is_written && self.item(value)?);
        }
        if !self.scalar(&key_value, scalar::Role::Key)? {
            return Ok(false);
        }
        self.add(":")?;
        match &value.kind {
            Kind::List(list) if !list.is_empty() => {
                let deeper = if self.style == Style::Pretty { 2 } else { 0 };
                self.indent += deeper;
                let is_written = self.list(list.as_slice(), false)?;
                self.indent -= deeper;
                Ok(is_written)
            }
            Kind::Map(map) if !map.is_empty() => {
                self.indent += 2;
                let is_written = self.map(map, false)?;
                self.indent -= 2;
                Ok(is_written)
            }
            _ => {
                self.add(" ")?;
                self.indent += 2;
                let is_written = self.scalar(value, scalar::Role::Value)?;
                self.indent -= 2;
                Ok(is_written)
            }
        }
    }

    /// A scalar, or a collection that holds nothing.
    fn scalar(&mut self, value: &Value, role: scalar::Role) -> Written {
        let origin = value.origin();
        match &value.kind {
            Kind::Nil => self.put("null", origin)?,
            Kind::Bool(true) => self.put("true", origin)?,
            Kind::Bool(false) => self.put("false", origin)?,
            Kind::Int(int) | Kind::Int64(int) => self.put(&int.to_string(), origin)?,
            Kind::Float(float) if !float.is_finite() => return Ok(false),
            Kind::Float(float) => self.put(&number(*float), origin)?,
            Kind::List(_) => self.add("[]")?,
            Kind::Map(_) => self.add("{}")?,
            Kind::Text(text) => {
                let Some(text) = scalar::through_json(text) else { return Ok(false) };
                self.text(&text, role)?;
            }
            Kind::Object(object) => match &object.fields {
                fields if !fields.is_empty() => return self.object(&Rc::clone(object).fields),
                _ => self.add("{}")?,
            },
            Kind::Unknown(_) => self.text(&Value::hole(), role)?,
        }
        Ok(true)
    }

    fn object(&mut self, fields: &Map) -> Written {
        let here = self.column <= self.indent;
        self.map(fields, here)
    }
}

/// A number, after JSON and YAML have read it: whole where YAML takes it for an integer.
fn number(float: f64) -> String {
    let is_whole = float.fract() == 0.0 && (-9.3e18..1.844_674_407_370_955e19).contains(&float);
    if !is_whole {
        return general(float);
    }
    let written = format!("{float}");
    let is_read = written.parse::<i64>().is_ok() || written.parse::<u64>().is_ok();
    match (is_read, written.as_str()) {
        (_, "-0") => "0".to_owned(),
        (true, _) => written,
        (false, _) => general(float),
    }
}
