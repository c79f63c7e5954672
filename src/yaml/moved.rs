//! Documents that stand elsewhere in a file than they did in an earlier one.

use super::document::Document;
use crate::text::Span;

/// Where a document stands in its file: from where its bytes and its events are counted, and its own number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Standing {
    byte: u32,
    event: u32,
    document: usize,
}

/// The way of a document from where it stood to where it stands now.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Moved {
    then: Standing,
    now: Standing,
}

impl Document {
    /// Where it stands.
    pub(crate) fn standing(&self) -> Standing {
        let event = self.events.range().start;
        Standing { byte: self.span.start, event: event as u32, document: self.index }
    }
}

impl Moved {
    /// The way between the two; `None`, where it stands as it stood.
    pub(crate) fn between(then: Standing, now: Standing) -> Option<Self> {
        (then != now).then_some(Self { then, now })
    }

    /// The number that the document has now.
    pub(crate) const fn document(&self) -> usize {
        self.now.document
    }

    /// Where one of its bytes is now.
    pub(crate) const fn byte(&self, byte: u32) -> u32 {
        byte.wrapping_sub(self.then.byte).wrapping_add(self.now.byte)
    }

    /// Where some of its bytes are now.
    pub(crate) const fn span(&self, span: Span) -> Span {
        Span::new(self.byte(span.start), self.byte(span.end))
    }

    /// The number that one of its events has now.
    pub(super) const fn event(&self, event: u32) -> u32 {
        event.wrapping_sub(self.then.event).wrapping_add(self.now.event)
    }
}
