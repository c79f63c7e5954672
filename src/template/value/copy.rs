//! Copies of values, with maps and lists of their own.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use super::log::Watched;
use super::map::Entries;
use super::{Kind, List, Map, Unknown, Value};
use crate::template::text::Text;

impl Value {
    /// The same, with maps and lists of its own.
    pub(crate) fn deep_copy(&self) -> Self {
        self.copied(&Map::deep_copy)
    }

    /// The same of a value that nobody changes any more: what nobody looks at is not copied.
    pub(crate) fn lazy_copy(&self) -> Self {
        self.copied(&Map::lazy_copy)
    }

    fn copied(&self, copy: &dyn Fn(&Map) -> Map) -> Self {
        let kind = match &self.kind {
            Kind::List(list) if list.iter().any(|item| item.has_values() || item.is_unknown()) => {
                let items = list.iter().map(|item| item.copied(copy)).collect();
                Kind::List(List::of(list.holds(), items))
            }
            Kind::Map(map) => Kind::Map(copy(map)),
            Kind::Unknown(Unknown { holds, fields: Some(fields) }) => {
                Kind::Unknown(Unknown { holds: *holds, fields: Some(copy(fields)) })
            }
            kind => kind.clone(),
        };
        Self { kind, node: self.node }
    }
}

impl Map {
    fn deep_copy(&self) -> Self {
        let own = with_copies(&self.borrow(), |_, value| value.deep_copy());
        Self { entries: Rc::new(RefCell::new(Entries { own, copies: None, watched: None })), holds: self.holds }
    }

    /// What it is now, for copies of it: the maps in it are watched as its own are.
    pub(crate) fn snapshot(&self) -> Self {
        if self.is_made() {
            self.made();
        }
        let entries = &mut *self.entries.borrow_mut();
        let watched = entries.watched.clone();
        if let Some(source) = entries.copies.take() {
            // Of one map that is looked into for both, the maps in it have one number.
            let between = source.copy_watched(watched.clone()).holding(self.holds);
            entries.copies = Some(between.clone());
            return between.copy_watched(watched);
        }
        let own = with_copies(&entries.own, |_, value| value.copied(&Self::snapshot));
        Self { entries: Rc::new(RefCell::new(Entries { own, copies: None, watched })), holds: self.holds }
    }

    /// A copy of a map that nobody changes any more, made as far as it is looked at, and watched as that is.
    pub(crate) fn lazy_copy(&self) -> Self {
        self.copy_watched(self.entries.borrow().watched.clone())
    }

    fn copy_watched(&self, watched: Option<Watched>) -> Self {
        let entries = Entries { own: BTreeMap::new(), copies: Some(self.clone()), watched };
        Self { entries: Rc::new(RefCell::new(entries)), holds: self.holds }
    }

    /// Takes the entries of the map that this one is a copy of; those that have entries are copies, too, and watched if it
    /// is.
    pub(super) fn made(&self) {
        if self.entries.borrow().copies.is_none() {
            return;
        }
        let log = {
            let entries = &mut *self.entries.borrow_mut();
            if let Some(map) = entries.copies.take() {
                let known = std::mem::take(&mut entries.own);
                entries.own = with_copies(&map.unwatched(), |key, value| {
                    known.get(key).cloned().unwrap_or_else(|| value.lazy_copy())
                });
            }
            entries.watched.as_ref().map(|watched| Rc::clone(&watched.log))
        };
        if let Some(log) = log {
            self.watch_entries(&log);
        }
    }

    /// An entry, which a copy takes from the map that it is one of, if somebody may change what is in it.
    pub(super) fn entry(&self, key: &str) -> Option<(Text, Value)> {
        let (key, value) = {
            let entries = self.entries.borrow();
            let own = entries.own.get_key_value(key);
            let Some(source) = entries.copies.as_ref().filter(|_| own.is_none()) else {
                return own.map(|(key, value)| (key.clone(), value.clone()));
            };
            source.entry(key)?
        };
        if !value.has_values() && !value.is_unknown() {
            return Some((key, value));
        }
        let value = value.lazy_copy();
        self.entries.borrow_mut().own.insert(key.clone(), value.clone());
        if let Some(Watched { log, map }) = &self.entries.borrow().watched {
            value.watch(log);
            Self::note_home(log, *map, (&key, &value));
        }
        Some((key, value))
    }

    /// Whether both are copies of one map, and nobody has looked into either.
    pub(crate) fn is_as(&self, other: &Self) -> bool {
        let source = |map: &Self| {
            let mut at = map.clone();
            while let Some(next) = { at.entries.borrow().copies.clone().filter(|_| !at.is_made()) } {
                at = next;
            }
            at
        };
        source(self).is(&source(other))
    }

    /// Whether it has entries of its own, and is no copy that nobody has looked into.
    pub(crate) fn is_made(&self) -> bool {
        let entries = self.entries.borrow();
        entries.copies.is_none() || !entries.own.is_empty()
    }
}

/// Entries with copies in the place of what somebody may change.
fn with_copies(entries: &BTreeMap<Text, Value>, copy: impl Fn(&Text, &Value) -> Value) -> BTreeMap<Text, Value> {
    let mut copies = entries.clone();
    for (key, value) in copies.iter_mut().filter(|(_, value)| value.has_values() || value.is_unknown()) {
        *value = copy(key, value);
    }
    copies
}

#[cfg(test)]
mod tests {
    use super::{Map, Value};
    use crate::template::text::Text;

    fn names(map: &Map) -> Vec<String> {
        map.entries().iter().map(|(name, _)| name.as_str().to_owned()).collect()
    }

    #[test]
    fn what_is_changed_in_a_copy_is_changed_there_alone() {
        let inner: Map = [(Text::computed("x"), Value::int(1))].into_iter().collect();
        let outer = [(Text::computed("a"), Value::map(inner)), (Text::computed("b"), Value::int(2))];
        let source: Map = outer.into_iter().collect();
        let within = |map: &Map| map.get("a").and_then(|value| value.as_map().cloned()).expect("it is a map");
        let (copy, other) = (source.lazy_copy(), source.lazy_copy());
        assert!(!copy.is_made());
        assert_eq!(copy.get("b").map(|value| value.truth()), Some(Some(true)));
        assert!(!copy.is_made(), "a number is the same in both");
        within(&copy).insert(Text::computed("y"), Value::int(3));
        assert!(copy.is_made());
        let later = copy.snapshot();
        within(&copy).insert(Text::computed("z"), Value::int(4));
        assert_eq!((names(&copy), copy.len()), (vec!["a".to_owned(), "b".to_owned()], 2));
        assert_eq!(names(&within(&copy)), ["x", "y", "z"]);
        assert_eq!(names(&within(&later)), ["x", "y"]);
        assert_eq!(names(&within(&other)), ["x"]);
        assert_eq!(names(&within(&source)), ["x"]);
        assert!(!source.lazy_copy().is_as(&copy) && source.lazy_copy().is_as(&source.lazy_copy()));
    }
}
