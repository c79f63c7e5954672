//! `%YAML` and `%TAG`.

use super::{Scanner, Token, TokenKind};
use crate::yaml::Comment;
use crate::yaml::SyntaxError;
use crate::yaml::chars::{is_blank, is_blank_or_end, is_break_or_end, is_name, line_end};
use crate::yaml::error::{Read, span};

/// `%TAG handle prefix`
#[derive(Debug)]
pub(in crate::yaml) struct TagDirective {
    pub(in crate::yaml) handle: String,
    pub(in crate::yaml) prefix: String,
}

impl Scanner<'_> {
    pub(super) fn fetch_directive(&mut self) -> Read<()> {
        self.unroll(-1);
        self.drop_key()?;
        self.allowed = false;
        let start = self.at;
        self.at += 1;
        let name = self.at;
        while is_name(self.byte()) {
            self.at += 1;
        }
        let token = match &self.bytes[name..self.at] {
            b"YAML" if is_blank_or_end(self.bytes, self.at) => self.scan_version(start)?,
            b"TAG" if is_blank_or_end(self.bytes, self.at) => self.scan_tag_directive(start)?,
            _ => {
                let end = line_end(self.bytes, start);
                return Err(self.bad_directive(
                    start,
                    end,
                    "a line that starts with `%` is a directive, and only `%YAML 1.1` and `%TAG` are known",
                ));
            }
        };
        self.end_directive(start)?;
        self.push(token);
        Ok(())
    }

    fn scan_version(&mut self, start: usize) -> Read<Token> {
        self.skip_blanks();
        let major = self.scan_version_number(start)?;
        if self.byte() != b'.' {
            return Err(self.bad_directive(start, self.at, "a YAML version is written as `1.1`"));
        }
        self.at += 1;
        let minor = self.scan_version_number(start)?;
        let link = u32::from((major, minor) == (1, 1));
        Ok(Token { link, ..Token::new(TokenKind::VersionDirective, start, self.at) })
    }

    fn scan_version_number(&mut self, start: usize) -> Read<u8> {
        let from = self.at;
        while self.byte().is_ascii_digit() {
            self.at += 1;
        }
        let digits = &self.bytes[from..self.at];
        if digits.is_empty() || digits.len() > 2 {
            return Err(self.bad_directive(start, self.at, "a YAML version is written as `1.1`"));
        }
        Ok(digits.iter().fold(0, |value, digit| value * 10 + (digit - b'0')))
    }

    fn scan_tag_directive(&mut self, start: usize) -> Read<Token> {
        self.skip_blanks();
        let handle = self.scan_tag_handle(start, true)?;
        if !is_blank(self.byte()) {
            return Err(self.bad_tag(start, "a blank stands between a tag's handle and its prefix"));
        }
        self.skip_blanks();
        let prefix = self.scan_tag_uri(start, String::new(), true)?;
        if !is_blank_or_end(self.bytes, self.at) {
            return Err(self.bad_tag(start, "a tag's prefix ends with its line"));
        }
        let link = self.tag_directives.len() as u32;
        self.tag_directives.push(TagDirective { handle, prefix });
        Ok(Token { link, ..Token::new(TokenKind::TagDirective, start, self.at) })
    }

    fn end_directive(&mut self, start: usize) -> Read<()> {
        self.skip_blanks();
        if self.byte() == b'#' {
            let end = line_end(self.bytes, self.at);
            self.comments.push(Comment { span: span(self.at, end) });
            self.at = end;
        }
        if !is_break_or_end(self.bytes, self.at) {
            let end = line_end(self.bytes, self.at);
            return Err(self.bad_directive(start, end, "a directive ends with its line"));
        }
        self.step_line();
        Ok(())
    }

    fn skip_blanks(&mut self) {
        while is_blank(self.byte()) {
            self.at += 1;
        }
    }

    fn bad_directive(&self, start: usize, end: usize, message: &'static str) -> Box<SyntaxError> {
        self.fail(span(start, end.max(start + 1)), message)
    }
}
