//! `--format json`: one object with every finding and every document. Its field names are a promise (`schemas/`
//! holds it); `VERSION` counts the times it was broken.

mod hot;
mod parts;

use std::borrow::Cow;
use std::fmt::Write as _;
use std::io;

use serde::Serialize;

use super::Checked;
use super::file::Found;
use super::output::{Manner, Output, Whole};
use crate::text::is_hidden;
pub(super) use hot::HotMinute;
use parts::{Document, Error, Finding, Summary, Tool};
pub(super) use parts::{Object, Range};

/// The version of the output's shape.
pub(super) const VERSION: u32 = 1;

pub(super) struct Json;

impl Output for Json {
    fn name(&self) -> &'static str {
        "json"
    }

    fn about(&self) -> &'static str {
        "One JSON object, for programs"
    }

    fn shows_fixes(&self) -> bool {
        true
    }

    /// An element a line.
    fn before(&self, is_first: bool) -> &'static [u8] {
        before(is_first)
    }

    fn finding(&self, found: Found<'_>, _: &Manner, out: &mut Vec<u8>) -> io::Result<()> {
        out.extend_from_slice(text(&Finding::new(found)).as_bytes());
        Ok(())
    }

    fn documents(&self, Checked { source, report }: Checked<'_>, _: &Manner, out: &mut Vec<u8>) -> io::Result<()> {
        for outcome in &report.documents {
            if !out.is_empty() {
                out.extend_from_slice(self.before(false));
            }
            out.extend_from_slice(text(&Document::new(outcome, source.name())).as_bytes());
        }
        Ok(())
    }

    fn begin(&self, manner: &Manner, out: &mut dyn io::Write) -> io::Result<()> {
        write!(out, "{{\"version\": {VERSION},\n \"tool\": {},\n \"findings\": [", tool(manner))
    }

    fn end(&self, whole: &Whole<'_>, out: &mut dyn io::Write, _: &mut dyn io::Write) -> io::Result<()> {
        out.write_all(b"],\n \"documents\": [")?;
        out.write_all(whole.documents)?;
        write_end(whole, out)
    }
}

/// What stands before an element, which has a line of its own.
pub(super) const fn before(is_first: bool) -> &'static [u8] {
    if is_first { b"\n  " } else { b",\n  " }
}

/// The object that says what this is.
pub(super) fn tool(manner: &Manner) -> String {
    text(&Tool::new(manner.kubernetes))
}

/// Closes the list that is open, and writes what every object of a check ends with.
pub(super) fn write_end(whole: &Whole<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    out.write_all(b"],\n \"errors\": [")?;
    for (index, unread) in whole.unread.iter().enumerate() {
        out.write_all(before(index == 0))?;
        out.write_all(text(&Error::new(unread)).as_bytes())?;
    }
    writeln!(out, "],\n \"summary\": {}}}", text(&Summary::new(whole.tally)))
}

/// The value as JSON on one line.
pub(super) fn text(value: &impl Serialize) -> String {
    let json = serde_json::to_string(value).expect("plain data has a JSON form");
    escaped(json.into()).into_owned()
}

/// The JSON text with escapes for what could steer a terminal: programs get what there is to the letter, and who looks at
/// it is not misled. Such characters stand nowhere in JSON but in texts, where each may be an escape.
pub(super) fn escaped(json: Cow<'_, str>) -> Cow<'_, str> {
    let is_plain = json.is_ascii() && memchr::memchr(0x7f, json.as_bytes()).is_none();
    if is_plain || !json.contains(is_hidden) {
        return json;
    }
    let mut result = String::with_capacity(json.len() + 16);
    for char in json.chars() {
        if is_hidden(char) {
            for unit in char.encode_utf16(&mut [0; 2]) {
                write!(result, "\\u{unit:04x}").expect("a string takes all");
            }
        } else {
            result.push(char);
        }
    }
    result.into()
}

#[cfg(test)]
mod tests {
    use super::text;

    #[test]
    fn what_steers_a_terminal_is_an_escape_that_reads_as_itself() {
        let hostile = "é\u{1b}\u{7f}\u{9b}\u{85}\u{2028}\u{202e}\u{e0001}\u{feff}\"\\\n";
        let json = text(&hostile);
        assert_eq!(json, r#""é\u001b\u007f\u009b\u0085\u2028\u202e\udb40\udc01\ufeff\"\\\n""#);
        assert_eq!(serde_json::from_str::<String>(&json).expect("JSON"), hostile);
    }
}
