//! The children of a collection, straight from the tape.

use super::{Entry, Key, Value, span_of};
use crate::text::Span;
use crate::yaml::Document;
use crate::yaml::long::SHORT;
use crate::yaml::tape::{Event, EventKind, HASHED, LISTED, WRITTEN_KEY, after, node_at};

/// The entries of a mapping.
#[derive(Debug, Clone)]
pub struct Entries<'a> {
    document: &'a Document,
    from: From<'a>,
}

#[derive(Debug, Clone)]
enum From<'a> {
    /// All keys are as they are written.
    Plain(PlainEntries<'a>),
    /// The next key's event, and how many entries are left.
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
            From::Plain(entries) => {
                return entries.next().map(PlainEntry::read);
            }
            From::Tape { left: 0, .. } => return None,
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
        let (text, key_span) = (key_text(document, key), span_of(events, key));
        Some(Entry { key: text, key_span, place: key as u32, value: Value::at(document, value) })
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let left = match &self.from {
            From::Plain(entries) => entries.left as usize,
            From::Tape { left, .. } => *left,
            From::List(list) => list.len(),
        };
        (left, Some(left))
    }
}

impl ExactSizeIterator for Entries<'_> {}

/// An entry of a mapping whose keys are strings as they are written, each there once.
#[derive(Debug, Clone, Copy)]
pub(crate) struct PlainEntry<'a> {
    pub(crate) key: Key<'a>,
    /// The event of its key.
    pub(crate) place: u32,
    pub(crate) value: Value<'a>,
}

impl<'a> PlainEntry<'a> {
    fn read(self) -> Entry<'a> {
        let document = self.value.document;
        let event = document.events[self.place as usize];
        Entry { key: document.written(event), key_span: event.span(), place: self.place, value: self.value }
    }
}

/// The entries of such a mapping.
#[derive(Debug, Clone)]
pub(crate) struct PlainEntries<'a> {
    document: &'a Document,
    events: &'a [Event],
    /// The next key's event, and how many entries are left.
    at: u32,
    left: u32,
}

impl<'a> Iterator for PlainEntries<'a> {
    type Item = PlainEntry<'a>;

    #[inline]
    fn next(&mut self) -> Option<PlainEntry<'a>> {
        self.left = self.left.checked_sub(1)?;
        let (document, place) = (self.document, self.at);
        let event = self.events[place as usize];
        self.at = event.link;
        let key = Key { text: document.written_bytes(event), hash: event.hash };
        Some(PlainEntry { key, place, value: Value::among(self.events, document, place as usize + 1) })
    }
}

/// The text of a key that may be an alias or no string.
pub(in crate::yaml) fn key_text(document: &Document, key: usize) -> &str {
    let written = document.events[key].is(WRITTEN_KEY);
    document.scalar_text(if written { key as u32 } else { Value::at(document, key).node })
}

/// The items of a list.
#[derive(Debug, Clone)]
pub struct Items<'a> {
    document: &'a Document,
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
    /// The entry of a mapping with that key.
    #[must_use]
    pub fn get(self, key: &str) -> Option<Entry<'a>> {
        self.find(Key::new(key))
    }

    /// The entry of a mapping with that key.
    pub(crate) fn find(self, key: Key<'_>) -> Option<Entry<'a>> {
        match self.plain_entries() {
            Some(entries) if entries.left as usize > SHORT => self.find_among_many(key),
            Some(mut entries) => entries.find(|entry| entry.key == key).map(PlainEntry::read),
            None if self.entries().len() > SHORT => self.find_among_many(key),
            None => self.entries().find(|entry| key.is(entry.key)),
        }
    }

    fn find_among_many(self, key: Key<'_>) -> Option<Entry<'a>> {
        let document = self.document;
        let entries = self.entries().map(|entry| (entry.place, entry.value.place));
        let text_of = |(place, _)| key_text(document, place as usize).as_bytes();
        let (place, value) = document.long.find(self.node, entries, text_of, key.text)?;
        Some(Entry {
            key: key_text(document, place as usize),
            key_span: span_of(&document.events, place as usize),
            place,
            value: Value::at(document, value as usize),
        })
    }

    /// The key's bytes and the value of this mapping's entry whose key is at an event, if it is that key: of two names
    /// with one hash, not both are fields of one type.
    #[inline]
    pub(crate) fn entry_at(self, place: u32, key: Key<'_>) -> Option<(Span, Value<'a>)> {
        let event = self.document.events[place as usize];
        (event.hash == key.hash()).then(|| (event.span(), Value::at(self.document, place as usize + 1)))
    }

    /// The entries of a mapping whose keys are strings as they are written, each there once.
    #[inline]
    pub(crate) fn plain_entries(self) -> Option<PlainEntries<'a>> {
        let (document, events): (_, &[Event]) = (self.document, &self.document.events);
        let start = events[self.node as usize];
        start.is(HASHED).then(|| {
            let at = node_at(events, self.node as usize + 1) as u32;
            PlainEntries { document, events, at, left: start.end / 2 }
        })
    }

    /// The entries of a mapping, each key once (the last one wins); none for other values.
    #[must_use]
    pub fn entries(self) -> Entries<'a> {
        let (document, start) = (self.document, self.event());
        let (at, left) = (self.node as usize + 1, start.end as usize / 2);
        let from = match (start.kind, self.plain_entries()) {
            (_, Some(entries)) => From::Plain(entries),
            (EventKind::MappingStart, None) if start.is(LISTED) => {
                let list = document.listed.binary_search_by_key(&self.node, |listed| listed.mapping);
                From::List(list.map_or(&[][..], |index| &document.listed[index].entries).iter())
            }
            (EventKind::MappingStart, None) => From::Tape { at, left },
            _ => From::Tape { at, left: 0 },
        };
        Entries { document, from }
    }

    /// The bytes of a mapping's first key.
    pub(crate) fn first_key(self) -> Option<Span> {
        match self.plain_entries() {
            Some(PlainEntries { left: 0, .. }) => None,
            Some(PlainEntries { at, .. }) => Some(self.document.events[at as usize].span()),
            None => self.entries().next().map(|entry| entry.key_span),
        }
    }

    /// The items of a list; none for other values.
    #[must_use]
    pub fn items(self) -> Items<'a> {
        let event = self.event();
        let left = if event.kind == EventKind::SequenceStart { event.end as usize } else { 0 };
        Items { document: self.document, at: self.node as usize + 1, left }
    }
}

#[cfg(test)]
mod tests {
    use crate::yaml::long::SHORT;
    use crate::yaml::{Document, parse};

    #[test]
    fn keys_of_long_mappings_are_found_as_those_of_short_ones() {
        let keys = |count: usize| (0..count).map(|key| format!("  k{key}: {key}\n")).collect::<String>();
        let more = "  <<: *m\n  k1: again\n  1: number\n  \"1\": text\n  \"\\x61\": escaped\n  on: word\n";
        for (merged, own) in [(0, SHORT * 2), (SHORT * 2, 0), (SHORT, SHORT)] {
            let text = format!("m: &m\n  x: 1\n{}long:\n{}{more}", keys(merged), keys(own));
            let file = parse(&text);
            for mapping in file.documents.first().and_then(Document::root).expect("a mapping").entries() {
                for entry in mapping.value.entries() {
                    let first = mapping.value.entries().find(|other| other.key == entry.key);
                    let found = mapping.value.get(entry.key);
                    assert_eq!(found.map(|found| found.key_span), first.map(|first| first.key_span), "{}", entry.key);
                    assert_eq!(found.map(|found| found.value.span()), first.map(|first| first.value.span()));
                }
                assert!(mapping.value.get("k").is_none() && mapping.value.get("z").is_none());
            }
        }
    }
}
