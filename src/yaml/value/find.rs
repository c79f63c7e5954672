//! The entry of a mapping with a key: looked for one by one, in wide mappings by halves.
//!
//! Who asks a mapping for each of many keys would look through it each time.

use std::collections::HashMap;

use super::iter::key_text;
use super::{Entry, Key, Value};
use crate::yaml::Document;
use crate::yaml::document::Wide;
use crate::yaml::tape::EventKind;

/// Of a mapping with so many entries, looking at each takes about as long as anything else that is done with one key.
const NARROW: usize = 64;

impl<'a> Value<'a> {
    /// The entry of a mapping with that key.
    #[must_use]
    pub fn get(self, key: &str) -> Option<Entry<'a>> {
        self.find(Key::new(key))
    }

    /// The entry of a mapping with that key.
    pub(crate) fn find(self, key: Key<'_>) -> Option<Entry<'a>> {
        if let Some(mut entries) = self.plain_entries().filter(|entries| entries.len() <= NARROW) {
            return entries.find(|entry| entry.key == key).map(|entry| entry.read());
        }
        if self.entries().len() <= NARROW {
            return self.entries().find(|entry| key.is(entry.key));
        }
        self.find_by_halves(key)
    }

    #[cold]
    fn find_by_halves(self, key: Key<'_>) -> Option<Entry<'a>> {
        let document = self.document;
        let entries = document.wide.get_or_init(|| wide(document)).get(&self.node)?;
        let text = |place: u32| key_text(document, place as usize).as_bytes();
        let at = entries.binary_search_by(|(place, _)| text(*place).cmp(key.text)).ok()?;
        let (key, value) = entries[at];
        Some(Entry::at(document, key as usize, value as usize))
    }
}

fn wide(document: &Document) -> Wide {
    let mappings = document.events.own().filter(|(_, event)| event.kind == EventKind::MappingStart);
    let mappings = mappings.map(|(node, _)| Value::at(document, node));
    let wide = mappings.filter(|mapping| mapping.entries().len() > NARROW);
    wide.map(|mapping| (mapping.node, in_order_of_keys(mapping))).collect::<HashMap<_, _>>()
}

fn in_order_of_keys(mapping: Value<'_>) -> Vec<(u32, u32)> {
    let mut entries: Vec<_> = mapping.entries().map(|entry| (entry.place, entry.value.place)).collect();
    entries.sort_unstable_by_key(|(place, _)| key_text(mapping.document, *place as usize));
    entries
}

#[cfg(test)]
mod tests {
    use super::NARROW;
    use crate::yaml::{Document, parse};

    #[test]
    fn every_key_of_a_wide_mapping_is_found_however_it_is_written() {
        let keys = (0..2 * NARROW).map(|number| format!("k{}", number * 7 % 128));
        let plain: String = keys.map(|key| format!("{key}: {{name: {key}}}\n")).collect();
        let others = "\"a\\x62\": {name: ab}\n1: {name: '1'}\n? &key c\n: {name: c}\n<<: {m: {name: m}}\n";
        for text in [plain.clone(), format!("{plain}{others}"), format!("{others}{plain}")] {
            let file = parse(&text);
            let root = file.documents.first().and_then(Document::root).expect("a mapping");
            assert!(root.entries().len() > NARROW);
            for entry in root.entries() {
                let found = root.get(entry.key).expect("it is there");
                assert_eq!((found.key_span, found.value.span()), (entry.key_span, entry.value.span()));
                let name = found.value.get("name").expect("it has one").value;
                assert_eq!(name.as_str(), Some(entry.key));
            }
            assert!(["k", "k1000", "", "name"].iter().all(|absent| root.get(absent).is_none()));
        }
    }
}
