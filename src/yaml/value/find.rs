//! The entry of a mapping with a key: looked for one by one, in long mappings by halves.
//!
//! Who asks a mapping for each of many keys would look through it each time.

use super::iter::key_text;
use super::{Entry, Key, Value};
use crate::yaml::long::SHORT;
use crate::yaml::tape::EventKind;

impl<'a> Value<'a> {
    /// The entry of a mapping with that key.
    #[must_use]
    pub fn get(self, key: &str) -> Option<Entry<'a>> {
        self.find(Key::new(key))
    }

    /// The entry of a mapping with that key.
    pub(crate) fn find(self, key: Key<'_>) -> Option<Entry<'a>> {
        if let Some(mut entries) = self.plain_entries().filter(|entries| entries.len() <= SHORT) {
            return entries.find(|entry| entry.key == key).map(|entry| entry.read());
        }
        if self.event().kind != EventKind::MappingStart {
            return None;
        }
        let mut entries = self.entries();
        let found =
            if entries.len() <= SHORT { entries.find(|entry| key.is(entry.key)) } else { self.find_by_halves(key) };
        if found.is_none() {
            self.note_if_unknown();
        }
        found
    }

    #[cold]
    fn find_by_halves(self, key: Key<'_>) -> Option<Entry<'a>> {
        let document = self.document;
        let entries = self.entries().map(|entry| (entry.place, entry.value.place));
        let text_of = |(place, _)| key_text(document, place as usize).as_bytes();
        let (key, value) = document.long.find(self.node, entries, text_of, key.text)?;
        Some(Entry::at(document, key as usize, value as usize))
    }
}

#[cfg(test)]
mod tests {
    use crate::yaml::long::SHORT;
    use crate::yaml::{Document, parse};

    #[test]
    fn every_key_of_a_long_mapping_is_found_however_it_is_written() {
        let keys = (0..2 * SHORT).map(|number| format!("k{}", number * 7 % 128));
        let plain: String = keys.map(|key| format!("{key}: {{name: {key}}}\n")).collect();
        let others = "\"a\\x62\": {name: ab}\n1: {name: '1'}\n? &key c\n: {name: c}\n<<: {m: {name: m}}\n";
        for text in [plain.clone(), format!("{plain}{others}"), format!("{others}{plain}")] {
            let file = parse(&text);
            let root = file.documents.first().and_then(Document::root).expect("a mapping");
            assert!(root.entries().len() > SHORT);
            for entry in root.entries() {
                let found = root.get(entry.key).expect("it is there");
                assert_eq!((found.key_span, found.value.span()), (entry.key_span, entry.value.span()));
                let name = found.value.get("name").expect("it has one").value;
                assert_eq!(name.as_str(), Some(entry.key));
            }
            assert!(["k", "k1000", "", "name"].iter().all(|absent| root.get(absent).is_none()));
        }
    }

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
