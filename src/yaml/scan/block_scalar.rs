//! Blocks of text: `|` and `>`.

use super::{Scanner, Token, TokenKind};
use crate::yaml::Comment;
use crate::yaml::chars::{break_length, is_blank, is_break_or_end, line_end};
use crate::yaml::error::{Read, character_span, span};
use crate::yaml::tape::{DECODE, EventKind, FINAL_BREAK};

/// What the header asks for.
struct Header {
    /// Spaces beyond the parent's column; 0 where the first line tells.
    increment: i64,
    chomping: Chomping,
}

/// What becomes of the line breaks at the end.
enum Chomping {
    /// One stays.
    Clip,
    /// `-`: none stays.
    Strip,
    /// `+`: all stay.
    Keep,
}

impl Scanner<'_> {
    pub(super) fn fetch_block_scalar(&mut self, literal: bool) -> Read<()> {
        self.drop_key()?;
        let token = self.scan_block_scalar(literal)?;
        self.push(token);
        Ok(())
    }

    /// Reads header and body. The token ends with the last line's text, or where everything is kept, with its break.
    pub(in crate::yaml) fn scan_block_scalar(&mut self, literal: bool) -> Read<Token> {
        self.allowed = true;
        let start = self.at;
        let header = self.scan_block_header()?;
        let mut end = self.at;
        let has_body = self.end_header_line(start)?;

        let mut indent = if header.increment > 0 { self.indent.max(0) + header.increment } else { 0 };
        let mut final_break = false;
        self.skip_block_breaks(&mut indent)?;
        while self.at < self.bytes.len() && (self.at - self.line) as i64 == indent {
            end = line_end(self.bytes, self.at);
            self.at = end;
            final_break = self.step_last_line();
            self.skip_block_breaks(&mut indent)?;
        }
        let at_end = self.at == self.bytes.len();
        match header.chomping {
            Chomping::Clip => {}
            Chomping::Strip => final_break = false,
            Chomping::Keep => {
                end = end.max(if at_end { self.at } else { self.line });
                // The added line feed and a carriage return before it are one break.
                let alone = self.at > self.line || self.bytes.last() != Some(&b'\r');
                final_break = at_end && has_body && alone && self.adds_line_feed;
            }
        }
        let style = if literal { EventKind::Literal } else { EventKind::Folded };
        let flags = if final_break { DECODE | FINAL_BREAK } else { DECODE };
        let link = u32::try_from(indent).unwrap_or(u32::MAX);
        Ok(Token { style, flags, link, ..Token::new(TokenKind::Scalar, start, end) })
    }

    /// Steps over the line break behind a line of text; whether there is one, or one is added.
    fn step_last_line(&mut self) -> bool {
        if break_length(self.bytes, self.at) > 0 {
            self.step_line();
            return true;
        }
        self.adds_line_feed
    }

    fn scan_block_header(&mut self) -> Read<Header> {
        self.at += 1;
        let first = self.scan_chomping();
        let increment = self.scan_increment()?;
        let chomping = match first {
            None if increment > 0 => self.scan_chomping(),
            _ => first,
        };
        Ok(Header { increment, chomping: chomping.unwrap_or(Chomping::Clip) })
    }

    fn scan_chomping(&mut self) -> Option<Chomping> {
        let chomping = match self.byte() {
            b'+' => Chomping::Keep,
            b'-' => Chomping::Strip,
            _ => return None,
        };
        self.at += 1;
        Some(chomping)
    }

    fn scan_increment(&mut self) -> Read<i64> {
        let digit = self.byte();
        if digit == b'0' {
            let place = span(self.at, self.at + 1);
            return Err(self.fail(place, "the indentation of a block of text is a digit from 1 to 9"));
        }
        if !digit.is_ascii_digit() {
            return Ok(0);
        }
        self.at += 1;
        Ok(i64::from(digit - b'0'))
    }

    fn end_header_line(&mut self, start: usize) -> Read<bool> {
        while is_blank(self.byte()) {
            self.at += 1;
        }
        if self.byte() == b'#' {
            let end = line_end(self.bytes, self.at);
            self.comments.push(Comment { span: span(self.at, end) });
            self.at = end;
        }
        if !is_break_or_end(self.bytes, self.at) {
            let written = self.bytes[self.at..line_end(self.bytes, self.at)].trim_ascii_end().len();
            let label = span(start, start + 1);
            return Err(self.fail_in(
                span(self.at, self.at + written),
                "the text of a block starts on the next line",
                label,
                "the block starts here",
            ));
        }
        let has_body = self.at < self.bytes.len();
        self.step_line();
        Ok(has_body)
    }

    /// Steps over indentation and empty lines, and settles the indentation where it is still open (0).
    fn skip_block_breaks(&mut self, indent: &mut i64) -> Read<()> {
        let mut deepest = 0;
        loop {
            while self.byte() == b' ' && (*indent == 0 || ((self.at - self.line) as i64) < *indent) {
                self.at += 1;
            }
            let column = (self.at - self.line) as i64;
            deepest = deepest.max(column);
            if self.byte() == b'\t' && (*indent == 0 || column < *indent) {
                let place = character_span(self.bytes, self.at);
                return Err(self.fail(place, "a tab stands where only spaces can indent a block of text"));
            }
            if break_length(self.bytes, self.at) == 0 {
                break;
            }
            self.step_line();
        }
        if *indent == 0 {
            *indent = deepest.max(self.indent + 1).max(1);
        }
        Ok(())
    }
}
