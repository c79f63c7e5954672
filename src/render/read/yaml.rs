//! `batchlint read` for people: each document as YAML that every reader reads alike, with a note beside what was read
//! otherwise than written.

use std::io;

use crate::render::{DIM, Look, wrap};
use crate::text::{Lines, Span, is_hidden, visible};
use crate::yaml::read::write_json;
use crate::yaml::{Entries, File, Items, Kind, Number, Style, SyntaxError, Trap, Value};

/// Columns of what was written that a note repeats.
const ECHO: usize = 40;
/// Notes that people are shown of a document, and of a file: there can be one for each of a million lines.
const SHOWN: usize = 1000;

/// Writes the documents of a file, and what is wrong with the file.
///
/// # Errors
/// When `out` cannot be written to.
pub fn write(file: &File, name: &str, look: Look, out: &mut dyn io::Write) -> io::Result<()> {
    let (lines, shown) = (Lines::new(&file.text), visible(name));
    let place = |span: Span| place_in(&lines, &shown, span);
    for document in &file.documents {
        let heading = format!("--- # {shown}, document {}", document.index);
        writeln!(out, "{}", look.paint(DIM, &heading))?;
        if let Some(root) = document.root() {
            Writer { look, out }.document(root)?;
        }
        for repeated in document.repeated.iter().take(SHOWN) {
            let what = if repeated.merged { "is also merged in by `<<`" } else { "comes twice; the last one counts" };
            let key = visible(&repeated.key);
            write_note(&place(repeated.again), &format!("`{}` {what}", wrap::cut(&key, ECHO, look)), look, out)?;
        }
        write_more(document.repeated.len(), look, out)?;
    }
    for note in file.notes.iter().take(SHOWN) {
        write_note(&place(note.span), words(note.trap), look, out)?;
    }
    write_more(file.notes.len(), look, out)?;
    for error in file.errors.iter().take(SHOWN) {
        write_fault(&place(error.span), error, look, out)?;
    }
    write_more(file.errors.len(), Look { color: false, ..look }, out)
}

/// `file:line:column:`
fn place_in(lines: &Lines<'_>, shown: &str, span: Span) -> String {
    let at = lines.position(span.start);
    format!("{shown}:{}:{}:", at.line, at.column)
}

/// A comment at the end of a document, its place whole.
fn write_note(place: &str, words: &str, look: Look, out: &mut dyn io::Write) -> io::Result<()> {
    // Two columns are for the `# ` of each line.
    let note = wrap::placed(place, words, Look { width: look.width.saturating_sub(2), ..look });
    for line in note.lines() {
        out.write_all(look.paint(DIM, &["# ", line].concat()).as_bytes())?;
        out.write_all(b"\n")?;
    }
    Ok(())
}

/// Says how many of all these notes are not shown.
fn write_more(all: usize, look: Look, out: &mut dyn io::Write) -> io::Result<()> {
    let note = match all.saturating_sub(SHOWN) {
        0 => return Ok(()),
        1 => "# and one more like these".to_owned(),
        more => format!("# and {more} more like these"),
    };
    writeln!(out, "{}", look.paint(DIM, &note))
}

fn write_fault(place: &str, error: &SyntaxError, look: Look, out: &mut dyn io::Write) -> io::Result<()> {
    write_note(place, &error.message, Look { color: false, ..look }, out)
}

/// Writes where a text cannot be read, and why.
///
/// # Errors
/// When `out` cannot be written to.
pub fn write_error(
    error: &SyntaxError,
    lines: &Lines<'_>,
    (name, look): (&str, Look),
    out: &mut dyn io::Write,
) -> io::Result<()> {
    write_fault(&place_in(lines, &visible(name), error.span), error, look, out)
}

fn words(trap: Trap) -> &'static str {
    match trap {
        Trap::Ignored => "Kubernetes ignores what stands from here on in this document",
        Trap::LineBreak => "this character ends the line, though editors show it inside one",
        Trap::SecondMark => "a byte order mark that is part of the text, or takes characters off it",
        Trap::Separator => "kubectl splits the document here, though this stands inside quotes",
        Trap::MergeOverride => "a key that is also merged in by `<<`",
        Trap::Collision => "two keys that are the same as texts: which one survives is chance",
    }
}

/// Columns that a document is indented by at the most.
const DEEPEST: usize = 200;

struct Writer<'o> {
    look: Look,
    out: &'o mut dyn io::Write,
}

/// A collection that is being written. Documents may nest deep, so this is a list and not a recursion.
enum Open<'a> {
    Mapping(Entries<'a>, usize),
    Sequence(Items<'a>, usize),
}

impl Writer<'_> {
    fn document(&mut self, root: Value<'_>) -> io::Result<()> {
        let mut open = Vec::new();
        self.value(root, 0, true, &mut open)?;
        // Whether the line that a collection's first key belongs on has been begun, by a dash.
        let mut begun = true;
        while let Some(top) = open.last_mut() {
            match top {
                Open::Mapping(entries, indent) => {
                    let indent = *indent;
                    let Some(entry) = entries.next() else {
                        open.pop();
                        continue;
                    };
                    self.indent(indent, &mut begun)?;
                    write!(self.out, "{}:", scalar(entry.key))?;
                    begun = self.value(entry.value, indent + 2, false, &mut open)?;
                }
                Open::Sequence(items, indent) => {
                    let indent = *indent;
                    let Some(item) = items.next() else {
                        open.pop();
                        continue;
                    };
                    self.indent(indent, &mut begun)?;
                    write!(self.out, "-")?;
                    begun = self.value(item, indent + 2, true, &mut open)?;
                    if begun {
                        write!(self.out, " ")?;
                    }
                }
            }
        }
        Ok(())
    }

    fn indent(&mut self, indent: usize, begun: &mut bool) -> io::Result<()> {
        if !std::mem::take(begun) {
            write!(self.out, "{:indent$}", "")?;
        }
        Ok(())
    }

    /// Writes a scalar and ends its line, or opens a collection. Whether the line goes on: a collection opened on a
    /// dash's line puts its first key there.
    fn value<'a>(
        &mut self,
        value: Value<'a>,
        indent: usize,
        on_dash: bool,
        open: &mut Vec<Open<'a>>,
    ) -> io::Result<bool> {
        let root = open.is_empty();
        let indent = if root { 0 } else { indent };
        match value.kind() {
            Kind::Mapping | Kind::Sequence if indent > DEEPEST => {
                write!(self.out, " ")?;
                self.flow(value)?;
                return Ok(false);
            }
            Kind::Mapping if value.entries().len() > 0 => open.push(Open::Mapping(value.entries(), indent)),
            Kind::Sequence if value.items().len() > 0 => open.push(Open::Sequence(value.items(), indent)),
            _ => {
                if !root {
                    write!(self.out, " ")?;
                }
                self.scalar_line(value, indent)?;
                return Ok(false);
            }
        }
        if !on_dash {
            writeln!(self.out)?;
        }
        Ok(on_dash)
    }

    /// What is deeper than anybody reads stands on one line: indented, each line would be as long as it is deep.
    fn flow(&mut self, value: Value<'_>) -> io::Result<()> {
        let mut json = String::new();
        write_json(value, &mut json);
        writeln!(self.out, "{json}")
    }

    fn scalar_line(&mut self, value: Value<'_>, indent: usize) -> io::Result<()> {
        let text = match value.kind() {
            Kind::Null => "null".to_owned(),
            Kind::Unknown => "?".to_owned(),
            Kind::Bool(value) => value.to_string(),
            Kind::Number(number) => number_text(number),
            Kind::String(text) if is_block(text) => return self.block(text, indent),
            Kind::String(text) => scalar(text),
            Kind::Mapping => "{}".to_owned(),
            Kind::Sequence => "[]".to_owned(),
        };
        let written = value.source();
        let is_plain = value.style() == Style::Plain && !matches!(value.kind(), Kind::String(_));
        let differs = is_plain && written != text && !written.is_empty() && written != "~";
        let note = if differs {
            self.look.paint(DIM, &format!("  # written {}", wrap::cut(&visible(written), ECHO, self.look)))
        } else {
            String::new()
        };
        writeln!(self.out, "{text}{note}")
    }

    /// A text of several lines, as a block.
    fn block(&mut self, text: &str, indent: usize) -> io::Result<()> {
        let body = text.strip_suffix('\n');
        writeln!(self.out, "{}", if body.is_some() { "|" } else { "|-" })?;
        for line in body.unwrap_or(text).split('\n') {
            let indent = if line.is_empty() { 0 } else { indent.max(2) };
            writeln!(self.out, "{:indent$}{line}", "")?;
        }
        Ok(())
    }
}

fn number_text(number: Number<'_>) -> String {
    match number {
        Number::Int(value) => value.to_string(),
        Number::Uint(value) => value.to_string(),
        Number::Float(value) => value.to_string(),
        Number::Json(text) => text.to_owned(),
    }
}

/// Whether a text of several lines can stand as a block: no line needs an escape, the first is neither empty nor
/// indented, and it ends with at most one line break.
fn is_block(text: &str) -> bool {
    let body = text.strip_suffix('\n').unwrap_or(text);
    body.contains('\n')
        && !body.ends_with('\n')
        && !text.starts_with([' ', '\n', '\t'])
        && text.chars().all(|char| char == '\n' || char == '\t' || is_plain_char(char))
}

/// A text without quotes where every YAML reader reads it as that text, else in double quotes.
fn scalar(text: &str) -> String {
    if is_safe(text) {
        return text.to_owned();
    }
    let mut quoted = String::from("\"");
    for char in text.chars() {
        match char {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            '\r' => quoted.push_str("\\r"),
            _ if is_plain_char(char) => quoted.push(char),
            _ if u32::from(char) > 0xFFFF => quoted.push_str(&format!("\\U{:08X}", u32::from(char))),
            _ => quoted.push_str(&format!("\\u{:04X}", u32::from(char))),
        }
    }
    quoted.push('"');
    quoted
}

fn is_plain_char(char: char) -> bool {
    !is_hidden(char) && !matches!(char, '\u{fffe}' | '\u{ffff}')
}

/// Letters first, no character that any YAML gives a meaning, and no word that one reads as something else.
fn is_safe(text: &str) -> bool {
    let word = text.to_ascii_lowercase();
    let taken = ["y", "n", "yes", "no", "on", "off", "true", "false", "null", "nan", "inf"];
    text.starts_with(|char: char| char.is_ascii_alphabetic() || char == '/')
        && !text.ends_with([' ', ':'])
        && !text.contains(": ")
        && !text.contains(" #")
        && text.chars().all(|char| char.is_ascii_alphanumeric() || " ./_-:@=+()".contains(char))
        && !taken.contains(&word.as_str())
}
