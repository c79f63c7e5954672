//! Scalars without quotes.

use super::{Scanner, Token, TokenKind};
use crate::yaml::chars::{BLANK, BREAK, COLON, FLOW, break_length, class, is_blank, is_blank_or_end};
use crate::yaml::error::{Read, character_span, span};
use crate::yaml::tape::DECODE;

impl Scanner<'_> {
    pub(super) fn fetch_plain(&mut self) -> Read<()> {
        let level = self.save_key(false)?;
        self.allowed = false;
        let start = self.at;
        let (end, folded) = self.scan_plain()?;
        let flags = if folded { DECODE } else { 0 };
        self.push(Token { level, flags, ..Token::new(TokenKind::Scalar, start, end) });
        Ok(())
    }

    /// Reads a plain scalar and the blanks behind it; its end, and whether it goes over a line break.
    fn scan_plain(&mut self) -> Read<(usize, bool)> {
        let start = self.at;
        let indent = self.indent + 1;
        let mut end = start;
        let mut folded = false;
        let mut after_break = false;
        loop {
            if self.byte() == b'#' || self.document_marker().is_some() {
                break;
            }
            let word = self.at;
            self.at = self.word_end(word);
            if self.at > word {
                folded |= after_break;
                after_break = false;
                end = self.at;
            }
            if !self.skip_blanks_in_plain(start, indent, &mut after_break)? {
                break;
            }
            if self.flow_level == 0 && self.column() < indent {
                break;
            }
        }
        if after_break {
            self.allowed = true;
        }
        Ok((end, folded))
    }

    /// The end of the run of characters that a plain scalar may hold.
    pub(in crate::yaml) fn word_end(&self, from: usize) -> usize {
        let stops = if self.flow_level > 0 { BLANK | BREAK | COLON | FLOW } else { BLANK | BREAK | COLON };
        let mut at = from;
        while let Some(&byte) = self.bytes.get(at) {
            let class = class(byte) & stops;
            if class != 0 {
                let ends = match class {
                    COLON => is_blank_or_end(self.bytes, at + 1),
                    BREAK => break_length(self.bytes, at) > 0,
                    _ => true,
                };
                if ends {
                    break;
                }
            }
            at += 1;
        }
        at
    }

    /// Steps over blanks and line breaks; whether there were any.
    fn skip_blanks_in_plain(&mut self, start: usize, indent: i64, after_break: &mut bool) -> Read<bool> {
        let before = self.at;
        loop {
            let byte = self.byte();
            if is_blank(byte) {
                if *after_break && byte == b'\t' && self.column() < indent {
                    let label = span(start, self.bytes.len().min(start + 1));
                    return Err(self.fail_in(
                        character_span(self.bytes, self.at),
                        "a tab stands where only spaces can indent",
                        label,
                        "the value that goes on there",
                    ));
                }
                self.at += 1;
            } else if break_length(self.bytes, self.at) > 0 {
                self.step_line();
                *after_break = true;
            } else {
                return Ok(self.at > before);
            }
        }
    }
}
