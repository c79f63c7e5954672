//! Scalars: what a new one is, and how it is written where it is to stand.

use std::borrow::Cow;

use super::lines::line_start;
use super::structure::Structure;
use crate::yaml::resolve::{self, plain};
use crate::yaml::{Document, Kind, Style, Value, parse, read};

/// A new scalar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum New<'t> {
    /// A string, which is quoted where it would be read as something else.
    String(&'t str),
    /// Written as it is: a number, `true`, `null`.
    Plain(&'t str),
}

/// The same, kept.
#[derive(Debug, Clone, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub(super) enum Scalar {
    String(String),
    Plain(String),
}

impl From<New<'_>> for Scalar {
    fn from(new: New<'_>) -> Self {
        match new {
            New::String(text) => Self::String(text.to_owned()),
            New::Plain(text) => Self::Plain(text.to_owned()),
        }
    }
}

/// What a scalar is to be read as.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Meaning<'c> {
    String(Cow<'c, str>),
    /// Another scalar as JSON.
    Json(String),
    /// Whatever scalar comes of an edit of its bytes.
    Any,
}

impl Meaning<'_> {
    pub(super) fn is(&self, value: Value<'_>) -> bool {
        match (self, value.kind()) {
            (Self::String(text), Kind::String(other)) => text == other,
            (Self::Json(text), Kind::Null | Kind::Bool(_) | Kind::Number(_)) => *text == json(value),
            (Self::Any, kind) => !matches!(kind, Kind::Sequence | Kind::Mapping),
            _ => false,
        }
    }
}

impl Scalar {
    /// What it is read as; `None` for a text that is no scalar, or more than one.
    pub(super) fn meaning(&self) -> Option<Meaning<'_>> {
        let text = match self {
            Self::String(text) => return Some(Meaning::String(text.into())),
            Self::Plain(text) => text,
        };
        if plain(text) == resolve::Scalar::Null {
            return Some(Meaning::Json("null".to_owned()));
        }
        let file = parse(text);
        let root = file.documents.first().and_then(Document::root)?;
        if !file.errors.is_empty() || root.span().range() != (0..text.len()) {
            return None;
        }
        match root.kind() {
            Kind::String(text) => Some(Meaning::String(text.to_owned().into())),
            Kind::Sequence | Kind::Mapping => None,
            _ => Some(Meaning::Json(json(root))),
        }
    }
}

fn json(value: Value<'_>) -> String {
    let mut json = String::new();
    read::write_json(value, &mut json);
    json
}

/// The indentation of the line that a value starts on. To go back to its start takes long where a file is one line,
/// which no block scalar stands in.
fn indentation(structure: &Structure<'_>, value: Value<'_>) -> usize {
    let (text, start) = (structure.document.text(), value.span().start as usize);
    text[line_start(text, start)..start].bytes().take_while(|byte| *byte == b' ').count()
}

/// How a scalar is written, and where: what can be written there depends on it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Manner<'t> {
    pub(super) style: Style,
    /// Among brackets, where a comma ends a plain scalar.
    pub(super) in_flow: bool,
    pub(super) is_key: bool,
    /// What stands there now.
    pub(super) written: &'t str,
    /// Of a block scalar: the indentation of the line that it starts on.
    pub(super) indentation: usize,
}

impl<'a> Manner<'a> {
    /// How the scalar at an event is written.
    pub(super) fn of(structure: &Structure<'a>, at: u32, is_key: bool) -> Self {
        let value = structure.value(at);
        let style = if structure.document.json { Style::DoubleQuoted } else { value.style() };
        let is_block = matches!(style, Style::Literal | Style::Folded);
        let indentation = if is_block { indentation(structure, value) } else { 0 };
        Self { style, in_flow: structure.is_in_flow(at), is_key, written: value.source(), indentation }
    }

    /// A scalar as it can be written so.
    pub(super) fn spell<'t>(self, scalar: &'t Scalar) -> Cow<'t, str> {
        match scalar {
            Scalar::Plain(text) => text.into(),
            Scalar::String(text) => self.spell_string(text),
        }
    }

    pub(super) fn spell_string(self, text: &str) -> Cow<'_, str> {
        let written = match self.style {
            Style::SingleQuoted if !text.contains(needs_escape) => Some(format!("'{}'", text.replace('\'', "''"))),
            Style::Plain if self.reads_plain(text, text) => Some(text.to_owned()),
            Style::Literal | Style::Folded => self.block(text),
            _ => None,
        };
        written.unwrap_or_else(|| double_quoted(text)).into()
    }

    /// Whether a plain scalar so written is that string.
    pub(super) fn reads_plain(self, written: &str, text: &str) -> bool {
        let is_word = written.starts_with(|first: char| first.is_ascii_alphanumeric())
            && written.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_./".contains(&byte));
        if is_word {
            return written == text && plain(written) == resolve::Scalar::String;
        }
        let (key, value) = if self.is_key { (written, "0") } else { ("key", written) };
        let probe = if self.in_flow { format!("{{{key}: {value}}}\n") } else { format!("{key}: {value}\n") };
        let file = parse(&probe);
        let [document] = file.documents.as_slice() else { return false };
        let mut entries = document.root().filter(|_| file.errors.is_empty()).into_iter().flat_map(Value::entries);
        let (Some(entry), None) = (entries.next(), entries.next()) else { return false };
        let read = if self.is_key { Some(entry.key) } else { entry.value.as_str() };
        // A key that is a number is that text, too, and has another name than the string.
        let is_string = !self.is_key || plain(written) == resolve::Scalar::String;
        read == Some(text) && entry.value.style() == Style::Plain && is_string
    }

    /// A block of text under the header that stands there.
    fn block(self, text: &str) -> Option<String> {
        let header = self.written.lines().next()?;
        let first = self.written.lines().skip(1).find(|line| !line.trim().is_empty());
        let spaces = first.map_or(self.indentation + 2, |line| line.len() - line.trim_start_matches(' ').len());
        let pad = " ".repeat(spaces);
        let lines = text.strip_suffix('\n').unwrap_or(text).split('\n');
        let body: Vec<String> =
            lines.map(|line| if line.is_empty() { String::new() } else { format!("{pad}{line}") }).collect();
        let line_break = if self.written.contains("\r\n") { "\r\n" } else { "\n" };
        let block = [header].into_iter().chain(body.iter().map(String::as_str)).collect::<Vec<_>>().join(line_break);
        let file = parse(&format!("key: {block}\n"));
        let read = file.documents.first()?.root()?.get("key")?.value;
        (file.errors.is_empty() && read.as_str() == Some(text)).then_some(block)
    }
}

/// Whether a character cannot stand in single quotes as it is.
pub(super) fn needs_escape(character: char) -> bool {
    character.is_control() || matches!(character, '\u{2028}' | '\u{2029}' | '\u{feff}')
}

fn double_quoted(text: &str) -> String {
    format!("\"{}\"", escaped(text))
}

/// The text as it stands in double quotes.
pub(super) fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '"' => escaped.push_str("\\\""),
            '\\' => escaped.push_str("\\\\"),
            '\n' => escaped.push_str("\\n"),
            '\t' => escaped.push_str("\\t"),
            '\r' => escaped.push_str("\\r"),
            control if needs_escape(control) => escaped.push_str(&format!("\\u{:04x}", u32::from(control))),
            other => escaped.push(other),
        }
    }
    escaped
}
