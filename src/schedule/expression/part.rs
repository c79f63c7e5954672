//! Parts of a schedule's text.

use crate::text::Span;

/// A part of the schedule's text and where it begins.
#[derive(Debug, Clone, Copy)]
pub(in crate::schedule) struct Part<'a> {
    pub(in crate::schedule) text: &'a str,
    pub(in crate::schedule) at: usize,
}

impl<'a> Part<'a> {
    pub(in crate::schedule) fn span(self) -> Span {
        span(self.at, self.at + self.text.len())
    }

    /// The part of this part that begins at byte `from` and ends before `to`.
    pub(in crate::schedule) fn slice(self, from: usize, to: usize) -> Self {
        Self { text: &self.text[from..to], at: self.at + from }
    }

    /// The parts between all `separator`s, which are ASCII.
    pub(in crate::schedule) fn split(self, separator: u8) -> impl Iterator<Item = Part<'a>> {
        let mut rest = Some(self);
        std::iter::from_fn(move || {
            let part = rest.take()?;
            let Some(end) = part.text.bytes().position(|byte| byte == separator) else { return Some(part) };
            rest = Some(part.slice(end + 1, part.text.len()));
            Some(part.slice(0, end))
        })
    }

    /// The parts between white space.
    pub(in crate::schedule) fn words(self) -> impl Iterator<Item = Part<'a>> {
        let base = self.text.as_ptr() as usize;
        self.text.split_whitespace().map(move |text| Part { text, at: self.at + (text.as_ptr() as usize - base) })
    }

    pub(in crate::schedule) fn trim(self) -> Self {
        let trimmed = self.text.trim_start();
        Self { text: trimmed.trim_end(), at: self.at + self.text.len() - trimmed.len() }
    }
}

pub(super) fn span(start: usize, end: usize) -> Span {
    let place = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    Span::new(place(start), place(end))
}
