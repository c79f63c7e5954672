//! What of maps is looked at, key by key, and whether they are changed: where neither is so, what was printed before is
//! printed again.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use crate::hash::{HashMap, HashSet};

/// A map that is watched, by its number among those of one log.
#[derive(Debug, Clone)]
pub(crate) struct Watched {
    log: Rc<Log>,
    pub(crate) map: MapId,
}

/// The number of a map that is watched.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct MapId(u32);

/// What happens to the maps that are watched.
#[derive(Debug, Default)]
pub(crate) struct Log {
    maps: Cell<u32>,
    reads: RefCell<Reads>,
    /// Whether a map was changed.
    is_changed: Cell<bool>,
}

/// What was looked at.
#[derive(Debug, Default)]
pub(crate) struct Reads(HashMap<MapId, Keys>);

/// Keys of a map.
#[derive(Debug, Default)]
pub(crate) struct Keys {
    /// Whether it is all of them, and that there are no others.
    are_all: bool,
    some: HashSet<Box<str>>,
}

impl Log {
    /// Takes in a map.
    pub(crate) fn watch(self: &Rc<Self>) -> Watched {
        let map = MapId(self.maps.get());
        self.maps.set(map.0 + 1);
        Watched { log: Rc::clone(self), map }
    }

    /// What was looked at since this was asked last; nothing is changed yet.
    pub(crate) fn start(&self) -> Reads {
        self.is_changed.set(false);
        self.reads.take()
    }

    /// Whether a map was changed since.
    pub(crate) fn is_changed(&self) -> bool {
        self.is_changed.get()
    }
}

impl Watched {
    /// A key is looked for.
    pub(crate) fn read(&self, key: &str) {
        self.log.reads.borrow_mut().0.entry(self.map).or_default().add(key);
    }

    /// All entries are looked at, or counted.
    pub(crate) fn read_all(&self) {
        self.log.reads.borrow_mut().0.entry(self.map).or_default().are_all = true;
    }

    /// An entry is set, or taken out.
    pub(crate) fn change(&self) {
        self.log.is_changed.set(true);
    }
}

impl Keys {
    pub(crate) fn add(&mut self, key: &str) {
        if !self.are_all && !self.some.contains(key) {
            self.some.insert(key.into());
        }
    }
}

impl Reads {
    /// Whether any of it is among what is different.
    pub(crate) fn meet(&self, differences: &HashMap<MapId, Keys>) -> bool {
        differences.iter().any(|(map, others)| {
            self.0.get(map).is_some_and(|keys| keys.are_all || !keys.some.is_disjoint(&others.some))
        })
    }
}
