//! Maps.

use std::cell::{Ref, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

use super::log::Watched;
use super::parts::dismantle;
use super::{Holds, Value};
use crate::template::text::Text;

/// What a map has.
#[derive(Debug, Default)]
pub(super) struct Entries {
    pub(super) own: BTreeMap<Text, Value>,
    /// The map that this one is a copy of, until somebody asks for all entries: till then its own are those that were asked
    /// for and are not as good as the other's, since somebody may change what is in them.
    pub(super) copies: Option<Map>,
    /// Who is told of what is looked at and changed.
    pub(super) watched: Option<Watched>,
}

impl Drop for Entries {
    fn drop(&mut self) {
        if self.own.values().any(Value::has_values) {
            dismantle(std::mem::take(&mut self.own).into_values().collect());
        }
    }
}

/// A map; as in Go, all who have it see the changes of it. Its keys know where they are written.
#[derive(Debug, Clone, Default)]
pub(crate) struct Map {
    pub(super) entries: Rc<RefCell<Entries>>,
    pub(super) holds: Holds,
}

impl Map {
    /// Its values, if nobody else has it.
    pub(super) fn into_own(self) -> impl Iterator<Item = Value> {
        let entries = Rc::try_unwrap(self.entries).ok();
        entries.map(|entries| std::mem::take(&mut entries.into_inner().own)).unwrap_or_default().into_values()
    }

    pub(crate) fn len(&self) -> usize {
        let entries = self.entries.borrow();
        entries.watched.iter().for_each(Watched::read_all);
        entries.copies.as_ref().map_or(entries.own.len(), Self::len)
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.len() == 0
    }

    pub(crate) fn get(&self, key: &str) -> Option<Value> {
        self.entries.borrow().watched.iter().for_each(|watched| watched.read(key));
        self.entry(key).map(|(_, value)| value)
    }

    /// Sets a key, wherever this map is seen.
    pub(crate) fn insert(&self, key: Text, value: Value) {
        self.made();
        let entries = &mut *self.entries.borrow_mut();
        entries.watched.iter().for_each(|watched| watched.change(&key, Some(&value)));
        entries.own.remove(key.as_str());
        entries.own.insert(key, value);
    }

    pub(crate) fn remove(&self, key: &str) -> Option<Value> {
        self.made();
        let entries = &mut *self.entries.borrow_mut();
        entries.watched.iter().for_each(|watched| watched.change(&Text::computed(key), None));
        entries.own.remove(key)
    }

    /// The same map, as one of that type.
    pub(crate) fn holding(self, holds: Holds) -> Self {
        Self { holds, ..self }
    }

    pub(crate) const fn holds(&self) -> Holds {
        self.holds
    }

    /// Its entries as they are now, sorted by key.
    pub(crate) fn entries(&self) -> Vec<(Text, Value)> {
        self.borrow().iter().map(|(key, value)| (key.clone(), value.clone())).collect()
    }

    /// Whether both are one map, and not two that are equal.
    pub(crate) fn is(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.entries, &other.entries)
    }

    /// Its entries to look at; nobody may change the map meanwhile.
    pub(crate) fn borrow(&self) -> Ref<'_, BTreeMap<Text, Value>> {
        self.entries.borrow().watched.iter().for_each(Watched::read_all);
        self.unwatched()
    }

    /// The same, without a word to who watches it.
    pub(crate) fn unwatched(&self) -> Ref<'_, BTreeMap<Text, Value>> {
        self.made();
        Ref::map(self.entries.borrow(), |entries| &entries.own)
    }
}

impl FromIterator<(Text, Value)> for Map {
    fn from_iter<T: IntoIterator<Item = (Text, Value)>>(entries: T) -> Self {
        Self::of(entries.into_iter().collect())
    }
}

impl Map {
    // A list first: a tree is made of it in one place, whatever they come from.
    pub(super) fn of(entries: Vec<(Text, Value)>) -> Self {
        let entries = Entries { own: entries.into_iter().collect(), copies: None, watched: None };
        Self { entries: Rc::new(RefCell::new(entries)), holds: Holds::default() }
    }
}
