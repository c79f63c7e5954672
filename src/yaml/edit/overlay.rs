//! What a document is to be with changes: its values, and over them what the changes make of some. Compared by walking
//! both documents, so that no second tree is built.

use std::ops::Range;

use super::plan::{Content, Effect};
use super::scalar::Meaning;
use super::structure::Structure;
use crate::hash::{HashMap, HashSet};
use crate::sort;
use crate::yaml::{Kind, Number, Value};

/// Effects by the events that they are about. They show only where a value stands itself, not where an alias or a
/// merge leads to it.
#[derive(Default)]
pub(super) struct Overlay<'o> {
    /// For a key its new name; none where it is gone.
    keys: HashMap<u32, Option<&'o str>>,
    scalars: HashMap<u32, &'o Meaning<'o>>,
    spliced: HashMap<u32, Vec<(&'o Range<usize>, &'o str)>>,
    new: HashMap<u32, Vec<(&'o str, &'o Content<'o>)>>,
}

impl<'o> Overlay<'o> {
    pub(super) fn of(effects: impl Iterator<Item = &'o Effect<'o>>) -> Self {
        let mut overlay = Self::default();
        for effect in effects {
            match effect {
                Effect::Gone(place) => drop(overlay.keys.insert(place.key, None)),
                Effect::Named(place, name) => drop(overlay.keys.insert(place.key, Some(name))),
                Effect::Set(at, meaning) => drop(overlay.scalars.insert(*at, meaning)),
                Effect::Spliced(at, part, text) => overlay.spliced.entry(*at).or_default().push((part, text)),
                Effect::New { mapping, key, value } => overlay.new.entry(*mapping).or_default().push((key, value)),
            }
        }
        for parts in overlay.spliced.values_mut() {
            sort::by_key(parts, |(part, _)| (part.start, part.end));
        }
        overlay
    }
}

/// A document and what it is to be.
pub(super) struct Comparison<'o, 'a> {
    pub(super) structure: &'o Structure<'a>,
    pub(super) overlay: &'o Overlay<'o>,
    /// Collections that were reached by aliases and found to be the same; each is looked at once.
    pub(super) same: HashSet<(u32, u32)>,
}

impl Comparison<'_, '_> {
    /// Whether `new` is what `old` is to be. `own` says whether no alias and no merge led to the old one.
    pub(super) fn holds(&mut self, old: Value<'_>, own: bool, new: Value<'_>) -> bool {
        let own = own && old.place == old.node;
        match (old.kind(), new.kind()) {
            (Kind::Sequence | Kind::Mapping, Kind::Sequence | Kind::Mapping) if !own => {
                let pair = (old.node, new.node);
                let same = self.same.contains(&pair) || self.collections(old, own, new);
                self.same.extend(same.then_some(pair));
                same
            }
            (Kind::Sequence | Kind::Mapping, Kind::Sequence | Kind::Mapping) => self.collections(old, own, new),
            _ if own && self.overlay.scalars.contains_key(&old.node) => self.overlay.scalars[&old.node].is(new),
            (Kind::String(text), Kind::String(other)) => match self.overlay.spliced.get(&old.node) {
                Some(parts) if own => is_spliced(text, parts, other),
                _ => text == other,
            },
            (old, new) => is_same_scalar(old, new),
        }
    }

    fn collections(&mut self, old: Value<'_>, own: bool, new: Value<'_>) -> bool {
        match (old.is_mapping(), new.is_mapping()) {
            (true, true) => self.mappings(old, own, new),
            (false, false) => {
                old.items().len() == new.items().len()
                    && old.items().zip(new.items()).all(|(old, new)| self.holds(old, own, new))
            }
            _ => false,
        }
    }

    fn mappings(&mut self, old: Value<'_>, own: bool, new: Value<'_>) -> bool {
        let mut keys = Keys::of(new);
        let mut count = 0;
        for entry in old.entries() {
            let own = own && self.structure.parent(entry.place) == old.node;
            let name = match self.overlay.keys.get(&entry.place) {
                Some(None) if own => continue,
                Some(Some(name)) if own => name,
                _ => entry.key,
            };
            count += 1;
            if !keys.find(name).is_some_and(|new| self.holds(entry.value, own, new)) {
                return false;
            }
        }
        let overlay = self.overlay;
        let added = overlay.new.get(&old.node).filter(|_| own).map_or(&[][..], Vec::as_slice);
        count + added.len() == new.entries().len()
            && added.iter().all(|(name, content)| keys.find(name).is_some_and(|new| self.has(content, new)))
    }

    /// Whether a new key has what it is to have.
    fn has(&mut self, content: &Content<'_>, new: Value<'_>) -> bool {
        match content {
            Content::Scalar(meaning) => meaning.is(new),
            Content::Moved(key) => self.holds(self.structure.value_of(*key), true, new),
            Content::Below(keys, key) => {
                let (name, below) = match keys.split_first() {
                    Some((first, rest)) => (first.as_str(), Content::Below(rest, *key)),
                    None => (self.structure.name_of(*key), Content::Moved(*key)),
                };
                new.entries().len() == 1 && new.get(name).is_some_and(|entry| self.has(&below, entry.value))
            }
        }
    }
}

/// The keys of a mapping that is read as changed. They are mostly asked for in their order.
struct Keys<'a> {
    mapping: Value<'a>,
    in_order: crate::yaml::Entries<'a>,
    by_name: Option<HashMap<&'a str, Value<'a>>>,
}

impl<'a> Keys<'a> {
    fn of(mapping: Value<'a>) -> Self {
        Self { mapping, in_order: mapping.entries(), by_name: None }
    }

    fn find(&mut self, name: &str) -> Option<Value<'a>> {
        let before = self.in_order.clone();
        if let Some(entry) = self.in_order.next().filter(|entry| entry.key == name) {
            return Some(entry.value);
        }
        self.in_order = before;
        let mapping = self.mapping;
        let by_name =
            self.by_name.get_or_insert_with(|| mapping.entries().map(|entry| (entry.key, entry.value)).collect());
        let found = by_name.get(name).copied();
        if let Some(value) = found {
            // Goes on behind it, where it stands a little further on.
            let mut ahead = self.in_order.clone();
            if ahead.by_ref().take(2).any(|entry| entry.value.place == value.place) {
                self.in_order = ahead;
            }
        }
        found
    }
}

fn is_spliced(old: &str, parts: &[(&Range<usize>, &str)], new: &str) -> bool {
    let mut meant = String::with_capacity(new.len());
    let mut done = 0;
    for (part, text) in parts {
        let Some(before) = old.get(done..part.start) else { return false };
        meant.push_str(before);
        meant.push_str(text);
        done = part.end;
    }
    meant.push_str(&old[done..]);
    meant == new
}

fn is_same_scalar(old: Kind<'_>, new: Kind<'_>) -> bool {
    match (old, new) {
        // What is no number is not even equal to itself.
        (Kind::Number(Number::Float(old)), Kind::Number(Number::Float(new))) => old.to_bits() == new.to_bits(),
        _ => old == new,
    }
}
