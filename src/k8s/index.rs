//! Which fields an object has, and where: found in one walk by the API's types, then asked often.

mod walk;

use crate::k8s::schema::{NEVER, Type, Version};
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
    /// Where there are aliases, which lead to a mapping more than once: what each record's mapping was taken for, in order.
    types: Vec<(Record, &'static Type)>,
    has_aliases: bool,
}

/// In place of a record: none was made.
const NONE: u32 = 0;
/// In place of a record: two walks led to the mapping, by an alias, and may differ in what they take it for.
const CONTESTED: u32 = 1;
/// What stands in a record before its places.
const HEAD: usize = 4;

/// The record of one mapping.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Record(u32);

/// What a walk finds where it comes to a mapping.
enum Opened {
    /// A record to fill.
    New(Record),
    /// Another walk has filled it, and all in it is right from this minor version on.
    Known(u8),
    /// It is not known what the mapping is.
    Unclear,
}

impl Index {
    /// The fields of one object, if the server has its type beyond doubt.
    #[must_use]
    pub fn of_object(root: Value<'_>) -> Self {
        type_of(root).map_or_else(Self::default, |of| Self::of(root, of))
    }

    /// The fields of an object of that [type](type_of).
    pub(super) fn of(root: Value<'_>, of: &'static Type) -> Self {
        let mut index = Self::for_values(root);
        walk::object(root, of, &mut index);
        index
    }

    /// Nothing yet, for the values of an object.
    fn for_values(root: Value<'_>) -> Self {
        let numbers = root.numbers();
        let count = numbers.len();
        let mut words = Vec::with_capacity(4 * count + 32);
        // No record is at the places that say something else.
        words.resize(count.max(2), NONE);
        let has_aliases = root.is_among_aliases();
        Self { start: numbers.start, count: count as u32, words, types: Vec::new(), has_aliases }
    }

    /// Where it is said which record a value has; an alias may lead out of the object.
    #[inline]
    fn slot(&self, value: Value<'_>) -> Option<usize> {
        let slot = value.id().wrapping_sub(self.start);
        (slot < self.count).then_some(slot as usize)
    }

    /// Starts the record of a mapping that is taken for one of this type.
    fn open(&mut self, mapping: Value<'_>, of: &'static Type) -> Opened {
        let record = self.words.len();
        let Some(slot) = self.slot(mapping) else { return Opened::Unclear };
        match self.words[slot] {
            NONE => self.words[slot] = record as u32,
            CONTESTED => return Opened::Unclear,
            known => {
                if let Some(right_since) = self.right_since(Record(known), of) {
                    return Opened::Known(right_since);
                }
                self.words[slot] = CONTESTED;
                return Opened::Unclear;
            }
        }
        let width = of.width();
        self.words.resize(record + HEAD + width, 0);
        // Until it is closed, nothing is known of it to who comes by.
        self.words[record + 2] = u32::from(NEVER);
        self.words[record + 3] = width as u32;
        let record = Record(record as u32);
        if self.has_aliases {
            self.types.push((record, of));
        }
        Opened::New(record)
    }

    /// From which minor version on a mapping is right that was taken for one of this type.
    fn right_since(&self, record: Record, of: &Type) -> Option<u8> {
        let at = self.types.binary_search_by_key(&record, |(record, _)| *record).ok()?;
        (self.types[at].1 == of).then(|| u8::try_from(self.words[record.0 as usize + 2]).unwrap_or(NEVER))
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
