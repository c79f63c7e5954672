//! Anchors, aliases and tags.

use super::{Scanner, Token, TokenKind};
use crate::yaml::SyntaxError;
use crate::yaml::chars::{is_blank_or_end, is_name};
use crate::yaml::error::{Read, character_span, name_of, span};

/// A tag as written: `!suffix`, `!handle!suffix` or `!<suffix>` (an empty handle).
#[derive(Debug)]
pub(in crate::yaml) struct WrittenTag {
    pub(in crate::yaml) handle: String,
    pub(in crate::yaml) suffix: String,
}

impl Scanner<'_> {
    pub(super) fn fetch_anchor(&mut self, kind: TokenKind) -> Read<()> {
        let level = self.save_key(false)?;
        self.allowed = false;
        let start = self.at;
        self.at += 1;
        while is_name(self.byte()) {
            self.at += 1;
        }
        let ends = is_blank_or_end(self.bytes, self.at)
            || matches!(self.byte(), b'?' | b':' | b',' | b']' | b'}' | b'%' | b'@' | b'`');
        if self.at == start + 1 || !ends {
            let place = character_span(self.bytes, self.at);
            let what = if kind == TokenKind::Alias { "an alias (`*name`)" } else { "an anchor (`&name`)" };
            let found = name_of(self.bytes, self.at);
            return Err(self.fail_in(
                place,
                format!("the name of {what} is made of letters, digits, `-` and `_`, not {found}"),
                span(start, self.at),
                "quote the value if no name is meant",
            ));
        }
        self.push(Token { level, ..Token::new(kind, start, self.at) });
        Ok(())
    }

    pub(super) fn fetch_tag(&mut self) -> Read<()> {
        let level = self.save_key(false)?;
        self.allowed = false;
        let start = self.at;
        let tag = self.scan_tag(start)?;
        if !is_blank_or_end(self.bytes, self.at) {
            return Err(self.bad_tag(start, "a tag ends before a blank"));
        }
        let link = self.tags.len() as u32;
        self.tags.push(tag);
        self.push(Token { level, link, ..Token::new(TokenKind::Tag, start, self.at) });
        Ok(())
    }

    fn scan_tag(&mut self, start: usize) -> Read<WrittenTag> {
        if self.byte_at(self.at + 1) == b'<' {
            self.at += 2;
            let suffix = self.scan_tag_uri(start, String::new(), true)?;
            if self.byte() != b'>' {
                return Err(self.bad_tag(start, "a tag that starts with `!<` ends with `>`"));
            }
            self.at += 1;
            return Ok(WrittenTag { handle: String::new(), suffix });
        }
        let handle = self.scan_tag_handle(start, false)?;
        if handle.len() > 1 && handle.ends_with('!') {
            let suffix = self.scan_tag_uri(start, String::new(), true)?;
            return Ok(WrittenTag { handle, suffix });
        }
        let suffix = self.scan_tag_uri(start, handle[1..].to_owned(), false)?;
        if suffix.is_empty() {
            return Ok(WrittenTag { handle: String::new(), suffix: "!".to_owned() });
        }
        Ok(WrittenTag { handle: "!".to_owned(), suffix })
    }

    /// `!`, `!name` or `!name!`.
    pub(super) fn scan_tag_handle(&mut self, start: usize, in_directive: bool) -> Read<String> {
        let from = self.at;
        if self.byte() != b'!' {
            return Err(self.bad_tag(start, "a tag's handle starts with `!`"));
        }
        self.at += 1;
        while is_name(self.byte()) {
            self.at += 1;
        }
        if self.byte() == b'!' {
            self.at += 1;
        } else if in_directive && self.at > from + 1 {
            return Err(self.bad_tag(start, "a tag's handle ends with `!`"));
        }
        Ok(String::from_utf8_lossy(&self.bytes[from..self.at]).into_owned())
    }

    /// The characters of an address, with `%xx` escapes decoded.
    pub(super) fn scan_tag_uri(&mut self, start: usize, head: String, needed: bool) -> Read<String> {
        let mut uri = head.into_bytes();
        let before = self.at;
        loop {
            let byte = self.byte();
            if byte == b'%' {
                self.scan_uri_escape(start, &mut uri)?;
            } else if is_name(byte) || b";/?:@&=+$,.!~*'()[]".contains(&byte) {
                uri.push(byte);
                self.at += 1;
            } else {
                break;
            }
        }
        if needed && self.at == before {
            return Err(self.bad_tag(start, "a tag's name stands behind its `!`"));
        }
        Ok(String::from_utf8_lossy(&uri).into_owned())
    }

    fn scan_uri_escape(&mut self, start: usize, uri: &mut Vec<u8>) -> Read<()> {
        let mut left = 1;
        let mut first = true;
        while left > 0 {
            let digit = |at: usize| char::from(self.byte_at(at)).to_digit(16);
            let (b'%', Some(high), Some(low)) = (self.byte(), digit(self.at + 1), digit(self.at + 2)) else {
                return Err(self.bad_tag(start, "a `%` in a tag is followed by two hexadecimal digits"));
            };
            let octet = (high * 16 + low) as u8;
            if first {
                left = match octet {
                    0..0x80 => 1,
                    0xC0..0xE0 => 2,
                    0xE0..0xF0 => 3,
                    0xF0..0xF8 => 4,
                    _ => return Err(self.bad_tag(start, "the escapes of a tag spell UTF-8")),
                };
                first = false;
            } else if octet & 0xC0 != 0x80 {
                return Err(self.bad_tag(start, "the escapes of a tag spell UTF-8"));
            }
            uri.push(octet);
            self.at += 3;
            left -= 1;
        }
        Ok(())
    }

    pub(super) fn bad_tag(&self, start: usize, message: &'static str) -> Box<SyntaxError> {
        let end = character_span(self.bytes, self.at).end as usize;
        self.fail(span(start, end.max(start + 1).min(self.bytes.len())), message)
    }
}
