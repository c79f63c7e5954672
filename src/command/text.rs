//! Texts that are not what is written: filled in by Kubernetes, or taken out of quotes. They know where each byte stands.

use std::borrow::Cow;
use std::ops::Range;

use super::tree::{Part, PartKind, Place, Word};

/// A text with the places of its bytes in the one that is written.
#[derive(Debug, Default)]
pub struct Text<'t> {
    text: Cow<'t, str>,
    /// Where runs of bytes begin here and there, in order; none where all of it is as it is written.
    runs: Vec<(usize, usize)>,
    /// What Kubernetes fills in, in order.
    filled: Vec<Range<usize>>,
}

impl<'t> Text<'t> {
    /// One that is as it is written.
    #[must_use]
    pub fn written(text: &'t str) -> Self {
        Self { text: Cow::Borrowed(text), ..Self::default() }
    }

    /// What Kubernetes makes of an argument: `$$` becomes `$`, and `$(NAME)` the value of a variable that is set, which
    /// stays here as it is. What names no variable stays, too.
    #[must_use]
    pub fn expanded(text: &'t str, is_set: impl Fn(&str) -> bool) -> Self {
        let mut expanded = Self::default();
        let last_end = text.rfind(')').unwrap_or(0);
        let (mut from, mut at) = (0, 0);
        while let Some(dollar) = memchr::memchr(b'$', &text.as_bytes()[at..]).map(|found| at + found) {
            match text.as_bytes().get(dollar + 1) {
                Some(b'$') => {
                    expanded.push(&text[from..=dollar], from);
                    from = dollar + 2;
                    at = from;
                }
                Some(b'(') if dollar < last_end => {
                    let end = text[dollar..].find(')').map_or(text.len(), |found| dollar + found + 1);
                    if text.get(dollar + 2..end - 1).is_some_and(&is_set) {
                        expanded.push(&text[from..dollar], from);
                        let start = expanded.text.len();
                        expanded.push(&text[dollar..end], dollar);
                        expanded.filled.push(start..expanded.text.len());
                        from = end;
                    }
                    at = end;
                }
                _ => at = dollar + 1,
            }
        }
        if from == 0 {
            return Self { text: Cow::Borrowed(text), ..expanded };
        }
        expanded.push(&text[from..], from);
        expanded
    }

    /// What a program gets for a word of this script, where that is known.
    #[must_use]
    pub fn of_word(&self, word: &Word) -> Option<Text<'static>> {
        let whole = [Part { place: word.place, kind: PartKind::Text, quoted: false }];
        let parts = if word.parts.is_empty() { &whole[..] } else { &word.parts };
        let mut inner = Text::default();
        for part in parts {
            let range = part.place.range();
            match part.kind {
                PartKind::Text | PartKind::Filled => self.copy(range, &mut inner),
                PartKind::Escaped => self.copy(range.start + 1..range.end, &mut inner),
                _ => return None,
            }
        }
        Some(inner)
    }

    /// Adds a part of this text to another one.
    fn copy(&self, range: Range<usize>, to: &mut Text<'_>) {
        let shift = to.text.len();
        let first = self.filled.partition_point(|filled| filled.start < range.start);
        let within = self.filled[first..].iter().take_while(|filled| filled.end <= range.end);
        to.filled.extend(within.map(|filled| shift + filled.start - range.start..shift + filled.end - range.start));
        let mut at = range.start;
        while at < range.end {
            let next = self.runs.partition_point(|(here, _)| *here <= at);
            let end = self.runs.get(next).map_or(range.end, |(here, _)| range.end.min(*here));
            to.push(&self.text[at..end], self.origin(at));
            at = end;
        }
    }

    fn push(&mut self, text: &str, origin: usize) {
        if !text.is_empty() {
            self.runs.push((self.text.len(), origin));
            self.text.to_mut().push_str(text);
        }
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// What Kubernetes fills in.
    #[cfg(feature = "commands")]
    pub(super) fn filled(&self) -> &[Range<usize>] {
        &self.filled
    }

    /// Where a place of this text is written.
    #[must_use]
    pub fn written_at(&self, place: Place) -> Range<usize> {
        let Range { start, end } = place.range();
        let first = self.origin(start);
        first..if start < end { self.origin(end - 1) + 1 } else { first }
    }

    fn origin(&self, at: usize) -> usize {
        let behind = self.runs.partition_point(|(here, _)| *here <= at);
        behind.checked_sub(1).map_or(at, |run| self.runs[run].1 + at - self.runs[run].0)
    }
}
