//! Redirections and here-documents.

use super::{Reader, name_length};
use crate::command::tree::{PartKind, Place, Redirection, Word};

/// From the longest to the shortest.
const OPERATORS: [&[u8]; 12] = [b"<<<", b"<<-", b"&>>", b"<<", b"<&", b"<>", b">>", b">|", b">&", b"&>", b"<", b">"];

/// A text that begins on the next line.
pub(super) struct HereDocument {
    mark: String,
    /// `<<-`: tabs before each line do not count.
    tabs: bool,
}

impl Reader<'_> {
    /// Whether a redirection begins here, perhaps with the descriptor that it is about.
    pub(super) fn is_redirection(&self) -> bool {
        let rest = &self.text.as_bytes()[self.at..self.end];
        match rest {
            [b'&', b'>', ..] => true,
            [b'<' | b'>', b'(', ..] => false,
            [b'<' | b'>', ..] => true,
            [b'0'..=b'9', ..] | [b'{', ..] => self.descriptor() > 0,
            _ => false,
        }
    }

    /// How long the descriptor before a redirection is: `2`, `{name}`.
    fn descriptor(&self) -> usize {
        let rest = &self.text.as_bytes()[self.at..self.end];
        let length = match rest {
            [b'{', name @ ..] => match name_length(name) {
                length if length > 0 && name.get(length) == Some(&b'}') => length + 2,
                _ => 0,
            },
            // Nobody has more descriptors than ten digits can count.
            _ => rest.iter().take(10).take_while(|byte| byte.is_ascii_digit()).count(),
        };
        if matches!(rest.get(length), Some(b'<' | b'>')) { length } else { 0 }
    }

    pub(super) fn redirection(&mut self) -> Option<Redirection> {
        self.at += self.descriptor();
        let start = self.at;
        let operator = OPERATORS.into_iter().find(|operator| self.take(operator))?;
        let place = self.since(start);
        self.blanks();
        let before = self.at;
        let target = self.word()?;
        if self.at == before {
            return None;
        }
        if operator == b"<<" || operator == b"<<-" {
            let mark = self.mark(&target);
            self.waiting.push(HereDocument { mark, tabs: operator == b"<<-" });
        }
        Some(Redirection { operator: place, target })
    }

    /// The mark as it stands alone on a line: without its quotes.
    fn mark(&self, word: &Word) -> String {
        let text = |place: Place| &self.text[place.range()];
        if word.parts.is_empty() {
            return text(word.place).to_owned();
        }
        let unquoted = word.parts.iter().map(|part| match part.kind {
            PartKind::Escaped => &text(part.place)[1..],
            _ => text(part.place),
        });
        unquoted.collect()
    }

    /// Skips the texts of the here-documents that begin here, on a new line. One that nothing ends goes on to the end.
    pub(super) fn here_documents(&mut self) {
        for HereDocument { mark, tabs } in std::mem::take(&mut self.waiting) {
            while self.at < self.end {
                let rest = &self.text[self.at..self.end];
                let line = &rest[..memchr::memchr(b'\n', rest.as_bytes()).unwrap_or(rest.len())];
                let is_last = mark == if tabs { line.trim_start_matches('\t') } else { line };
                self.at = (self.at + line.len() + 1).min(self.end);
                if is_last {
                    break;
                }
            }
        }
    }
}
