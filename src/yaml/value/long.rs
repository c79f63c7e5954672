//! Long mappings, which are asked for one key after another.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use super::{Entry, Key, Value, key_text, span_of};

/// Mappings of more entries are searched by halves.
pub(super) const SHORT: usize = 64;

/// The entries of long mappings that were asked for a key, by the mappings' numbers: the events of key and value, in
/// the order of the keys' texts.
#[derive(Debug, Default)]
pub(in crate::yaml) struct LongMappings(Mutex<HashMap<u32, Vec<(u32, u32)>>>);

impl LongMappings {
    /// The first entry of a mapping with that key.
    pub(super) fn find<'a>(&self, mapping: Value<'a>, key: Key<'_>) -> Option<Entry<'a>> {
        let document = mapping.document;
        let text = |(place, _): &(u32, u32)| key_text(document, *place as usize).as_bytes();
        let mut mappings = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let entries = mappings.entry(mapping.node).or_insert_with(|| {
            let mut entries: Vec<_> = mapping.entries().map(|entry| (entry.place, entry.value.place)).collect();
            entries.sort_by(|one, other| text(one).cmp(text(other)));
            entries
        });
        let found = *entries.get(entries.partition_point(|entry| text(entry) < key.text))?;
        let (place, value) = found;
        (text(&found) == key.text).then(|| Entry {
            key: key_text(document, place as usize),
            key_span: span_of(&document.events, place as usize),
            place,
            value: Value::at(document, value as usize),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::SHORT;
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
