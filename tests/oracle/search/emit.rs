//! Manifests as YAML text, in the ways people and programs write it.

use std::fmt::Write;

use serde_json::{Map, Value as Json};

use crate::random::Random;

/// How a text is written; everything off is how Kubernetes' own tools write.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Style {
    /// Lists stand two columns right of their key.
    indented_lists: bool,
    /// Keys stand in any order.
    shuffled: bool,
    /// Strings are quoted and short collections written in brackets at random.
    mixed: bool,
    /// Comments and blank lines stand between the lines.
    commented: bool,
}

impl Style {
    pub(crate) fn random(random: &mut Random) -> Self {
        if random.chance(50) {
            return Self::default();
        }
        Self {
            indented_lists: random.chance(40),
            shuffled: random.chance(60),
            mixed: random.chance(50),
            commented: random.chance(20),
        }
    }
}

/// Writes a manifest.
pub(crate) fn emit(root: &Json, style: Style, random: &mut Random) -> String {
    let mut writer = Writer { out: String::new(), style, random };
    match root {
        Json::Object(entries) if !entries.is_empty() => writer.mapping(entries, 0),
        Json::Array(items) if !items.is_empty() => writer.list(items, 0),
        scalar => writer.inline(scalar),
    }
    if !writer.out.ends_with('\n') {
        writer.out.push('\n');
    }
    writer.out
}

struct Writer<'r> {
    out: String,
    style: Style,
    random: &'r mut Random,
}

impl Writer<'_> {
    /// Writes entries from the current column on; the first one's indentation is there already.
    fn mapping(&mut self, entries: &Map<String, Json>, indent: usize) {
        let mut entries: Vec<_> = entries.iter().collect();
        if self.style.shuffled {
            self.random.shuffle(&mut entries);
        }
        for (number, (key, value)) in entries.into_iter().enumerate() {
            if number > 0 {
                self.line_start(indent);
            }
            self.string(key, true);
            self.out.push(':');
            match value {
                Json::Object(inner) if !inner.is_empty() && !self.is_inline(value) => {
                    self.line_start_after_key(indent + 2);
                    self.mapping(inner, indent + 2);
                }
                Json::Array(items) if !items.is_empty() && !self.is_inline(value) => {
                    let indent = if self.style.indented_lists { indent + 2 } else { indent };
                    self.line_start_after_key(indent);
                    self.list(items, indent);
                }
                scalar => {
                    self.out.push(' ');
                    self.inline(scalar);
                    self.out.push('\n');
                }
            }
        }
    }

    fn list(&mut self, items: &[Json], indent: usize) {
        for (number, item) in items.iter().enumerate() {
            if number > 0 {
                self.line_start(indent);
            }
            self.out.push_str("- ");
            match item {
                Json::Object(inner) if !inner.is_empty() && !self.is_inline(item) => self.mapping(inner, indent + 2),
                Json::Array(inner) if !inner.is_empty() && !self.is_inline(item) => self.list(inner, indent + 2),
                scalar => {
                    self.inline(scalar);
                    self.out.push('\n');
                }
            }
        }
    }

    fn line_start(&mut self, indent: usize) {
        if self.style.commented && self.random.chance(10) {
            self.out.push_str(["\n", "# a comment: {x}\n", "   # another\n"][self.random.below(3)]);
        }
        let _ = write!(self.out, "{:indent$}", "");
    }

    fn line_start_after_key(&mut self, indent: usize) {
        if self.style.commented && self.random.chance(10) {
            self.out.push_str(" # why");
        }
        self.out.push('\n');
        self.line_start(indent);
    }

    fn is_inline(&mut self, value: &Json) -> bool {
        let leaf = |value: &Json| !matches!(value, Json::Object(_) | Json::Array(_));
        let short = match value {
            Json::Array(items) => items.len() < 5 && items.iter().all(leaf),
            Json::Object(entries) => entries.len() < 4 && entries.values().all(leaf),
            _ => true,
        };
        self.style.mixed && short && self.random.chance(40)
    }

    fn inline(&mut self, value: &Json) {
        match value {
            Json::String(text) => self.string(text, false),
            Json::Array(items) => {
                self.out.push('[');
                for (number, item) in items.iter().enumerate() {
                    self.out.push_str(if number > 0 { ", " } else { "" });
                    self.inline(item);
                }
                self.out.push(']');
            }
            Json::Object(entries) => {
                self.out.push('{');
                for (number, (key, item)) in entries.iter().enumerate() {
                    self.out.push_str(if number > 0 { ", " } else { "" });
                    self.string(key, true);
                    self.out.push_str(": ");
                    self.inline(item);
                }
                self.out.push('}');
            }
            scalar => {
                let _ = write!(self.out, "{scalar}");
            }
        }
    }

    fn string(&mut self, text: &str, is_key: bool) {
        let printable = text.chars().all(|c| !c.is_control() && !matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}'));
        // The oracle looks for `kind` at the start of a line, to know where the manifest is to be sent.
        let choice = if self.style.mixed && text != "kind" { self.random.below(4) } else { 0 };
        if printable && is_plain(text) && choice < 2 {
            self.out.push_str(text);
        } else if printable && (choice == 2 || is_key) && !text.is_empty() {
            let _ = write!(self.out, "'{}'", text.replace('\'', "''"));
        } else {
            self.out.push_str(&double_quoted(text));
        }
    }
}

fn double_quoted(text: &str) -> String {
    let mut quoted = String::from('"');
    for letter in text.chars() {
        match letter {
            '"' | '\\' => quoted.extend(['\\', letter]),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            letter if letter.is_control() || matches!(letter, '\u{2028}' | '\u{2029}' | '\u{feff}') => {
                let _ = write!(quoted, "\\u{:04X}", u32::from(letter));
            }
            letter => quoted.push(letter),
        }
    }
    quoted.push('"');
    quoted
}

/// Whether every reader takes the text, unquoted, for this string.
fn is_plain(text: &str) -> bool {
    let words = ["y", "n", "yes", "no", "true", "false", "on", "off", "null"];
    let letters =
        |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | '/' | '$' | '(' | ')' | '=' | ' ');
    text.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/')
        && !text.ends_with(' ')
        && text.chars().all(letters)
        && !words.contains(&text.to_ascii_lowercase().as_str())
}
