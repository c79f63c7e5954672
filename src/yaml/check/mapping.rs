//! The keys of one mapping: which ones are the same, and what merges bring in.

use std::collections::hash_map::Entry;

use super::Checker;
use crate::hash::{HashMap, HashSet};
use crate::text::Span;
use crate::yaml::document::{Listed, resolve_event, tag_class};
use crate::yaml::error::problem;
use crate::yaml::resolve::{Scalar, TagClass, key_text};
use crate::yaml::tape::{
    DECODE, Event, EventKind, HASHED, LISTED, NOWHERE, STRING, TAGGED, WRITTEN_KEY, after, bit, hash, node_at,
};
use crate::yaml::{Note, RepeatedKey, Trap};

/// A key as Go's map compares it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Identity {
    String(String),
    Int(i64),
    /// The bits of a number; every NaN is its own.
    Float(u64),
    Nan(u32),
    Bool(bool),
}

/// The entries of a mapping while they are put together.
#[derive(Default)]
struct Collected {
    entries: Vec<(u32, u32, bool)>,
    places: HashMap<Identity, usize>,
    /// A merge or a repetition: the tape alone does not tell the entries.
    listed: bool,
}

impl<'d> Checker<'d> {
    pub(super) fn check_mapping(&mut self, start: usize) {
        if !self.hash_keys(start) {
            self.collect_mapping(start);
        }
    }

    /// Notes the keys' hashes, if all are strings as they are written, each there once.
    fn hash_keys(&mut self, start: usize) -> bool {
        const SMALL: u32 = 32;
        let nodes = self.events[start].end;
        // A set costs more than it saves while the keys are few.
        let mut all = (nodes / 2 > SMALL).then(HashSet::default);
        let mut bits = 0;
        let mut key = node_at(self.events, start + 1);
        for _ in 0..nodes / 2 {
            let Some(text) = self.simple_key(key) else { return false };
            let hash = hash(text);
            let is_new = match &mut all {
                None => bits & bit(hash) == 0 || !self.has_key_before(start, key, hash),
                Some(all) => all.insert(text),
            };
            if !is_new {
                return false;
            }
            bits |= bit(hash);
            let next = node_at(self.events, after(self.events, node_at(self.events, key + 1)));
            self.events[key] = Event { hash, link: next as u32, ..self.events[key] };
            key = next;
        }
        self.events[start].flags |= HASHED;
        true
    }

    /// Whether a key before the one at `end` is the same, all being simple.
    fn has_key_before(&self, start: usize, end: usize, hash: u16) -> bool {
        let mut key = node_at(self.events, start + 1);
        while key < end {
            let event = self.events[key];
            if event.hash == hash && self.simple_key(key) == self.simple_key(end) {
                return true;
            }
            key = event.link as usize;
        }
        false
    }

    /// The text of a key that is a string and stands in the source as it is.
    #[inline]
    fn simple_key(&self, key: usize) -> Option<&'d [u8]> {
        let event = self.events[key];
        if event.is(DECODE | TAGGED) {
            return None;
        }
        let text: &'d str = self.text;
        let (start, end) = (event.start as usize, event.end as usize);
        match event.kind {
            EventKind::Plain if event.is(STRING) => Some(&text.as_bytes()[start..end]).filter(|bytes| *bytes != b"<<"),
            EventKind::SingleQuoted | EventKind::DoubleQuoted => Some(&text.as_bytes()[start + 1..end - 1]),
            _ => None,
        }
    }

    fn collect_mapping(&mut self, start: usize) {
        let mut collected = Collected::default();
        let mut at = start + 1;
        for _ in 0..self.events[start].end / 2 {
            let key = node_at(self.events, at);
            let value = node_at(self.events, after(self.events, key));
            at = after(self.events, value);
            if self.is_merge_key(key) {
                collected.listed = true;
                self.merge((start, key), value, &mut collected);
            } else if let Some(identity) = self.identity(start, key) {
                self.add(identity, (key as u32, value as u32), false, &mut collected);
            } else {
                collected.listed = true;
            }
        }
        self.find_collisions(&collected);
        if collected.listed {
            self.events[start].flags |= LISTED;
            let entries = collected.entries.iter().map(|(key, value, _)| (*key, *value)).collect();
            self.listed_at.insert(start as u32, self.result.listed.len());
            self.result.listed.push(Listed { mapping: start as u32, entries });
        }
    }

    fn add(&mut self, identity: Identity, (key, value): (u32, u32), merged: bool, collected: &mut Collected) {
        match collected.places.entry(identity) {
            Entry::Vacant(vacant) => {
                vacant.insert(collected.entries.len());
                collected.entries.push((key, value, merged));
            }
            Entry::Occupied(occupied) => {
                let (first, _, first_merged) = collected.entries[*occupied.get()];
                collected.entries[*occupied.get()] = (key, value, merged);
                collected.listed = true;
                let merged = merged || first_merged;
                let again = self.span(key as usize);
                self.result.repeated.push(RepeatedKey {
                    key: self.key_string(key as usize),
                    first: self.span(first as usize),
                    again,
                    merged,
                });
                if merged {
                    self.note(again, Trap::MergeOverride);
                }
            }
        }
    }

    fn note(&mut self, span: Span, trap: Trap) {
        self.result.notes.push(Note { span, trap, document: None });
    }

    /// `<<` without quotes, or with the tag `!!merge` or `!`.
    pub(super) fn is_merge_key(&self, key: usize) -> bool {
        let event = self.events[key];
        if self.json || !event.is_scalar() {
            return false;
        }
        let may_merge = match tag_class(self.events, key) {
            None => event.kind == EventKind::Plain,
            Some(tag) => matches!(tag, TagClass::Merge | TagClass::NonSpecific),
        };
        may_merge && self.scalar_text(key) == "<<"
    }

    fn merge(&mut self, place: (usize, usize), value: usize, collected: &mut Collected) {
        if self.events[value].kind != EventKind::SequenceStart {
            return self.merge_one(place, value, collected);
        }
        let mut items = Vec::new();
        let mut at = value + 1;
        for _ in 0..self.events[value].end {
            let item = node_at(self.events, at);
            at = after(self.events, item);
            items.push(item);
        }
        // The earlier ones take precedence, so they are set last.
        for item in items.into_iter().rev() {
            self.merge_one(place, item, collected);
        }
    }

    fn merge_one(&mut self, (mapping, key): (usize, usize), value: usize, collected: &mut Collected) {
        let event = self.events[value];
        let target = match event.kind {
            EventKind::Alias if event.link == NOWHERE => return,
            EventKind::Alias => event.link as usize,
            _ => value,
        };
        if self.events[target].kind != EventKind::MappingStart {
            let place = self.span(if event.is_collection() || event.is_scalar() { value } else { key });
            return self.fail(problem(place, "a merge (`<<`) takes a mapping or a list of mappings"));
        }
        if let Some(error) = self.bad_keys.get(&(target as u32)).cloned() {
            self.bad_keys.entry(mapping as u32).or_insert(error);
        }
        for (key, value) in self.entries_of(target) {
            if let Some(identity) = self.identity(target, key as usize) {
                self.add(identity, (key, value), true, collected);
            }
        }
    }

    fn entries_of(&self, mapping: usize) -> Vec<(u32, u32)> {
        let start = self.events[mapping];
        if start.is(LISTED) {
            let listed = self.listed_at.get(&(mapping as u32)).map(|index| &self.result.listed[*index]);
            return listed.map(|listed| listed.entries.clone()).unwrap_or_default();
        }
        let mut entries = Vec::with_capacity(start.end as usize / 2);
        let mut at = mapping + 1;
        for _ in 0..start.end / 2 {
            let key = node_at(self.events, at);
            let value = node_at(self.events, after(self.events, key));
            at = after(self.events, value);
            entries.push((key as u32, value as u32));
        }
        entries
    }

    /// What a key is to Go's map; `None` for one that Kubernetes refuses.
    fn identity(&mut self, mapping: usize, key: usize) -> Option<Identity> {
        let event = self.events[key];
        let written = match event.kind {
            EventKind::Alias if event.link == NOWHERE => return None,
            EventKind::Alias => event.link as usize,
            _ => key,
        };
        let place = self.span(key);
        if !self.events[written].is_scalar() {
            self.fail(problem(place, "a list or a mapping stands here as a key, and Kubernetes takes names only"));
            return None;
        }
        let text = self.scalar_text(written).into_owned();
        if self.json {
            return Some(Identity::String(text));
        }
        // A tag that is not met has been reported already.
        let identity = match resolve_event(self.events, written, &text)? {
            Scalar::String => return Some(Identity::String(self.string_of(written, text))),
            Scalar::Int(value) => Identity::Int(value),
            Scalar::Bool(value) => Identity::Bool(value),
            Scalar::Float(value) if value.is_nan() => Identity::Nan(key as u32),
            Scalar::Float(value) => Identity::Float(if value == 0.0 { 0 } else { value.to_bits() }),
            refused @ (Scalar::Null | Scalar::Uint(_)) => {
                let what = if refused == Scalar::Null {
                    "a key is missing here; `null` is none"
                } else {
                    "a key that is a number is at most 9223372036854775807; quote it"
                };
                self.bad_keys.entry(mapping as u32).or_insert_with(|| problem(place, what));
                return None;
            }
        };
        self.events[key].flags |= DECODE | WRITTEN_KEY;
        Some(identity)
    }

    fn string_of(&self, written: usize, text: String) -> String {
        match tag_class(self.events, written) {
            Some(TagClass::Binary) => crate::yaml::resolve::binary(&text).unwrap_or_default(),
            _ => text,
        }
    }

    fn key_string(&self, key: usize) -> String {
        let event = self.events[key];
        let written = if event.kind == EventKind::Alias { event.link as usize } else { key };
        let text = self.scalar_text(written).into_owned();
        match resolve_event(self.events, written, &text) {
            Some(scalar) if !self.json => key_text(scalar, &text),
            _ => text,
        }
    }

    /// Keys that Go tells apart and JSON does not.
    fn find_collisions(&mut self, collected: &Collected) {
        let plain = |identity: &Identity| matches!(identity, Identity::String(_));
        if collected.places.keys().all(plain) {
            return;
        }
        let mut strings: HashMap<String, u32> = HashMap::default();
        for (key, _, _) in &collected.entries {
            if strings.insert(self.key_string(*key as usize), *key).is_some() {
                let span = self.span(*key as usize);
                self.note(span, Trap::Collision);
            }
        }
    }
}
