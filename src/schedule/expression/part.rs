//! Parts of a schedule's text.

use crate::text::Span;

/// A part of the schedule's text and where it begins.
#[derive(Debug, Clone, Copy)]
pub(super) struct Part<'a> {
    pub(super) text: &'a str,
    pub(super) at: usize,
}

impl<'a> Part<'a> {
    pub(super) fn span(self) -> Span {
        span(self.at, self.at + self.text.len())
    }

    /// The part of this part that begins at byte `from` and ends before `to`.
    pub(super) fn slice(self, from: usize, to: usize) -> Self {
        Self { text: &self.text[from..to], at: self.at + from }
    }

    /// The parts between all `separator`s, which are ASCII.
    pub(super) fn split(self, separator: u8) -> impl Iterator<Item = Part<'a>> {
        let mut rest = Some(self);
        std::iter::from_fn(move || {
            let part = rest.take()?;
            let Some(end) = part.text.bytes().position(|byte| byte == separator) else { return Some(part) };
            rest = Some(part.slice(end + 1, part.text.len()));
            Some(part.slice(0, end))
        })
    }

    pub(super) fn trim(self) -> Self {
        let trimmed = self.text.trim_start();
        Self { text: trimmed.trim_end(), at: self.at + self.text.len() - trimmed.len() }
    }
}

pub(super) fn span(start: usize, end: usize) -> Span {
    let place = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    Span::new(place(start), place(end))
}
