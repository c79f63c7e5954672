//! The scanner's part of the fast path: steps that take text without making tokens of it, and that leave the
//! scanner as the tokens would have left it.

use super::{MAX_DEPTH, MAX_KEY, Scanner};
use crate::yaml::chars::{BLANK, BREAK, COLON, FLOW, PLAIN_START, break_length, class, is_blank};
use crate::yaml::error::Read;

/// A plain scalar on one line.
#[derive(Debug, Clone, Copy)]
pub(in crate::yaml) struct Plain {
    pub(in crate::yaml) start: usize,
    pub(in crate::yaml) end: usize,
}

impl Scanner<'_> {
    /// Whether a new line starts here in block style, with nothing unusual about it.
    #[inline]
    pub(in crate::yaml) fn is_at_line(&self) -> bool {
        self.allowed
            && self.flow_level == 0
            && self.at < self.bytes.len()
            && self.drops_until == 0
            && !self.key_is_required()
    }

    fn key_is_required(&self) -> bool {
        self.keys.last().is_some_and(|key| key.possible && key.required)
    }

    /// Whether one more collection by indentation is within the limit.
    pub(in crate::yaml) fn may_indent(&self) -> bool {
        self.indents.len() < MAX_DEPTH - 1
    }

    /// The column of the current place, behind spaces and indicators only.
    #[inline]
    pub(in crate::yaml) fn indentation(&self) -> i64 {
        (self.at - self.line) as i64
    }

    /// Steps over spaces.
    #[inline]
    pub(in crate::yaml) fn skip_spaces(&mut self) {
        while self.byte() == b' ' {
            self.at += 1;
        }
    }

    /// Steps over a key of one word and its colon, where that is what stands here.
    #[inline]
    pub(in crate::yaml) fn quick_key(&mut self) -> Option<Plain> {
        let start = self.at;
        if class(self.byte()) & PLAIN_START == 0 {
            return None;
        }
        let mut at = start + 1;
        while let Some(&byte) = self.bytes.get(at) {
            if class(byte) & (BLANK | BREAK | COLON) != 0 {
                if byte == b':' && matches!(self.bytes.get(at + 1), Some(b' ' | b'\n')) {
                    break;
                }
                if byte != b':' {
                    return None;
                }
            }
            at += 1;
        }
        if at == self.bytes.len() || at - start > MAX_KEY {
            return None;
        }
        self.after_key(at + 1);
        Some(Plain { start, end: at })
    }

    /// A key and its colon are taken.
    fn after_key(&mut self, at: usize) {
        self.at = at;
        self.allowed = false;
        if let Some(key) = self.keys.last_mut() {
            key.possible = false;
            key.saved = true;
        }
    }

    /// A dash is taken.
    pub(in crate::yaml) fn after_dash(&mut self) {
        self.at += 1;
        self.allowed = true;
        self.forget_key();
    }

    fn forget_key(&mut self) {
        if let Some(key) = self.keys.last_mut() {
            key.possible = false;
        }
    }

    /// Whether a plain scalar starts here for sure.
    #[inline]
    pub(in crate::yaml) fn starts_plain(&self) -> bool {
        match self.byte() {
            b'-' => self.bytes.get(self.at + 1).is_some_and(|next| class(*next) & PLAIN_START != 0),
            b'.' | b'<' => self.at > self.line,
            byte => class(byte) & PLAIN_START != 0,
        }
    }

    /// Steps over a plain scalar of one line in block style and what belongs to its end, where that is what
    /// stands here. A scalar that may go on in the next line is left to the slow path.
    #[inline]
    pub(in crate::yaml) fn quick_plain(&mut self) -> Option<Plain> {
        let start = self.at;
        let mut at = start;
        let mut end;
        loop {
            while self.bytes.get(at).is_some_and(|byte| class(*byte) & (BLANK | BREAK | COLON) == 0) {
                at += 1;
            }
            end = at;
            match self.bytes.get(at)? {
                b'\n' => break,
                b' ' | b'\t' => {
                    while is_blank(self.byte_at(at)) {
                        at += 1;
                    }
                    match self.bytes.get(at)? {
                        b'#' => {
                            self.at = at;
                            self.allowed = false;
                            return Some(Plain { start, end });
                        }
                        b'\n' => break,
                        _ => {}
                    }
                }
                b':' => {
                    let next = *self.bytes.get(at + 1)?;
                    if class(next) & (BLANK | BREAK) != 0 {
                        return None;
                    }
                    at += 1;
                }
                b'\r' => return None,
                _ if break_length(self.bytes, at) > 0 => return None,
                _ => at += 1,
            }
        }
        self.end_line_of_plain(at).then_some(Plain { start, end })
    }

    /// Goes on behind the line feed at `at` to the next line with content, unless the scalar may go on there.
    fn end_line_of_plain(&mut self, at: usize) -> bool {
        let mut line = at + 1;
        loop {
            let mut place = line;
            while self.byte_at(place) == b' ' {
                place += 1;
            }
            match self.bytes.get(place) {
                Some(b'\n') => line = place + 1,
                Some(b'#') | None => {}
                Some(byte) if class(*byte) & (BLANK | BREAK) != 0 => return false,
                Some(_) if (place - line) as i64 > self.indent => return false,
                Some(_) => {}
            }
            if self.bytes.get(place) != Some(&b'\n') {
                self.at = place;
                self.line = line;
                self.allowed = true;
                return true;
            }
        }
    }

    /// Steps over a plain scalar of one line in flow style.
    pub(in crate::yaml) fn quick_flow_plain(&mut self) -> Option<Plain> {
        let start = self.at;
        let mut at = start;
        let mut end = start;
        loop {
            let byte = *self.bytes.get(at)?;
            let class = class(byte) & (BLANK | BREAK | COLON | FLOW);
            match class {
                0 => end = at + 1,
                BLANK => {}
                COLON => {
                    if crate::yaml::chars::is_blank_or_end(self.bytes, at + 1) {
                        return None;
                    }
                    end = at + 1;
                }
                FLOW if matches!(byte, b',' | b']' | b'}') => break,
                BREAK if break_length(self.bytes, at) == 0 => end = at + 1,
                _ => return None,
            }
            // No plain scalar starts with it.
            if byte == b'#' && is_blank(self.bytes[at - 1]) {
                return None;
            }
            at += 1;
        }
        self.at = at;
        self.allowed = false;
        self.after_flow_scalar();
        Some(Plain { start, end })
    }

    /// Steps over a plain key in flow style and its colon.
    pub(in crate::yaml) fn quick_flow_key(&mut self) -> Option<Plain> {
        let start = self.at;
        let mut at = start;
        while let Some(&byte) = self.bytes.get(at) {
            match class(byte) & (BLANK | BREAK | COLON | FLOW) {
                COLON if self.bytes.get(at + 1) == Some(&b' ') => break,
                0 | COLON => at += 1,
                _ => return None,
            }
        }
        if at >= self.bytes.len() || at - start > MAX_KEY {
            return None;
        }
        self.after_key(at + 1);
        Some(Plain { start, end: at })
    }

    /// Whether a colon follows the quoted scalar that started at `start`: it is a key then, and the colon is taken.
    pub(in crate::yaml) fn take_colon_after(&mut self, start: usize) -> bool {
        let mut at = self.at;
        while is_blank(self.byte_at(at)) {
            at += 1;
        }
        if self.byte_at(at) != b':' || self.line > start || at - start > MAX_KEY {
            return false;
        }
        self.after_key(at + 1);
        true
    }

    /// The byte behind blanks.
    pub(in crate::yaml) fn byte_ahead(&self) -> u8 {
        let mut at = self.at;
        while is_blank(self.byte_at(at)) {
            at += 1;
        }
        self.byte_at(at)
    }

    /// A scalar in flow style is taken that could have become a key.
    pub(in crate::yaml) fn after_flow_scalar(&mut self) {
        self.allowed = false;
        if let Some(key) = self.keys.last_mut() {
            key.possible = false;
            key.saved = true;
        }
    }

    /// A comma is taken.
    pub(in crate::yaml) fn after_comma(&mut self) {
        self.at += 1;
        self.allowed = true;
        self.forget_key();
    }

    /// An opening bracket is taken.
    pub(in crate::yaml) fn enter_flow(&mut self) -> Read<()> {
        self.save_key(true)?;
        self.open_flow()?;
        self.at += 1;
        self.taken += 1;
        Ok(())
    }

    /// A closing bracket is taken.
    pub(in crate::yaml) fn leave_flow(&mut self) {
        self.forget_key();
        self.close_flow();
        self.at += 1;
        self.taken += 1;
    }
}
