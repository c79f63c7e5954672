//! Copies of values, with maps and lists of their own.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use super::log::Watched;
use super::map::Entries;
use super::{Kind, List, Map, Unknown, Value};

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
        let entries = self.borrow().iter().map(|(key, value)| (key.clone(), value.deep_copy())).collect();
        Self { holds: self.holds, ..Self::of(entries) }
    }

    /// What it is now, for copies of it: the maps in it are watched as its own are.
    pub(crate) fn snapshot(&self) -> Self {
        let entries = &mut *self.entries.borrow_mut();
        let watched = entries.watched.clone();
        if let Some(source) = entries.copies.take() {
            // Of one map that is looked into for both, the maps in it have one number.
            let between = source.copy_watched(watched.clone()).holding(self.holds);
            entries.copies = Some(between.clone());
            return between.copy_watched(watched);
        }
        let in_it = |value: &Value| value.copied(&Self::snapshot);
        let own = entries.own.iter().map(|(key, value)| (key.clone(), in_it(value))).collect();
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
                entries.own = map.unwatched().iter().map(|(key, value)| (key.clone(), value.lazy_copy())).collect();
            }
            entries.watched.as_ref().map(|watched| Rc::clone(&watched.log))
        };
        if let Some(log) = log {
            self.watch_entries(&log);
        }
    }

    /// Whether both are copies of one map, and nobody has looked into either.
    pub(crate) fn is_as(&self, other: &Self) -> bool {
        let source = |map: &Self| {
            let mut at = map.clone();
            while let Some(next) = { at.entries.borrow().copies.clone() } {
                at = next;
            }
            at
        };
        source(self).is(&source(other))
    }

    /// Whether it has its entries, and is no copy that nobody has looked into.
    pub(crate) fn is_made(&self) -> bool {
        self.entries.borrow().copies.is_none()
    }
}
