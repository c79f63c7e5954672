//! Long mappings, which are asked for one key after another.

use std::sync::{Mutex, PoisonError};

use crate::hash::HashMap;
use crate::sort;

/// Mappings of more entries are searched by halves.
pub(super) const SHORT: usize = 64;

/// An entry: the events of its key and of its value.
pub(super) type Entry = (u32, u32);

/// The entries of long mappings that were asked for a key, by the mappings' numbers, in the order of the keys' texts.
/// Boxed, as most documents have none.
#[derive(Debug, Default)]
pub(super) struct LongMappings(Mutex<Option<Box<Sorted>>>);

#[derive(Debug, Default)]
struct Sorted(HashMap<u32, Vec<Entry>>);

impl LongMappings {
    /// The first of a mapping's entries whose key has a text.
    pub(super) fn find<'t>(
        &self,
        mapping: u32,
        entries: impl Iterator<Item = Entry>,
        text_of: impl Fn(Entry) -> &'t [u8],
        text: &[u8],
    ) -> Option<Entry> {
        let mut mappings = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let sorted = mappings.get_or_insert_default().0.entry(mapping).or_insert_with(|| {
            let mut entries: Vec<Entry> = entries.collect();
            sort::by(&mut entries, |one, other| text_of(*one).cmp(text_of(*other)));
            entries
        });
        let at = sorted.partition_point(|entry| text_of(*entry) < text);
        sorted.get(at).copied().filter(|entry| text_of(*entry) == text)
    }
}
