//! JSON documents by the rules of Go's `encoding/json`, onto the same tape.

use super::error::{Read, character_span, name_of, problem, span};
use super::tape::{DECODE, Event, EventKind, FLOW};
use crate::text::Span;

/// Go's limit of open collections.
const MAX_DEPTH: usize = 10_000;

/// Whether kubectl tries JSON first: behind white space, within 4,096 bytes, stands `{`.
pub(super) fn looks_like_json(text: &str) -> bool {
    const LOOKED_AT: usize = 4_096;
    let trimmed = text.trim_start();
    trimmed.starts_with('{') && text.len() - trimmed.len() < LOOKED_AT
}

/// Where kubectl goes on with YAML after JSON has failed behind `from`: behind white space, up to a first line
/// feed. `None` where it gives up.
pub(super) fn yaml_start(text: &str, from: usize) -> Option<usize> {
    let mut at = from;
    loop {
        let rest = &text[at..];
        let next = rest.chars().next()?;
        // It reads four bytes at a time and takes fewer for the end.
        if rest.len() < 4 {
            return None;
        }
        if !next.is_whitespace() {
            return Some(at);
        }
        at += next.len_utf8();
        if next == '\n' {
            return Some(at);
        }
    }
}

/// Reads the next value behind white space, adds its events, and says where it ends; `None` at the end of the text.
pub(super) fn read(text: &str, from: usize, events: &mut Vec<Event>) -> Read<Option<usize>> {
    let mut reader = Reader { bytes: text.as_bytes(), at: from, events, open: Vec::new() };
    reader.skip_space();
    if reader.at == text.len() {
        return Ok(None);
    }
    reader.value()?;
    while let Some(open) = reader.open.last().copied() {
        reader.collection(open)?;
    }
    Ok(Some(reader.at))
}

struct Reader<'t, 'e> {
    bytes: &'t [u8],
    at: usize,
    events: &'e mut Vec<Event>,
    /// The open collections: their events.
    open: Vec<usize>,
}

impl Reader<'_, '_> {
    fn byte(&self) -> u8 {
        self.bytes.get(self.at).copied().unwrap_or(0)
    }

    fn skip_space(&mut self) {
        while matches!(self.byte(), b' ' | b'\t' | b'\n' | b'\r') {
            self.at += 1;
        }
    }

    /// Reads on in the innermost collection: one entry, or its end.
    fn collection(&mut self, open: usize) -> Read<()> {
        let mapping = self.events[open].kind == EventKind::MappingStart;
        let closing = if mapping { b'}' } else { b']' };
        let first = self.events[open].end == 0;
        self.skip_space();
        if self.byte() == closing && self.at < self.bytes.len() {
            self.at += 1;
            return self.close(open);
        }
        if !first {
            if self.byte() != b',' {
                return Err(self.unexpected(&format!("`,` or `{}`", char::from(closing))));
            }
            self.at += 1;
            self.skip_space();
        }
        if mapping {
            self.events[open].end += 1;
            if self.byte() != b'"' {
                return Err(self.unexpected("a key in double quotes"));
            }
            self.string()?;
            self.skip_space();
            if self.byte() != b':' {
                return Err(self.unexpected("`:`"));
            }
            self.at += 1;
            self.skip_space();
        }
        self.events[open].end += 1;
        self.value()
    }

    fn close(&mut self, open: usize) -> Read<()> {
        self.open.pop();
        let end = self.events.len() as u32;
        self.events[open].link = end;
        let place = Span::empty(self.at as u32);
        self.events.push(Event { link: open as u32, ..Event::new(EventKind::End, place) });
        Ok(())
    }

    fn value(&mut self) -> Read<()> {
        match self.byte() {
            b'{' => self.start(EventKind::MappingStart),
            b'[' => self.start(EventKind::SequenceStart),
            b'"' => self.string(),
            b'-' | b'0'..=b'9' => self.number(),
            b't' => self.word("true"),
            b'f' => self.word("false"),
            b'n' => self.word("null"),
            _ => Err(self.unexpected("a value")),
        }
    }

    fn start(&mut self, kind: EventKind) -> Read<()> {
        let place = span(self.at, self.at);
        if self.open.len() == MAX_DEPTH {
            return Err(problem(place, format!("Kubernetes reads no more than {MAX_DEPTH} nested collections")));
        }
        self.open.push(self.events.len());
        self.events.push(Event { flags: FLOW, end: 0, ..Event::new(kind, place) });
        self.at += 1;
        Ok(())
    }

    fn word(&mut self, word: &str) -> Read<()> {
        if !self.bytes[self.at..].starts_with(word.as_bytes()) {
            return Err(self.unexpected(&format!("`{word}`")));
        }
        let place = span(self.at, self.at + word.len());
        self.events.push(Event::new(EventKind::Plain, place));
        self.at += word.len();
        Ok(())
    }

    fn string(&mut self) -> Read<()> {
        let start = self.at;
        let mut flags = 0;
        self.at += 1;
        loop {
            match self.bytes.get(self.at) {
                None => return Err(problem(span(start, start + 1), "this `\"` is never closed")),
                Some(b'"') => break,
                Some(b'\\') => {
                    flags = DECODE;
                    self.escape()?;
                }
                Some(0..0x20) => return Err(self.unexpected("a visible character or an escape such as `\\n`")),
                Some(_) => self.at += 1,
            }
        }
        self.at += 1;
        let event = Event::new(EventKind::DoubleQuoted, span(start, self.at));
        self.events.push(Event { flags, ..event });
        Ok(())
    }

    fn escape(&mut self) -> Read<()> {
        self.at += 1;
        let escape = self.byte();
        if !b"\"\\/bfnrtu".contains(&escape) {
            return Err(self.unexpected("one of JSON's escapes"));
        }
        self.at += 1;
        for _ in 0..if escape == b'u' { 4 } else { 0 } {
            if !self.byte().is_ascii_hexdigit() {
                return Err(self.unexpected("a hexadecimal digit"));
            }
            self.at += 1;
        }
        Ok(())
    }

    fn number(&mut self) -> Read<()> {
        let start = self.at;
        self.at += usize::from(self.byte() == b'-');
        if self.byte() == b'0' {
            self.at += 1;
        } else {
            self.digits()?;
        }
        if self.byte() == b'.' {
            self.at += 1;
            self.digits()?;
        }
        if matches!(self.byte(), b'e' | b'E') {
            self.at += 1;
            self.at += usize::from(matches!(self.byte(), b'+' | b'-'));
            self.digits()?;
        }
        self.events.push(Event::new(EventKind::JsonNumber, span(start, self.at)));
        Ok(())
    }

    fn digits(&mut self) -> Read<()> {
        if !self.byte().is_ascii_digit() {
            return Err(self.unexpected("a digit"));
        }
        while self.byte().is_ascii_digit() {
            self.at += 1;
        }
        Ok(())
    }

    fn unexpected(&self, expected: &str) -> Box<super::SyntaxError> {
        let found = name_of(self.bytes, self.at);
        problem(character_span(self.bytes, self.at), format!("JSON goes on with {expected} here, not with {found}"))
    }
}

/// Appends the text of a JSON string, given with its quotes. Half a surrogate pair becomes U+FFFD.
pub(super) fn decode(source: &str, out: &mut String) {
    let Some(mut rest) = source.get(1..source.len() - 1) else { return };
    while let Some(at) = memchr::memchr(b'\\', rest.as_bytes()) {
        out.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        let escape = rest.bytes().next().unwrap_or(b'\\');
        if escape == b'u' {
            rest = decode_unicode(rest, out);
            continue;
        }
        out.push(match escape {
            b'b' => '\u{8}',
            b'f' => '\u{C}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            other => char::from(other),
        });
        rest = &rest[1..];
    }
    out.push_str(rest);
}

/// Decodes `uXXXX`, and a second half behind a first; what follows.
fn decode_unicode<'t>(text: &'t str, out: &mut String) -> &'t str {
    let unit = |text: &str| text.get(1..5).and_then(|digits| u32::from_str_radix(digits, 16).ok());
    let Some(first) = unit(text) else { return &text[1..] };
    let rest = &text[5..];
    if (0xD800..0xDC00).contains(&first) {
        let second = rest.strip_prefix('\\').filter(|rest| rest.starts_with('u')).and_then(unit);
        if let Some(second) = second.filter(|second| (0xDC00..0xE000).contains(second)) {
            out.extend(char::from_u32(0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00)));
            return &rest[6..];
        }
    }
    out.push(char::from_u32(first).unwrap_or('\u{FFFD}'));
    rest
}
