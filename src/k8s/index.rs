//! Which fields an object has, and where: found in one walk by the API's types, then asked often.

mod walk;

use std::ops::Range;

use crate::k8s::schema::{Type, Version};
use crate::yaml::{PlainEntry, Value};

pub(super) use walk::{fits, type_of};

/// The fields of an object's mappings by the numbers that the API's types give them: under 64, and another one for each
/// field of a type. It is one run of words: for each value of the object, where the record of the mapping that starts
/// there is; then the records: which fields are there, in two words, from which version on all in it is right, how many
/// places follow, and the places.
#[derive(Debug, Default)]
pub struct Index {
    /// The number of the object's first value, and how many there are.
    start: u32,
    count: u32,
    words: Vec<u32>,
}

/// In place of a record: none was made.
const NONE: u32 = 0;
/// In place of a record: two walks led to the mapping, by an alias, and may differ in what they take it for.
const CONTESTED: u32 = 1;
/// What stands in a record before its places.
const HEAD: usize = 4;

/// The record of one mapping.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Record(u32);

impl Index {
    /// The fields of one object, if the server has its type beyond doubt.
    #[must_use]
    pub fn of_object(root: Value<'_>) -> Self {
        type_of(root).map_or_else(Self::default, |of| Self::of(root, of))
    }

    /// The fields of an object of that [type](type_of).
    pub(super) fn of(root: Value<'_>, of: &'static Type) -> Self {
        let mut index = Self::for_values(root.numbers());
        walk::object(root, of, &mut index);
        index
    }

    /// Nothing yet, for values of these numbers.
    fn for_values(numbers: Range<u32>) -> Self {
        let count = numbers.len();
        let mut words = Vec::with_capacity(4 * count + 32);
        // No record is at the places that say something else.
        words.resize(count.max(2), NONE);
        Self { start: numbers.start, count: count as u32, words }
    }

    /// Where it is said which record a value has; an alias may lead out of the object.
    #[inline]
    fn slot(&self, value: Value<'_>) -> Option<usize> {
        let slot = value.id().wrapping_sub(self.start);
        (slot < self.count).then_some(slot as usize)
    }

    /// Starts the record of a mapping whose fields have numbers below `width`; `None` for one that has a record.
    fn open(&mut self, mapping: Value<'_>, width: usize) -> Option<Record> {
        let record = self.words.len();
        let slot = self.slot(mapping)?;
        let slot = &mut self.words[slot];
        if *slot != NONE {
            *slot = CONTESTED;
            return None;
        }
        *slot = record as u32;
        self.words.resize(record + HEAD + width, 0);
        self.words[record + 3] = width as u32;
        Some(Record(record as u32))
    }

    /// Notes where the field of that number is.
    #[inline]
    fn put(&mut self, Record(record): Record, number: u8, entry: &PlainEntry<'_>) {
        self.words[record as usize + HEAD + usize::from(number)] = entry.place;
    }

    /// Ends a record of fields with these numbers, a bit for each, in which all is right from a minor version on.
    fn close(&mut self, Record(record): Record, present: u64, right_since: u8) {
        if let Some([low, high, since, ..]) = self.words.get_mut(record as usize..) {
            (*low, *high, *since) = (present as u32, (present >> 32) as u32, u32::from(right_since));
        }
    }

    /// The record of a mapping that a walk led to, and a bit for the number of each field that is there.
    #[inline]
    pub(super) fn record(&self, mapping: Value<'_>) -> Option<(Record, u64)> {
        let record = self.words[self.slot(mapping)?];
        if record <= CONTESTED {
            return None;
        }
        let [low, high, ..] = self.words.get(record as usize..)? else { return None };
        Some((Record(record), u64::from(*low) | u64::from(*high) << 32))
    }

    /// Where the field of that number is, if it is there: the event of its key.
    #[inline]
    pub(super) fn place(&self, Record(record): Record, number: u8) -> Option<u32> {
        let record = self.words.get(record as usize + 3..)?;
        let (width, places) = record.split_first()?;
        places.get(..*width as usize)?.get(usize::from(number)).copied()
    }

    /// Whether a walk has come to an object.
    pub(super) fn has(&self, object: Value<'_>) -> bool {
        self.record(object).is_some()
    }

    /// Whether it is certain that decoding has nothing to say of an object in this version.
    pub(super) fn is_right(&self, object: Value<'_>, version: Version) -> bool {
        self.record(object).is_some_and(|(Record(at), _)| self.words[at as usize + 2] <= u32::from(version.minor()))
    }
}
