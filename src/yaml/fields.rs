//! Which fields the mappings of a document have: found in one walk by who knows their names, then asked often.

use super::{Document, Key, PlainEntry, Value};
use crate::text::Span;

/// The fields of a document's mappings by their numbers, which the walk gives them: under 64, and another one for each
/// field of a mapping. It is kept in one run of words: for each event, where the record of the mapping that starts there
/// is; then the records: which fields are there, in two words, how many places follow, with the note, and the places.
#[derive(Debug)]
pub(crate) struct Fields {
    words: Vec<u32>,
}

/// In place of a record: none was made.
const NONE: u32 = 0;
/// In place of a record: two walks led to the mapping, by an alias, and may differ in what they take it for.
const CONTESTED: u32 = 1;
/// What stands in a record before its places.
const HEAD: usize = 3;

/// What is known of one mapping.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Known<'a> {
    /// A bit for the number of each field that is there.
    pub(crate) present: u64,
    /// For each number, if its field is there, the event of its key.
    pub(crate) places: &'a [u32],
    /// What the walk has noted of the mapping.
    pub(crate) note: u16,
}

/// A record that is being made.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Record(usize);

impl Fields {
    /// Nothing yet, for the mappings of a document.
    pub(crate) fn new(document: &Document) -> Self {
        let events = document.events.range().len();
        let mut words = Vec::with_capacity(4 * events + 32);
        // No record is at the places that say something else.
        words.resize(events.max(HEAD), NONE);
        Self { words }
    }

    /// Starts the record of a mapping whose fields have numbers below `width`; `None` for one that has a record.
    pub(crate) fn open(&mut self, mapping: Value<'_>, width: usize) -> Option<Record> {
        let record = self.words.len();
        let slot = &mut self.words[mapping.own_index()];
        if *slot != NONE {
            *slot = CONTESTED;
            return None;
        }
        *slot = record as u32;
        self.words.resize(record + HEAD + width, 0);
        self.words[record + 2] = width as u32;
        Some(Record(record))
    }

    /// Notes where the field of that number is.
    #[inline]
    pub(crate) fn put(&mut self, Record(record): Record, number: u8, entry: &PlainEntry<'_>) {
        self.words[record + HEAD + usize::from(number)] = entry.place;
    }

    /// Ends a record of fields with these numbers, a bit for each, with a note of the walk's own.
    pub(crate) fn close(&mut self, Record(record): Record, present: u64, note: u16) {
        if let Some([low, high, width, ..]) = self.words.get_mut(record..) {
            (*low, *high) = (present as u32, (present >> 32) as u32);
            *width |= u32::from(note) << 16;
        }
    }

    #[inline]
    fn known(&self, mapping: Value<'_>) -> Option<Known<'_>> {
        let record = *self.words.get(mapping.own_index())?;
        if record <= CONTESTED {
            return None;
        }
        let [low, high, width, places @ ..] = &self.words[record as usize..] else { return None };
        let present = u64::from(*low) | u64::from(*high) << 32;
        Some(Known { present, places: &places[..usize::from(*width as u16)], note: (*width >> 16) as u16 })
    }
}

impl<'a> Value<'a> {
    /// What a walk has found out of this mapping's fields; `None` where none has come by.
    #[inline]
    pub(crate) fn known(self) -> Option<Known<'a>> {
        self.document.fields.get()?.known(self)
    }

    /// Which of its document's events it starts at.
    #[inline]
    fn own_index(self) -> usize {
        self.node as usize - self.document.events.start()
    }

    /// The entry of a mapping, known at a place, if it has that key: the key's bytes and the value.
    #[inline]
    pub(crate) fn known_at(self, place: u32, key: Key<'_>) -> Option<(Span, Value<'a>)> {
        let document = self.document;
        let event = document.events[place as usize];
        // Two names of one hash never have one number.
        (event.hash == key.hash()).then(|| (event.span(), Value::at(document, place as usize + 1)))
    }
}
