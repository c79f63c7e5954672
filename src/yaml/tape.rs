//! The tape: what the scanner understood, as one flat run of small events.

use std::fmt;
use std::ops::{Deref, Range};
use std::sync::Arc;

use super::SyntaxError;
use crate::text::Span;

/// What an event says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum EventKind {
    /// A scalar without quotes; empty where nothing is written.
    Plain,
    SingleQuoted,
    DoubleQuoted,
    Literal,
    Folded,
    /// A number of a JSON document.
    JsonNumber,
    SequenceStart,
    MappingStart,
    /// Ends a collection.
    End,
    /// `*name`
    Alias,
    /// `&name`, before the node that it names.
    Anchor,
    /// `!tag`, before the node that it belongs to.
    Tag,
    /// A node that nobody knows.
    Unknown,
}

/// The scalar's text is not its source: escapes, folded lines, a block scalar, or a key that is no string.
pub(super) const DECODE: u8 = 1;
/// The collection is in flow style.
pub(super) const FLOW: u8 = 2;
/// The block scalar's last line ends with a line break.
pub(super) const FINAL_BREAK: u8 = 4;
/// The collection may have more entries than are written. (A bit that only block scalars have besides.)
pub(super) const OPEN: u8 = 4;
/// The mapping's entries are not simply its children: repeated keys or merges.
pub(super) const LISTED: u8 = 8;
/// A tag stands before the node.
pub(super) const TAGGED: u8 = 16;
/// The key is a number or a boolean and becomes a string.
pub(super) const WRITTEN_KEY: u8 = 32;

/// The mapping's keys are strings as they are written, each there once, and known by their [`hash`].
pub(super) const HASHED: u8 = 64;
/// The plain scalar is a string and nothing else.
pub(super) const STRING: u8 = 128;
/// The plain scalar is no string: null, a boolean or a number. (A bit that only mappings have besides, and not
/// [`HASHED`], which scalars are asked for, too.)
pub(super) const NO_STRING: u8 = 8;

/// One event. Sixteen bytes, nothing to drop.
#[derive(Debug, Clone, Copy)]
pub(super) struct Event {
    pub(super) kind: EventKind,
    pub(super) flags: u8,
    /// Key of a mapping that is [`HASHED`]: its hash.
    pub(super) hash: u16,
    /// The first byte.
    pub(super) start: u32,
    /// The byte after the last one; for the start of a collection, how many nodes are in it.
    pub(super) end: u32,
    /// Start of a collection: the index of its end, and the other way round. Alias: the event it stands for.
    /// Block scalar: its indentation. Tag: its class. Key of a mapping that is [`HASHED`]: the next key, or what is
    /// behind the last value.
    pub(super) link: u32,
}

const _: () = assert!(size_of::<Event>() == 16);

/// No event: an alias that stands for nothing.
pub(super) const NOWHERE: u32 = u32::MAX;

impl Event {
    pub(super) const fn new(kind: EventKind, span: Span) -> Self {
        Self { kind, flags: 0, hash: 0, start: span.start, end: span.end, link: 0 }
    }

    /// The event's bytes; not for the start of a collection.
    pub(super) const fn span(self) -> Span {
        Span::new(self.start, self.end)
    }

    pub(super) const fn is(self, flag: u8) -> bool {
        self.flags & flag != 0
    }

    pub(super) const fn is_collection(self) -> bool {
        matches!(self.kind, EventKind::SequenceStart | EventKind::MappingStart)
    }

    pub(super) const fn is_property(self) -> bool {
        matches!(self.kind, EventKind::Anchor | EventKind::Tag)
    }

    pub(super) const fn is_scalar(self) -> bool {
        matches!(
            self.kind,
            EventKind::Plain
                | EventKind::SingleQuoted
                | EventKind::DoubleQuoted
                | EventKind::Literal
                | EventKind::Folded
                | EventKind::JsonNumber
        )
    }
}

/// The events of a file's documents, which share it. Events are counted from the start of the file.
#[derive(Clone)]
pub(super) struct Tape {
    file: Arc<Vec<Event>>,
    own: Range<usize>,
}

impl Tape {
    pub(super) fn new(file: Arc<Vec<Event>>, own: Range<usize>) -> Self {
        Self { file, own }
    }

    /// Which events of the file are the document's own.
    pub(super) fn range(&self) -> Range<usize> {
        self.own.clone()
    }

    /// The document's own events.
    pub(super) fn own(&self) -> impl Iterator<Item = (usize, Event)> {
        self.own.clone().zip(self.file[self.own.clone()].iter().copied())
    }

    /// The document's first event, if it has any.
    pub(super) fn first(&self) -> Option<usize> {
        self.own.clone().next()
    }
}

impl fmt::Debug for Tape {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_map().entries(self.own()).finish()
    }
}

impl Deref for Tape {
    type Target = [Event];

    #[inline]
    fn deref(&self) -> &[Event] {
        &self.file
    }
}

/// How reading the first document of a chunk ended.
#[derive(Debug, Default)]
pub(super) struct Outcome {
    pub(super) error: Option<Box<SyntaxError>>,
    /// What Kubernetes never looks at.
    pub(super) ignored: Option<Span>,
}

/// A number that tells most keys apart: of the length, the first, the middle and the last byte.
#[inline]
pub(super) const fn hash(key: &[u8]) -> u16 {
    let length = key.len();
    if length == 0 {
        return 0;
    }
    let mixed = u32::from_le_bytes([key[0], key[length / 2], key[length - 1], length as u8]);
    (mixed.wrapping_mul(0x9E37_79B1) >> 16) as u16
}

/// The bit of a hash in the set of a mapping's keys.
#[inline]
pub(super) const fn bit(hash: u16) -> u32 {
    1 << (hash >> 11)
}

/// The node after any anchor and tag at `at`.
#[inline]
pub(super) fn node_at(events: &[Event], mut at: usize) -> usize {
    while events[at].is_property() {
        at += 1;
    }
    at
}

/// The index after the node at `node`.
#[inline]
pub(super) fn after(events: &[Event], node: usize) -> usize {
    let event = events[node];
    if event.is_collection() { event.link as usize + 1 } else { node + 1 }
}
