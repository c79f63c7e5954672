//! The children of a collection, straight from the tape.

use super::{Entry, Value, span_of};
use crate::yaml::Document;
use crate::yaml::tape::{Event, EventKind, HASHED, LISTED, WRITTEN_KEY, after, bit, node_at};

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
                return Some(Entry { key: document.written(event), key_span: event.span(), value });
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
        Some(Entry {
            key: document.scalar_text(key_node),
            key_span: span_of(events, key),
            value: Value::at(document, value),
        })
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
    /// Whether there may be an entry with a key of that hash.
    pub(super) fn may_have(self, hash: u16) -> bool {
        let events: &[Event] = &self.document.events;
        let start = events[self.node as usize];
        start.kind == EventKind::MappingStart
            && (!start.is(HASHED) || events[start.link as usize].start & bit(hash) != 0)
    }

    /// The entry of a mapping with that key.
    pub(super) fn entry(self, wanted: &str, hash: u16) -> Option<Entry<'a>> {
        let document = self.document;
        let events: &[Event] = &document.events;
        let start = events[self.node as usize];
        if !start.is(HASHED) {
            return self.entries().find(|entry| entry.key == wanted);
        }
        let mut key = node_at(events, self.node as usize + 1);
        for _ in 0..start.end / 2 {
            let event = events[key];
            if event.hash == hash {
                let text = document.written(event);
                if text == wanted {
                    return Some(Entry { key: text, key_span: event.span(), value: Value::at(document, key + 1) });
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

    /// The items of a list; none for other values.
    #[must_use]
    pub fn items(self) -> Items<'a> {
        let event = self.event();
        let left = if event.kind == EventKind::SequenceStart { event.end as usize } else { 0 };
        Items { document: self.document, at: self.node as usize + 1, left }
    }
}
