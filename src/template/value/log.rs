//! What of maps is looked at, key by key, and whether they are changed: where neither is so, what was printed before is
//! printed again.

use std::cell::{Cell, RefCell};
use std::ops::Range;
use std::rc::Rc;

use super::{Kind, Value};
use crate::hash::{HashMap, HashSet, sum};
use crate::template::text::Text;

/// A map that is watched, by its number among those of one log.
#[derive(Debug, Clone)]
pub(crate) struct Watched {
    pub(super) log: Rc<Log>,
    pub(super) map: MapId,
}

/// The number of a map that is watched; copies of it have the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct MapId(pub(crate) u32);

/// What happens to the maps that are watched.
#[derive(Debug, Default)]
pub(crate) struct Log {
    maps: Cell<u32>,
    looks: RefCell<Looks>,
    changed: RefCell<HashMap<MapId, Changed>>,
    changes: RefCell<Vec<Change>>,
    /// How often a map was changed: the number of the last change.
    count: Cell<u32>,
    /// The last of the numbers that are given away for good: a key with one of them has the same value whenever it does.
    settled: u32,
    homes: RefCell<HashMap<MapId, Option<Home>>>,
}

/// The key of a map at which another one is.
pub(crate) type Home = (MapId, Text);

/// A look at a map: at a key, whether it is there or not, or at all of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Look {
    map: MapId,
    /// The key's sum; two of one sum are taken for one key, and something is done that need not be.
    key: u64,
}

/// The look at all keys, which no key has for its sum.
const ALL: u64 = 0;

fn key(name: &str) -> u64 {
    sum(name).max(ALL + 1)
}

/// A look, and the number of the last change of what it saw; 0 where there was none.
pub(crate) type Seen = (Look, u32);

/// The number of a change that is not over.
const NEVER: u32 = u32::MAX;

/// The last changes of a map: of any key, and of each.
#[derive(Debug, Default, Clone)]
struct Changed {
    last: u32,
    keys: HashMap<u64, u32>,
}

/// A change of a map.
#[derive(Debug, Clone)]
pub(crate) struct Change {
    pub(crate) map: MapId,
    pub(crate) name: Text,
    pub(crate) to: To,
    /// The numbers of the changes before: of that key, and of any.
    before: (u32, u32),
}

/// What an entry of a map is changed to.
#[derive(Debug, Clone)]
pub(crate) enum To {
    /// A value in which no others are.
    Alone(Value),
    /// A value that others may have, too.
    Shared,
    /// It is taken out.
    Nothing,
}

impl To {
    fn of(value: Option<&Value>) -> Self {
        match value.map(|value| &value.kind) {
            None => Self::Nothing,
            Some(Kind::List(_) | Kind::Map(_) | Kind::Object(_) | Kind::Unknown(_)) => Self::Shared,
            Some(_) => value.cloned().map_or(Self::Nothing, Self::Alone),
        }
    }
}

/// Looks, in order.
#[derive(Debug, Default)]
struct Looks {
    all: Vec<Look>,
    /// From where on one that comes again need not be noted.
    since: usize,
    /// Where some of the last ones stand, each at a place that its map and key give.
    last: Vec<u32>,
}

/// How many of the last looks are known: a power of two.
const LAST: usize = 512;

/// Keys of maps.
#[derive(Debug, Default)]
pub(crate) struct Keys(HashMap<MapId, HashSet<u64>>);

/// Where a log stands.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Mark {
    since: usize,
    changes: usize,
}

impl Log {
    /// One that has given the first numbers of maps away, and for good the first of changes.
    pub(crate) fn behind(maps: u32, settled: u32) -> Rc<Self> {
        Rc::new(Self { maps: Cell::new(maps), count: Cell::new(settled), settled, ..Self::default() })
    }

    /// The number of another map.
    pub(crate) fn next(&self) -> MapId {
        let map = MapId(self.maps.get());
        self.maps.set(map.0 + 1);
        map
    }

    /// Notes where a map is; of one that is at several places, that nobody knows.
    pub(crate) fn is_at(&self, map: MapId, home: Home) {
        let mut homes = self.homes.borrow_mut();
        let known = homes.entry(map).or_insert_with(|| Some(home.clone()));
        if known.as_ref() != Some(&home) {
            *known = None;
        }
    }

    /// Where a map is, if it is at one place.
    pub(crate) fn home(&self, map: MapId) -> Option<Home> {
        self.homes.borrow().get(&map).cloned().flatten()
    }

    /// Forgets what was looked at, and what was changed.
    pub(crate) fn start(&self) {
        self.changed.borrow_mut().clear();
        self.changes.borrow_mut().clear();
        self.looks.borrow_mut().clear();
    }

    /// Takes a key for changed to a value that has a number for good.
    pub(crate) fn settles(&self, map: MapId, name: &str, number: u32) {
        let mut changed = self.changed.borrow_mut();
        let changed = changed.entry(map).or_default();
        changed.last = number;
        changed.keys.insert(key(name), number);
    }

    /// Whether some looks saw nothing that was changed, or nothing but what is so for good.
    pub(crate) fn saw_no_changes(&self, seen: &[Seen]) -> bool {
        seen.iter().all(|(_, last)| *last <= self.settled)
    }

    /// Takes a key for changed to that; the numbers of its changes before. What others may change, too, is never as it was.
    fn changed_to(&self, map: MapId, name: &str, to: &To) -> (u32, u32) {
        self.count.set(self.count.get() + 1);
        let count = if matches!(to, To::Shared) { NEVER } else { self.count.get() };
        let mut changed = self.changed.borrow_mut();
        let changed = changed.entry(map).or_default();
        let last = changed.last;
        changed.last = if last == NEVER { last } else { count };
        (changed.keys.insert(key(name), count).unwrap_or_default(), last)
    }

    /// Whether a map was changed since the start.
    pub(crate) fn has_changes(&self) -> bool {
        !self.changes.borrow().is_empty()
    }

    /// From here on, looks are noted of which some may have been before.
    pub(crate) fn mark(&self) -> Mark {
        let looks = &mut *self.looks.borrow_mut();
        let since = std::mem::replace(&mut looks.since, looks.all.len());
        Mark { since, changes: self.changes.borrow().len() }
    }

    /// The end of what began with a mark: where its looks and changes are.
    pub(crate) fn go_on(&self, mark: Mark) -> (Range<usize>, Range<usize>) {
        let looks = &mut *self.looks.borrow_mut();
        let looks = std::mem::replace(&mut looks.since, mark.since)..looks.all.len();
        (looks, mark.changes..self.changes.borrow().len())
    }

    /// Some changes.
    pub(crate) fn changes(&self, range: Range<usize>) -> Box<[Change]> {
        self.changes.borrow()[range].into()
    }

    /// Some looks, with what they would have seen before these changes, if that can be said.
    pub(crate) fn seen(&self, looks: Range<usize>, changes: &[Change]) -> Option<Box<[Seen]>> {
        let mut before: HashMap<Look, u32> = HashMap::default();
        for change in changes {
            let (of_key, of_any) = change.before;
            before.entry(Look { map: change.map, key: key(change.name.as_str()) }).or_insert(of_key);
            before.entry(Look { map: change.map, key: ALL }).or_insert(of_any);
        }
        let looks = &self.looks.borrow().all[looks];
        let changed = self.changed.borrow();
        let seen = |look: &Look| match before.get(look).copied().unwrap_or_else(|| last_change(&changed, *look)) {
            NEVER => None,
            last => Some((*look, last)),
        };
        looks.iter().map(seen).collect()
    }

    /// Whether these looks would see what they saw.
    pub(crate) fn is_as_seen(&self, seen: &[Seen]) -> bool {
        let changed = self.changed.borrow();
        seen.iter().all(|(look, last)| last_change(&changed, *look) == *last)
    }

    /// All looks since the start, or since this was asked last.
    pub(crate) fn take(&self) -> Box<[Look]> {
        let mut looks = self.looks.borrow_mut();
        let all = looks.all.as_slice().into();
        looks.clear();
        all
    }

    /// Notes looks that are as good as made.
    pub(crate) fn repeat(&self, seen: &[Seen]) {
        let mut all = self.looks.borrow_mut();
        seen.iter().for_each(|(look, _)| all.add(*look));
    }
}

/// The number of the last change of what a look sees.
fn last_change(changed: &HashMap<MapId, Changed>, look: Look) -> u32 {
    let of_map = || changed.get(&look.map);
    if changed.is_empty() {
        return 0;
    }
    let last = if look.key == ALL {
        of_map().map(|changed| changed.last)
    } else {
        of_map().and_then(|changed| changed.keys.get(&look.key).copied())
    };
    last.unwrap_or_default()
}

impl Looks {
    fn clear(&mut self) {
        self.all.clear();
        self.last.clear();
        self.last.resize(LAST, u32::MAX);
        self.since = 0;
    }

    fn add(&mut self, look: Look) {
        let place = (look.key ^ u64::from(look.map.0).wrapping_mul(0x9e37)) as usize % LAST;
        let Some(last) = self.last.get_mut(place) else { return self.all.push(look) };
        let at = *last as usize;
        if at < self.since || self.all.get(at) != Some(&look) {
            *last = self.all.len() as u32;
            self.all.push(look);
        }
    }
}

impl Watched {
    /// A key is looked for.
    pub(crate) fn read(&self, name: &str) {
        self.log.looks.borrow_mut().add(Look { map: self.map, key: key(name) });
    }

    /// All entries are looked at, or counted.
    pub(crate) fn read_all(&self) {
        self.log.looks.borrow_mut().add(Look { map: self.map, key: ALL });
    }

    /// An entry is set, or taken out.
    pub(crate) fn change(&self, name: &Text, value: Option<&Value>) {
        let to = To::of(value);
        let before = self.log.changed_to(self.map, name.as_str(), &to);
        let change = Change { map: self.map, name: name.clone(), to, before };
        self.log.changes.borrow_mut().push(change);
    }
}

impl Keys {
    pub(crate) fn add(&mut self, map: MapId, name: &str) {
        self.0.entry(map).or_default().insert(key(name));
    }

    /// Whether any of these looks at one of them.
    pub(crate) fn are_met_by(&self, looks: &[Look]) -> bool {
        let is_met =
            |look: &Look| self.0.get(&look.map).is_some_and(|keys| look.key == ALL || keys.contains(&look.key));
        !self.0.is_empty() && looks.iter().any(is_met)
    }
}
