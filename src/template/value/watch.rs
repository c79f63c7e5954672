//! Maps that are watched, and what they are told by.

use std::hash::{Hash, Hasher};
use std::rc::Rc;

use super::log::{Log, MapId, Watched};
use super::{Kind, Map, Value};
use crate::template::text::Text;

impl Value {
    /// Has the maps in it watched.
    pub(super) fn watch(&self, log: &Rc<Log>) {
        match &self.kind {
            Kind::Map(map) => map.watch(log),
            Kind::List(list) => list.iter().for_each(|item| item.watch(log)),
            _ => {}
        }
    }

    /// Adds to a sum all that it shows: what it is, where it comes from, and of maps that are watched which those are. Not
    /// of what has more than `most` parts, or parts of which nobody can say that; the number of what may be left.
    pub(crate) fn identify(&self, sum: &mut impl Hasher, most: usize) -> Option<usize> {
        let mut left = most.checked_sub(1)?;
        self.node.hash(sum);
        std::mem::discriminant(&self.kind).hash(sum);
        match &self.kind {
            Kind::Nil => {}
            Kind::Bool(value) => value.hash(sum),
            Kind::Int(value) | Kind::Int64(value) => value.hash(sum),
            Kind::Float(value) => value.to_bits().hash(sum),
            Kind::Text(text) => text.identify(sum),
            Kind::List(list) => {
                (list.holds(), list.len()).hash(sum);
                for item in list.iter() {
                    left = item.identify(sum, left)?;
                }
            }
            Kind::Map(map) => {
                map.holds().hash(sum);
                map.watched().hash(sum);
                if map.watched().is_some() {
                    return Some(left);
                }
                let entries = map.unwatched();
                entries.len().hash(sum);
                for (key, value) in entries.iter() {
                    key.identify(sum);
                    left = value.identify(sum, left)?;
                }
            }
            Kind::Unknown(unknown) if unknown.fields.is_none() => unknown.holds.hash(sum),
            Kind::Object(_) | Kind::Unknown(_) => return None,
        }
        Some(left)
    }
}

impl Map {
    /// Has it watched, and the maps in it, but for those that are already; of a copy that nobody has looked into, when
    /// somebody does.
    pub(crate) fn watch(&self, log: &Rc<Log>) {
        let is_watched = self.entries.borrow().watched.as_ref().is_some_and(|watched| Rc::ptr_eq(&watched.log, log));
        if !is_watched {
            self.watch_as(log.next(), log);
            self.watch_entries(log);
        }
    }

    /// Has the maps in it watched, and where they are noted.
    pub(super) fn watch_entries(&self, log: &Rc<Log>) {
        let entries = self.entries.borrow();
        for (key, value) in &entries.own {
            value.watch(log);
            if let Some(Watched { map, .. }) = &entries.watched {
                Self::note_home(log, *map, (key, value));
            }
        }
    }

    /// Notes that an entry is in a map that is watched.
    pub(super) fn note_home(log: &Log, map: MapId, (key, value): (&Text, &Value)) {
        if let Some(inner) = value.as_map().and_then(Self::watched) {
            log.is_at(inner, (map, key.clone()));
        }
    }

    /// Has it watched, and no map in it, by a number that is known.
    pub(crate) fn watch_as(&self, map: MapId, log: &Rc<Log>) {
        self.entries.borrow_mut().watched = Some(Watched { log: Rc::clone(log), map });
    }

    /// By which number it is watched.
    pub(crate) fn watched(&self) -> Option<MapId> {
        self.entries.borrow().watched.as_ref().map(|watched| watched.map)
    }

    /// Sets a key, or takes it out, without a word to who watches it.
    pub(crate) fn put(&self, key: &str, value: Option<Value>) {
        self.made();
        let own = &mut self.entries.borrow_mut().own;
        own.remove(key);
        own.extend(value.map(|value| (Text::computed(key), value)));
    }
}
