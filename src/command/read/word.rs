//! Words: quotes and what a shell expands.

use super::{Ends, Reader, fit, is_meta, name_length};
use crate::command::tree::{List, Part, PartKind, Place, Word};

impl Word {
    /// What it is made of; all of it as text where it stands for itself.
    pub(super) fn into_parts(self) -> Vec<Part> {
        if self.parts.is_empty() && self.place.start < self.place.end {
            return vec![Part { place: self.place, kind: PartKind::Text, quoted: false }];
        }
        self.parts
    }
}

impl Reader<'_> {
    /// Whether `<(` or `>(` stands here.
    pub(super) fn is_process(&self) -> bool {
        matches!(self.peek(), Some(b'<' | b'>')) && self.ahead(1) == Some(b'(')
    }

    /// The word here, which is empty where none is.
    pub(super) fn word(&mut self) -> Option<Word> {
        self.word_until(is_meta)
    }

    /// A regular expression: parentheses and bars belong to it.
    pub(super) fn pattern(&mut self) -> Option<Word> {
        self.word_until(|byte| matches!(byte, b' ' | b'\t' | b'\n'))
    }

    fn word_until(&mut self, ends: impl Fn(u8) -> bool) -> Option<Word> {
        let start = self.at;
        let mut parts = Vec::new();
        let mut is_plain = true;
        while let Some(byte) = self.peek() {
            let special = matches!(byte, b'\\' | b'\'' | b'"' | b'$' | b'`');
            if special {
                is_plain = false;
                self.special(byte, &mut parts)?;
            } else if byte == b'(' && self.is_grouped(start) {
                self.skip_group()?;
                is_plain = false;
                parts.push(part(self.since(start), PartKind::Opaque, false));
            } else if self.is_process() {
                is_plain = false;
                let from = self.at;
                self.at += 2;
                let list = self.substituted()?;
                parts.push(part(self.since(from), PartKind::Command(list), false));
            } else if ends(byte) {
                break;
            } else {
                self.run(&mut parts, |byte| ends(byte) || matches!(byte, b'\\' | b'\'' | b'"' | b'$' | b'`' | b'('));
            }
        }
        let place = self.since(start);
        fit(&mut parts);
        Some(Word { place, parts: if is_plain { Vec::new() } else { parts } })
    }

    /// Takes text up to a byte that means something.
    fn run(&mut self, parts: &mut Vec<Part>, ends: impl Fn(u8) -> bool) {
        let start = self.at;
        let rest = &self.text.as_bytes()[start..self.end];
        // The first byte was looked at: it means nothing here.
        let length = rest.iter().skip(1).position(|byte| ends(*byte)).map_or(rest.len(), |at| at + 1);
        self.at += length;
        parts.push(part(self.since(start), PartKind::Text, false));
    }

    fn special(&mut self, byte: u8, parts: &mut Vec<Part>) -> Option<()> {
        match byte {
            b'\\' => self.escape(parts, false),
            b'\'' => {
                let start = self.at + 1;
                let rest = &self.text.as_bytes()[start..self.end];
                let end = start + memchr::memchr(b'\'', rest)?;
                parts.push(part(Place::new(start..end), PartKind::Text, true));
                self.at = end + 1;
            }
            b'"' => self.double_quoted(parts)?,
            b'`' => self.back_quoted(parts, false)?,
            _ => self.dollar(parts, false)?,
        }
        Some(())
    }

    /// `\x`; an escaped line break is nothing at all.
    fn escape(&mut self, parts: &mut Vec<Part>, quoted: bool) {
        let start = self.at;
        let rest = &self.text[start + 1..self.end];
        let length = rest.chars().next().map_or(0, char::len_utf8);
        self.at += 1 + length;
        match rest.as_bytes().first() {
            Some(b'\n') => {}
            None => parts.push(part(self.since(start), PartKind::Text, quoted)),
            Some(_) => parts.push(part(self.since(start), PartKind::Escaped, quoted)),
        }
    }

    fn double_quoted(&mut self, parts: &mut Vec<Part>) -> Option<()> {
        self.at += 1;
        // Something stands here, though it may be empty.
        parts.push(part(self.since(self.at), PartKind::Text, true));
        loop {
            match self.peek()? {
                b'"' => {
                    self.at += 1;
                    return Some(());
                }
                b'\\' if matches!(self.ahead(1), Some(b'$' | b'`' | b'"' | b'\\' | b'\n')) => self.escape(parts, true),
                b'`' => self.back_quoted(parts, true)?,
                b'$' => self.dollar(parts, true)?,
                _ => {
                    self.run(parts, |byte| matches!(byte, b'"' | b'\\' | b'`' | b'$'));
                    if let Some(text) = parts.last_mut() {
                        text.quoted = true;
                    }
                }
            }
        }
    }

    /// What begins with `$`.
    fn dollar(&mut self, parts: &mut Vec<Part>, quoted: bool) -> Option<()> {
        let start = self.at;
        if let Ok(index) = self.filled.binary_search_by_key(&start, |filled| filled.start) {
            self.at = self.filled[index].end;
            parts.push(part(self.since(start), PartKind::Filled, quoted));
            return Some(());
        }
        let kind = match self.ahead(1) {
            Some(b'(') => match self.arithmetic_end(start + 1) {
                Some(end) => {
                    self.at = end;
                    PartKind::Opaque
                }
                None => {
                    self.at += 2;
                    PartKind::Command(self.substituted()?)
                }
            },
            Some(b'{') => return self.deeper(|reader| reader.braced(parts, quoted)),
            Some(b'\'') if !quoted => return self.ansi_quoted(parts),
            Some(b'"') if !quoted => {
                self.at += 1;
                return self.double_quoted(parts);
            }
            Some(b'[') => {
                self.at += memchr::memchr(b']', &self.text.as_bytes()[start..self.end])? + 1;
                PartKind::Opaque
            }
            _ => self.parameter(),
        };
        parts.push(part(self.since(start), kind, quoted));
        Some(())
    }

    /// `$name`, `$?`; a `$` alone is text.
    fn parameter(&mut self) -> PartKind {
        let start = self.at + 1;
        let rest = &self.text.as_bytes()[start..self.end];
        let is_special = matches!(rest.first(), Some(b'0'..=b'9' | b'?' | b'#' | b'@' | b'*' | b'!' | b'$' | b'-'));
        let length = if is_special { 1 } else { name_length(rest) };
        self.at = start + length;
        if length == 0 { PartKind::Text } else { PartKind::Parameter(self.since(start)) }
    }

    /// What stands before `)`, which is taken.
    fn substituted(&mut self) -> Option<List> {
        let list = self.deeper(|reader| reader.list(Ends::PARENTHESIS))?;
        self.take(b")").then_some(list)
    }

    /// `${name…}`; what is expanded within it follows as parts of their own.
    fn braced(&mut self, parts: &mut Vec<Part>, quoted: bool) -> Option<()> {
        let start = self.at;
        self.at += 2;
        while matches!(self.peek(), Some(b'#' | b'!')) && self.ahead(1).is_some_and(|byte| byte != b'}') {
            self.at += 1;
        }
        let rest = &self.text[self.at..self.end];
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let special = rest.chars().next().filter(|char| *char != '}').map_or(0, char::len_utf8);
        let length = name_length(rest.as_bytes()).max(digits).max(special);
        let name = Place::new(self.at..self.at + length);
        self.at += length;
        let whole = parts.len();
        parts.push(part(name, PartKind::Parameter(name), quoted));
        let matches = matches!(self.peek(), Some(b'#' | b'%' | b'/'));
        loop {
            match self.peek()? {
                b'}' => break,
                b'\\' => self.at += 1 + self.text[self.at + 1..self.end].chars().next().map_or(0, char::len_utf8),
                b'\'' if !quoted || matches => self.special(b'\'', &mut Vec::new())?,
                b'"' => self.double_quoted(parts)?,
                b'`' => self.back_quoted(parts, quoted)?,
                b'$' => self.dollar(parts, quoted)?,
                _ => self.at += 1,
            }
        }
        self.at += 1;
        parts[whole].place = self.since(start);
        Some(())
    }

    /// `$'…'`
    fn ansi_quoted(&mut self, parts: &mut Vec<Part>) -> Option<()> {
        let start = self.at + 2;
        let rest = &self.text.as_bytes()[start..self.end];
        let mut at = 0;
        let mut kind = PartKind::Text;
        loop {
            at += memchr::memchr2(b'\'', b'\\', rest.get(at..)?)?;
            if rest[at] == b'\'' {
                break;
            }
            kind = PartKind::Opaque;
            at += 2;
        }
        parts.push(part(Place::new(start..start + at), kind, true));
        self.at = start + at + 1;
        Some(())
    }

    /// `` `…` ``; what holds escapes is another text than it looks, and is not read.
    fn back_quoted(&mut self, parts: &mut Vec<Part>, quoted: bool) -> Option<()> {
        let start = self.at;
        let rest = &self.text.as_bytes()[start + 1..self.end];
        let mut at = 0;
        let mut escapes = false;
        loop {
            at += memchr::memchr2(b'`', b'\\', rest.get(at..)?)?;
            if rest[at] == b'`' {
                break;
            }
            escapes |=
                matches!(rest.get(at + 1), Some(b'`' | b'\\' | b'$')) || quoted && rest.get(at + 1) == Some(&b'"');
            at += 2;
        }
        let end = start + 1 + at;
        let kind = if escapes { PartKind::Opaque } else { PartKind::Command(self.inner(start + 1, end)?) };
        self.at = end + 1;
        parts.push(part(self.since(start), kind, quoted));
        Some(())
    }

    /// A script within these bytes.
    fn inner(&mut self, start: usize, end: usize) -> Option<List> {
        let (around, waiting) = (self.end, std::mem::take(&mut self.waiting));
        (self.at, self.end) = (start, end);
        let list = self.deeper(|reader| reader.list(Ends::TEXT));
        let is_all = self.at == end;
        (self.end, self.waiting) = (around, waiting);
        list.filter(|_| is_all)
    }
}

fn part(place: Place, kind: PartKind, quoted: bool) -> Part {
    Part { place, kind, quoted }
}
