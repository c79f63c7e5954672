//! Values: looks at the tape, taken when they are asked for.

mod find;
mod iter;
mod key;
mod number;

pub(crate) use iter::PlainEntry;
pub(super) use iter::key_text;
pub use iter::{Entries, Items};
pub(crate) use key::{Key, Slots};
pub use number::Number;

use std::ops::Range;

use super::Document;
use super::resolve::{Scalar, is_null, plain};
use super::tape::{DECODE, Event, EventKind, FLOW, NO_STRING, NOWHERE, STRING, TAGGED, WRITTEN_KEY, after, node_at};
use crate::text::Span;

/// A value of a document as Kubernetes reads it: scalars resolved, aliases followed, keys merged.
#[derive(Debug, Clone, Copy)]
pub struct Value<'a> {
    pub(super) document: &'a Document,
    /// The event of what the value is.
    pub(super) node: u32,
    /// The event where it stands: `node`, or the alias that leads there.
    pub(super) place: u32,
}

/// Which of its document's values a value is, to be kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub(crate) struct ValueId {
    node: u32,
    place: u32,
}

impl Document {
    /// The document's value; `None` where nothing of it was understood.
    #[must_use]
    pub fn root(&self) -> Option<Value<'_>> {
        Some(Value::at(self, self.events.first()?))
    }

    /// The value that had this id.
    pub(crate) fn value(&self, ValueId { node, place }: ValueId) -> Value<'_> {
        Value { document: self, node, place }
    }
}

/// What a value is to Kubernetes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Kind<'a> {
    /// `null`, `~`, or nothing at all.
    Null,
    /// A boolean.
    Bool(bool),
    /// A number.
    Number(Number<'a>),
    /// A string.
    String(&'a str),
    /// A list; see [`Value::items`].
    Sequence,
    /// An object; see [`Value::entries`].
    Mapping,
    /// Nobody knows what it is.
    Unknown,
}

impl<'a> Kind<'a> {
    /// What a scalar with that text has been found to be.
    fn of(scalar: Scalar, text: &'a str) -> Self {
        match scalar {
            Scalar::Null => Self::Null,
            Scalar::Bool(value) => Self::Bool(value),
            Scalar::Int(value) => Self::Number(Number::Int(value)),
            Scalar::Uint(value) => Self::Number(Number::Uint(value)),
            Scalar::Float(value) => Self::Number(Number::Float(value)),
            Scalar::String => Self::String(text),
        }
    }
}

/// How a value is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// A scalar without quotes.
    Plain,
    /// `'…'`
    SingleQuoted,
    /// `"…"`
    DoubleQuoted,
    /// `|`
    Literal,
    /// `>`
    Folded,
    /// A collection by indentation.
    Block,
    /// A collection in `[…]` or `{…}`.
    Flow,
}

/// One key of a mapping with its value.
#[derive(Debug, Clone, Copy)]
pub struct Entry<'a> {
    /// The key, resolved and written as a string (`on:` is `true`).
    pub key: &'a str,
    /// The key's bytes.
    pub key_span: Span,
    /// The key's event.
    pub(super) place: u32,
    /// Its value.
    pub value: Value<'a>,
}

impl<'a> Value<'a> {
    /// The value of the node at an event, its anchor and tag skipped and an alias followed.
    #[inline]
    pub(super) fn at(document: &'a Document, event: usize) -> Self {
        Self::among(&document.events, document, event)
    }

    /// The same, where the document's events are at hand.
    #[inline]
    fn among(events: &[Event], document: &'a Document, event: usize) -> Self {
        let place = node_at(events, event);
        let event = events[place];
        let place = place as u32;
        let node = if event.kind == EventKind::Alias && event.link != NOWHERE { event.link } else { place };
        Self { document, node, place }
    }

    #[inline]
    pub(super) fn event(self) -> Event {
        self.document.events[self.node as usize]
    }

    /// What it is to Kubernetes.
    #[must_use]
    #[inline]
    pub fn kind(self) -> Kind<'a> {
        let event = self.event();
        match event.kind {
            EventKind::SequenceStart => Kind::Sequence,
            EventKind::MappingStart => Kind::Mapping,
            EventKind::Plain if event.is(STRING) => Kind::String(self.document.written(event)),
            EventKind::SingleQuoted | EventKind::DoubleQuoted if !event.is(DECODE | TAGGED) => {
                Kind::String(self.document.written(event))
            }
            _ => self.scalar_kind(event),
        }
    }

    /// Whether it is a string; its text is not worked out where that need not be.
    #[must_use]
    #[inline]
    pub fn is_string(self) -> bool {
        let event = self.event();
        match event.kind {
            EventKind::Plain if event.is(STRING) => true,
            EventKind::SingleQuoted | EventKind::DoubleQuoted | EventKind::Literal | EventKind::Folded
                if !event.is(TAGGED) =>
            {
                true
            }
            _ => self.as_str().is_some(),
        }
    }

    /// Whether it is an object.
    #[must_use]
    #[inline]
    pub fn is_mapping(self) -> bool {
        self.event().kind == EventKind::MappingStart
    }

    /// Whether it is a list.
    #[must_use]
    #[inline]
    pub fn is_sequence(self) -> bool {
        self.event().kind == EventKind::SequenceStart
    }

    fn scalar_kind(self, event: Event) -> Kind<'a> {
        if event.kind == EventKind::JsonNumber {
            return Kind::Number(Number::Json(self.source()));
        }
        if event.kind == EventKind::Unknown {
            self.document.note_look();
            return Kind::Unknown;
        }
        if !event.is_scalar() {
            return Kind::Null;
        }
        if event.kind == EventKind::Plain && event.flags & !NO_STRING == 0 {
            let text = self.document.written(event);
            return Kind::of(plain(text), text);
        }
        // An alias of a key: the key is a string, and what it was written as is not.
        if event.is(WRITTEN_KEY) {
            return Kind::of(self.document.resolve_key(self.node as usize), self.source());
        }
        let text = self.document.scalar_text(self.node);
        // A plain one that has several lines is no number, either.
        if self.document.tag_class(self.node as usize).is_none() {
            return Kind::String(text);
        }
        Kind::of(self.document.resolve_scalar(self.node as usize, text), text)
    }

    /// Its bytes: quotes, brackets and a block scalar's header included; a block collection ends at its last
    /// content byte. An alias has the span of what it stands for. Empty where nothing is written.
    #[must_use]
    #[inline]
    pub fn span(self) -> Span {
        span_of(&self.document.events, self.node as usize)
    }

    /// Its bytes where it stands: of an alias, the alias itself.
    #[must_use]
    pub fn place(self) -> Span {
        span_of(&self.document.events, self.place as usize)
    }

    /// Its anchor with the `&`, where it has one.
    #[must_use]
    pub fn anchor(self) -> Option<Span> {
        self.property(EventKind::Anchor)
    }

    /// Its tag with the `!`, where it has one.
    #[must_use]
    pub fn tag(self) -> Option<Span> {
        self.property(EventKind::Tag)
    }

    fn property(self, kind: EventKind) -> Option<Span> {
        let before = self.document.events[..self.node as usize].iter().rev();
        before.take_while(|event| event.is_property()).find(|event| event.kind == kind).map(|event| event.span())
    }

    /// How it is written.
    #[must_use]
    pub fn style(self) -> Style {
        let event = self.event();
        match event.kind {
            EventKind::SingleQuoted => Style::SingleQuoted,
            EventKind::DoubleQuoted => Style::DoubleQuoted,
            EventKind::Literal => Style::Literal,
            EventKind::Folded => Style::Folded,
            EventKind::SequenceStart | EventKind::MappingStart if event.is(FLOW) => Style::Flow,
            EventKind::SequenceStart | EventKind::MappingStart => Style::Block,
            _ => Style::Plain,
        }
    }

    /// Its bytes as written.
    #[must_use]
    pub fn source(self) -> &'a str {
        &self.document.text()[self.span().range()]
    }

    /// The document it belongs to.
    #[must_use]
    pub fn document(self) -> &'a Document {
        self.document
    }

    /// A number of its own within the document, the same for every way that leads to it.
    #[must_use]
    pub fn id(self) -> u32 {
        self.node
    }

    /// The numbers of this value and of those in it.
    pub(crate) fn numbers(self) -> Range<u32> {
        self.node..after(&self.document.events, self.node as usize) as u32
    }

    /// Whether its document has aliases, by which one comes to a value more than once.
    pub(crate) fn is_among_aliases(self) -> bool {
        self.document.has_aliases
    }

    /// Which value it is, to be kept.
    pub(crate) fn to_id(self) -> ValueId {
        ValueId { node: self.node, place: self.place }
    }

    /// The value of this document with that number.
    pub(crate) fn of_id(self, id: u32) -> Self {
        Self { document: self.document, node: id, place: id }
    }

    /// The string, if it is one.
    #[must_use]
    #[inline]
    pub fn as_str(self) -> Option<&'a str> {
        // Many ask for a string where there may be none: what else it is need not be worked out.
        let event = self.event();
        if event.kind == EventKind::Plain && event.is(NO_STRING) {
            return None;
        }
        match self.kind() {
            Kind::String(text) => Some(text),
            _ => None,
        }
    }

    /// Whether Kubernetes sees nothing here: a null is the same as a field left out.
    #[must_use]
    #[inline]
    pub fn is_null(self) -> bool {
        let event = self.event();
        if event.kind == EventKind::Plain && event.is(NO_STRING) {
            return is_null(self.document.written(event));
        }
        let is_known = event.is_collection() || event.is(STRING);
        !is_known && self.scalar_kind(event) == Kind::Null
    }

    /// Whether the scalar's text is its source, quotes aside: no escapes, no folding.
    #[must_use]
    pub fn is_verbatim(self) -> bool {
        !self.event().is(DECODE)
    }

    /// The collection that it stands in; `None` for the root.
    #[must_use]
    pub fn parent(self) -> Option<Value<'a>> {
        let events = &self.document.events;
        let (mut at, first) = (self.place as usize, self.document.events.first()?);
        while at > first {
            at -= 1;
            match events[at].kind {
                EventKind::End => at = events[at].link as usize,
                EventKind::SequenceStart | EventKind::MappingStart => return Some(Value::at(self.document, at)),
                _ => {}
            }
        }
        None
    }
}

/// The bytes of a node: of a collection, up to its end.
#[inline]
pub(super) fn span_of(events: &[Event], node: usize) -> Span {
    let event = events[node];
    if event.is_collection() { Span::new(event.start, events[event.link as usize].end) } else { event.span() }
}
