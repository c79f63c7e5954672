//! Scalars in single and double quotes.

use super::{Scanner, Token, TokenKind};
use crate::yaml::SyntaxError;
use crate::yaml::chars::{BREAK, QUOTE, break_length, class};
use crate::yaml::error::{Read, character_span, span};
use crate::yaml::tape::{DECODE, EventKind};

impl Scanner<'_> {
    pub(super) fn fetch_quoted(&mut self, single: bool) -> Read<()> {
        let level = self.save_key(false)?;
        self.allowed = false;
        let token = self.scan_quoted(single)?;
        self.push(Token { level, ..token });
        Ok(())
    }

    /// Reads a quoted scalar with both its quotes.
    pub(in crate::yaml) fn scan_quoted(&mut self, single: bool) -> Read<Token> {
        let start = self.at;
        let (quote, style) = if single { (b'\'', EventKind::SingleQuoted) } else { (b'"', EventKind::DoubleQuoted) };
        let mut flags = 0;
        self.at += 1;
        loop {
            let Some(&byte) = self.bytes.get(self.at) else { return Err(self.unclosed(start)) };
            match class(byte) & (BREAK | QUOTE) {
                0 => self.at += 1,
                BREAK => match break_length(self.bytes, self.at) {
                    0 => self.at += 1,
                    _ => {
                        flags = DECODE;
                        self.step_quoted_line(start)?;
                    }
                },
                _ if byte == quote => {
                    if single && self.byte_at(self.at + 1) == b'\'' {
                        flags = DECODE;
                        self.at += 2;
                    } else {
                        self.at += 1;
                        return Ok(Token { style, flags, ..Token::new(TokenKind::Scalar, start, self.at) });
                    }
                }
                _ if byte == b'\\' && !single => {
                    flags = DECODE;
                    self.step_escape(start)?;
                }
                _ => self.at += 1,
            }
        }
    }

    fn step_quoted_line(&mut self, start: usize) -> Read<()> {
        self.step_line();
        if self.document_marker().is_none() {
            return Ok(());
        }
        let label = span(start, start + 1);
        Err(self.fail_in(
            span(self.at, self.at + 3),
            "a document marker stands inside a quoted value",
            label,
            "the quote that is open",
        ))
    }

    fn step_escape(&mut self, start: usize) -> Read<()> {
        let at = self.at;
        self.at += 1;
        if break_length(self.bytes, self.at) > 0 {
            return self.step_quoted_line(start);
        }
        let digits = match self.byte() {
            b'x' => 2,
            b'u' => 4,
            b'U' => 8,
            b'0' | b'a' | b'b' | b't' | b'\t' | b'n' | b'v' | b'f' | b'r' | b'e' | b' ' | b'"' | b'\'' | b'\\'
            | b'N' | b'_' | b'L' | b'P' => 0,
            _ if self.at >= self.bytes.len() => return Err(self.unclosed(start)),
            _ => {
                let place = span(at, character_span(self.bytes, self.at).end as usize);
                return Err(
                    self.fail(place, "YAML knows no such escape; write a backslash as `\\\\` or use single quotes")
                );
            }
        };
        self.at += 1;
        if digits > 0 { self.step_hex(at, digits) } else { Ok(()) }
    }

    fn step_hex(&mut self, escape: usize, digits: usize) -> Read<()> {
        let mut value: u32 = 0;
        for _ in 0..digits {
            let Some(digit) = char::from(self.byte()).to_digit(16) else {
                let place = span(escape, self.at);
                return Err(self.fail(place, format!("this escape takes {digits} hexadecimal digits")));
            };
            value = value.wrapping_shl(4).wrapping_add(digit);
            self.at += 1;
        }
        if char::from_u32(value).is_none() {
            let place = span(escape, self.at);
            return Err(self.fail(
                place,
                "this escape names no character; YAML writes one beyond U+FFFF as `\\U` with eight digits",
            ));
        }
        Ok(())
    }

    fn unclosed(&mut self, start: usize) -> Box<SyntaxError> {
        let quote = char::from(self.byte_at(start));
        let label = span(self.bytes.len(), self.bytes.len());
        self.quote_open = true;
        self.fail_in(
            span(start, start + 1),
            format!("this `{quote}` is never closed"),
            label,
            "the text ends here, still inside the quotes",
        )
    }
}
