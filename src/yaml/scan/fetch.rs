//! The next token, by its first character.

use super::{Scanner, Token, TokenKind};
use crate::yaml::Comment;
use crate::yaml::chars::{PLAIN_START, break_length, class, is_blank_or_end, line_end};
use crate::yaml::error::{Read, character_span, name_of, span};

impl Scanner<'_> {
    /// Adds at least one token to the queue.
    pub(super) fn fetch(&mut self) -> Read<()> {
        self.skip_to_token();
        if self.flow_level == 0 {
            let column = self.column();
            self.unroll(column);
        }
        if self.at >= self.bytes.len() {
            return self.fetch_end();
        }
        let byte = self.byte();
        if class(byte) & PLAIN_START != 0 {
            return self.fetch_plain();
        }
        if self.at == self.line {
            if byte == b'%' {
                return self.fetch_directive();
            }
            if let Some(kind) = self.document_marker() {
                return self.fetch_document_marker(kind);
            }
        }
        self.fetch_indicator(byte)
    }

    fn fetch_indicator(&mut self, byte: u8) -> Read<()> {
        let in_flow = self.flow_level > 0;
        let before_blank = is_blank_or_end(self.bytes, self.at + 1);
        match byte {
            b'[' => self.fetch_flow_start(TokenKind::FlowSequenceStart),
            b'{' => self.fetch_flow_start(TokenKind::FlowMappingStart),
            b']' => self.fetch_flow_end(TokenKind::FlowSequenceEnd),
            b'}' => self.fetch_flow_end(TokenKind::FlowMappingEnd),
            b',' => self.fetch_flow_entry(),
            b'-' if before_blank => self.fetch_block_entry(),
            b'?' if in_flow || before_blank => self.fetch_key(),
            b':' if in_flow || before_blank => self.fetch_value(),
            b'*' => self.fetch_anchor(TokenKind::Alias),
            b'&' => self.fetch_anchor(TokenKind::Anchor),
            b'!' => self.fetch_tag(),
            b'|' if !in_flow => self.fetch_block_scalar(true),
            b'>' if !in_flow => self.fetch_block_scalar(false),
            b'\'' => self.fetch_quoted(true),
            b'"' => self.fetch_quoted(false),
            b'|' | b'>' | b'%' | b'@' | b'`' | b'\t' | b'#' => Err(self.no_token(byte)),
            _ => self.fetch_plain(),
        }
    }

    fn no_token(&self, byte: u8) -> Box<crate::yaml::SyntaxError> {
        let place = character_span(self.bytes, self.at);
        match byte {
            b'\t' => self.fail(place, "a tab stands where only spaces can indent"),
            b'|' | b'>' => self.fail(
                place,
                format!(
                    "`{}` starts a block of text, which cannot stand inside `[` or `{{`; quote it",
                    char::from(byte)
                ),
            ),
            _ => self.fail(
                place,
                format!("a value without quotes cannot start with {}; put it in quotes", name_of(self.bytes, self.at)),
            ),
        }
    }

    /// Steps over blanks, comments and line breaks.
    #[inline]
    pub(in crate::yaml) fn skip_to_token(&mut self) {
        let at_token = class(self.byte()) & PLAIN_START != 0 || self.byte() == b'-';
        if !at_token || self.at < self.drops_until {
            self.skip_space();
        }
    }

    fn skip_space(&mut self) {
        let bytes = self.bytes;
        let mut at = self.at;
        loop {
            if at < self.drops_until && at == self.line {
                at = character_span(bytes, at).end as usize;
            }
            let tabs = self.flow_level > 0 || !self.allowed;
            while bytes.get(at).is_some_and(|byte| *byte == b' ' || (*byte == b'\t' && tabs)) {
                at += 1;
            }
            if bytes.get(at) == Some(&b'#') {
                let end = line_end(bytes, at);
                self.comments.push(Comment { span: span(at, end) });
                at = end;
            }
            let length = break_length(bytes, at);
            if length == 0 {
                break;
            }
            at += length;
            self.line = at;
            if self.flow_level == 0 {
                self.allowed = true;
            }
        }
        self.at = at;
    }

    /// `---` or `...` at the start of a line.
    pub(in crate::yaml) fn document_marker(&self) -> Option<TokenKind> {
        let kind = match self.bytes.get(self.at..self.at + 3)? {
            b"---" => TokenKind::DocumentStart,
            b"..." => TokenKind::DocumentEnd,
            _ => return None,
        };
        (self.at == self.line && is_blank_or_end(self.bytes, self.at + 3)).then_some(kind)
    }

    fn fetch_end(&mut self) -> Read<()> {
        if let Some(error) = self.refused_here() {
            return Err(error);
        }
        if self.at != self.line {
            // The end of the text ends its line.
            self.line = self.at;
            self.mark = (self.at, 0);
        }
        self.unroll(-1);
        self.drop_key()?;
        self.allowed = false;
        self.push(Token::new(TokenKind::StreamEnd, self.at, self.at));
        Ok(())
    }

    fn fetch_document_marker(&mut self, kind: TokenKind) -> Read<()> {
        self.unroll(-1);
        self.drop_key()?;
        self.allowed = false;
        self.push_indicator(kind, 3);
        Ok(())
    }

    fn fetch_block_entry(&mut self) -> Read<()> {
        if self.flow_level == 0 {
            if !self.allowed {
                let place = character_span(self.bytes, self.at);
                return Err(self.fail(place, "a list item starts on a line of its own, not behind a value or a key"));
            }
            let column = self.column();
            self.roll(column, None, Token::new(TokenKind::BlockSequenceStart, self.at, self.at))?;
        }
        self.drop_key()?;
        self.allowed = true;
        self.push_indicator(TokenKind::BlockEntry, 1);
        Ok(())
    }

    fn fetch_key(&mut self) -> Read<()> {
        if self.flow_level == 0 {
            if !self.allowed {
                let place = character_span(self.bytes, self.at);
                return Err(self.fail(place, "a `? ` starts a key on a line of its own; quote a value that starts so"));
            }
            let column = self.column();
            self.roll(column, None, Token::new(TokenKind::BlockMappingStart, self.at, self.at))?;
        }
        self.drop_key()?;
        self.allowed = self.flow_level == 0;
        self.push_indicator(TokenKind::Key, 1);
        Ok(())
    }

    fn fetch_value(&mut self) -> Read<()> {
        let level = self.keys.len() - 1;
        if self.is_valid(level)? {
            let key = self.keys[level];
            if key.collection && (!key.known || key.number >= self.settled_from) {
                return self.fetch_stray_value(level);
            }
            if key.collection {
                let place = span(key.start, self.at);
                return Err(
                    self.fail(place, "a list or a mapping stands here as a key, and Kubernetes takes plain names only")
                );
            }
            let mark = Token::new(TokenKind::Key, key.start, key.start);
            self.insert(key.number, mark);
            let column = self.column_of_key(key.start, key.line);
            self.roll(column, Some(key.number), Token { kind: TokenKind::BlockMappingStart, ..mark })?;
            self.keys[level].possible = false;
            self.allowed = false;
        } else {
            if self.flow_level == 0 {
                if !self.allowed {
                    return Err(self.stray_colon());
                }
                let column = self.column();
                self.roll(column, None, Token::new(TokenKind::BlockMappingStart, self.at, self.at))?;
            }
            self.allowed = self.flow_level == 0;
        }
        self.push_indicator(TokenKind::Value, 1);
        Ok(())
    }

    /// A colon after an empty flow collection, of which go-yaml has forgotten that it could be a key, or after one
    /// behind the document.
    fn fetch_stray_value(&mut self, level: usize) -> Read<()> {
        self.keys[level].possible = false;
        self.allowed = false;
        self.push(Token::new(TokenKind::Key, self.at, self.at));
        self.push_indicator(TokenKind::Value, 1);
        Ok(())
    }

    fn stray_colon(&self) -> Box<crate::yaml::SyntaxError> {
        let place = character_span(self.bytes, self.at);
        self.fail(place, "a second `:` in one value: quote the value, or start a mapping on a line of its own")
    }

    fn column_of_key(&self, start: usize, line: usize) -> i64 {
        self.bytes[line..start].iter().filter(|byte| **byte & 0xC0 != 0x80).count() as i64
    }

    pub(super) fn push_indicator(&mut self, kind: TokenKind, length: usize) {
        self.push(Token::new(kind, self.at, self.at + length));
        self.at += length;
    }
}
