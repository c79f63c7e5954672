//! The children of a collection, straight from the tape.

use super::{Entry, Key, Value, span_of};
use crate::text::Span;
use crate::yaml::Document;
use crate::yaml::tape::{Event, EventKind, HASHED, LISTED, WRITTEN_KEY, after, bit, halved, hash, node_at};

/// The entries of a mapping.
#[derive(Debug, Clone)]
pub struct Entries<'a> {
    document: &'a Document<'a>,
    from: From<'a>,
}

#[derive(Debug, Clone)]
enum From<'a> {
    /// The next key's event, and how many entries are left; all keys are as they are written.
    Hashed { at: usize, left: usize },
    /// The same, whatever the keys are.
    Tape { at: usize, left: usize },
    /// Keys and values that were put together.
    List(std::slice::Iter<'a, (u32, u32)>),
}

impl<'a> Iterator for Entries<'a> {
    type Item = Entry<'a>;

    fn next(&mut self) -> Option<Entry<'a>> {
        let document = self.document;
        let events: &[Event] = &document.events;
        let (key, value) = match &mut self.from {
            From::Hashed { left: 0, .. } | From::Tape { left: 0, .. } => return None,
            From::Hashed { at, left } => {
                let (event, value) = (events[*at], Value::at(document, *at + 1));
                *at = event.link as usize;
                *left -= 1;
                return Some(Entry { key: document.written(event), key_span: event.span(), value, hash: event.hash });
            }
            From::Tape { at, left } => {
                let key = node_at(events, *at);
                let value = after(events, key);
                *at = after(events, node_at(events, value));
                *left -= 1;
                (key, value)
            }
            From::List(list) => {
                let (key, value) = list.next()?;
                (*key as usize, *value as usize)
            }
        };
        let written = events[key].is(WRITTEN_KEY);
        let key_node = if written { key as u32 } else { Value::at(document, key).node };
        let text = document.scalar_text(key_node);
        let key_span = span_of(events, key);
        Some(Entry { key: text, key_span, value: Value::at(document, value), hash: hash(text.as_bytes()) })
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let left = match &self.from {
            From::Hashed { left, .. } | From::Tape { left, .. } => *left,
            From::List(list) => list.len(),
        };
        (left, Some(left))
    }
}

impl ExactSizeIterator for Entries<'_> {}

/// The items of a list.
#[derive(Debug, Clone)]
pub struct Items<'a> {
    document: &'a Document<'a>,
    at: usize,
    left: usize,
}

impl<'a> Iterator for Items<'a> {
    type Item = Value<'a>;

    fn next(&mut self) -> Option<Value<'a>> {
        self.left = self.left.checked_sub(1)?;
        let events = &self.document.events;
        let value = Value::at(self.document, self.at);
        self.at = after(events, node_at(events, self.at));
        Some(value)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.left, Some(self.left))
    }
}

impl ExactSizeIterator for Items<'_> {}

impl<'a> Value<'a> {
    /// Whether it is a mapping that may have that key. Most of what validation asks for is not there, and to find that
    /// out takes few instructions and stands in one place, so that the code around it stays small.
    #[inline(never)]
    pub(crate) fn may_have(self, key: Key<'_>) -> bool {
        let events: &[Event] = &self.document.events;
        let start = events[self.node as usize];
        if start.is(HASHED) {
            let bit = bit(key.hash);
            return start.hash & halved(bit) != 0 && events[start.link as usize].start & bit != 0;
        }
        start.kind == EventKind::MappingStart
    }

    /// The entry of a mapping with that key.
    pub(crate) fn entry(self, wanted: Key<'_>) -> Option<Entry<'a>> {
        let document = self.document;
        let events: &[Event] = &document.events;
        let start = events[self.node as usize];
        if !start.is(HASHED) {
            return self.entries().find(|entry| entry.key == wanted.text);
        }
        let mut key = node_at(events, self.node as usize + 1);
        for _ in 0..start.end / 2 {
            let event = events[key];
            if event.hash == wanted.hash {
                let text = document.written(event);
                if text == wanted.text {
                    let value = Value::at(document, key + 1);
                    return Some(Entry { key: text, key_span: event.span(), value, hash: event.hash });
                }
            }
            key = event.link as usize;
        }
        None
    }

    /// The entries of a mapping, each key once (the last one wins); none for other values.
    #[must_use]
    pub fn entries(self) -> Entries<'a> {
        let document = self.document;
        let event = self.event();
        let at = self.node as usize + 1;
        let from = match event.kind {
            EventKind::MappingStart if event.is(LISTED) => {
                let list = document.listed.binary_search_by_key(&self.node, |listed| listed.mapping);
                From::List(list.map_or(&[][..], |index| &document.listed[index].entries).iter())
            }
            EventKind::MappingStart if event.is(HASHED) => {
                From::Hashed { at: node_at(&document.events, at), left: event.end as usize / 2 }
            }
            EventKind::MappingStart => From::Tape { at, left: event.end as usize / 2 },
            _ => From::Tape { at, left: 0 },
        };
        Entries { document, from }
    }

    /// The bytes of a mapping's first key.
    pub(crate) fn first_key(self) -> Option<Span> {
        if self.event().is(HASHED) {
            let events = &self.document.events;
            let key = events[node_at(events, self.node as usize + 1)];
            return (self.event().end > 0).then(|| key.span());
        }
        self.entries().next().map(|entry| entry.key_span)
    }

    /// The items of a list; none for other values.
    #[must_use]
    pub fn items(self) -> Items<'a> {
        let event = self.event();
        let left = if event.kind == EventKind::SequenceStart { event.end as usize } else { 0 };
        Items { document: self.document, at: self.node as usize + 1, left }
    }
}
