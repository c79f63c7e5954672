//! Time zones: the names that Kubernetes accepts, and their clock changes.

mod aliases;
mod changes;
mod error;
mod names;
mod nearest;
mod newer;
mod table;

use std::fmt;
use std::ops::Range;
use std::sync::OnceLock;

pub use error::{ZoneError, zone_server_errors};
pub use nearest::nearest_zone;
pub use newer::{NEWER_IANA_VERSION, NewerOffset};
pub(crate) use table::{Disturbance, Table};

use super::calendar::Date;
use super::time::{Instant, LocalSecond};
use crate::text::Word;

/// The IANA release of the built-in zone data, such as `2025b`.
pub const IANA_VERSION: &str = "2025b";

/// How many names there are.
const COUNT: usize = 598;

/// Built when a zone is first used; a process seldom needs more than a few.
static TABLES: [OnceLock<Table>; COUNT] = [const { OnceLock::new() }; COUNT];

/// A time zone under one of the 598 names that Kubernetes accepts.
#[derive(Clone, Copy, serde::Serialize, serde::Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Zone {
    name: Word,
    /// Its number among all names.
    number: usize,
}

impl From<Zone> for String {
    fn from(zone: Zone) -> Self {
        zone.name.to_owned()
    }
}

impl TryFrom<String> for Zone {
    type Error = ZoneError;

    fn try_from(name: String) -> Result<Self, ZoneError> {
        Self::find(&name).ok_or(ZoneError::Unknown { name })
    }
}

/// The local time of an instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LocalTime {
    /// The date.
    pub date: Date,
    /// Seconds since the local midnight as the clock shows them, below 86,400.
    pub second_of_day: u32,
    /// Seconds east of UTC.
    pub offset: i32,
    /// The abbreviation: `CET`, `+03`.
    pub abbreviation: &'static str,
}

impl LocalTime {
    /// `02:30`, or `02:30:15` where there are seconds.
    #[must_use]
    pub fn clock(self) -> String {
        let second = self.second_of_day;
        let clock = format!("{:02}:{:02}", second / 3_600, second / 60 % 60);
        if second.is_multiple_of(60) { clock } else { format!("{clock}:{:02}", second % 60) }
    }

    /// `Fri 2026-11-27 02:30`
    #[must_use]
    pub fn with_weekday(self) -> String {
        format!("{} {}", self.date.with_weekday(), self.clock())
    }
}

/// A change of a zone's clocks or of the abbreviation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Transition {
    /// The first second of the new time.
    pub at: Instant,
    /// Seconds east of UTC before it.
    pub before: i32,
    /// Seconds east of UTC from it on.
    pub after: i32,
    /// The abbreviation from it on.
    pub abbreviation: &'static str,
}

impl Zone {
    /// The zone that Kubernetes takes for `name` in `spec.timeZone`.
    ///
    /// # Errors
    /// The first of the reasons for which the API server refuses the name.
    pub fn load(name: &str) -> Result<Self, ZoneError> {
        error::first(name)?;
        Self::find(name).ok_or_else(|| ZoneError::Unknown { name: name.to_owned() })
    }

    /// Universal time: what the official kube-controller-manager image runs in.
    #[must_use]
    pub fn utc() -> Self {
        Self::find("UTC").expect("it is one of the names")
    }

    /// All 598 names, sorted by their bytes.
    #[must_use]
    pub fn names() -> &'static [&'static str] {
        names::all()
    }

    /// What its clock shows, and whose that is: `Fri 2026-11-27 02:30 Europe/Berlin`.
    #[must_use]
    pub fn told(self, at: Instant) -> String {
        format!("{} {}", self.local(at).with_weekday(), self.name)
    }

    /// The name as given.
    #[must_use]
    pub const fn name(self) -> &'static str {
        self.name
    }

    /// The name that took this one's place, where the IANA data keep this one only for compatibility.
    #[must_use]
    pub fn successor(self) -> Option<&'static str> {
        let found = aliases::ALIASES.binary_search_by(|(old, _)| old.cmp(&self.name)).ok()?;
        Some(aliases::ALIASES[found].1)
    }

    /// Whether the clocks of two zones agree at every instant of a range.
    #[must_use]
    pub fn agrees_with(self, other: Self, range: Range<Instant>) -> bool {
        let (from, changes) = (range.start, |zone: Self| {
            zone.transitions(range.clone()).filter(|t| t.before != t.after).map(|t| (t.at, t.after))
        });
        self.offset_at(from) == other.offset_at(from) && changes(self).eq(changes(other))
    }

    /// Seconds east of UTC at an instant.
    #[must_use]
    pub fn offset_at(self, instant: Instant) -> i32 {
        self.table().at(instant).offset
    }

    /// What the clock shows at an instant.
    #[must_use]
    pub fn local(self, instant: Instant) -> LocalTime {
        let table = self.table();
        let stretch = table.at(instant);
        let local = instant.local(stretch.offset);
        LocalTime {
            date: local.date(),
            second_of_day: local.second_of_day(),
            offset: stretch.offset,
            abbreviation: table.abbreviation(stretch),
        }
    }

    /// The changes in a range of time, in order.
    pub fn transitions(self, range: Range<Instant>) -> impl Iterator<Item = Transition> + use<> {
        let table = self.table();
        table.changes(range).map(move |(before, stretch)| Transition {
            at: stretch.start,
            before: before.offset,
            after: stretch.offset,
            abbreviation: table.abbreviation(stretch),
        })
    }

    /// The instant that Go's `time.Date` gives for what the clock shows: for a time in a gap or an overlap one of several
    /// possible answers, but always the same as Kubernetes'.
    #[must_use]
    pub fn resolve(self, local: LocalSecond) -> Instant {
        self.table().resolve(local)
    }

    /// When the zone's clocks go otherwise than the built-in data say, until the end of 2031; nothing for most zones.
    pub fn newer_offsets(self) -> impl Iterator<Item = NewerOffset> + use<> {
        newer::offsets(self.name)
    }

    /// The clock changes; found when they are first asked for.
    pub(crate) fn table(self) -> &'static Table {
        TABLES[self.number].get_or_init(|| Table::build(&changes::listed(self.number)))
    }

    fn find(name: &str) -> Option<Self> {
        changes::find(name).map(|(number, name)| Self { name, number })
    }
}

impl fmt::Debug for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Zone").field(&self.name).finish()
    }
}

impl PartialEq for Zone {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Eq for Zone {}

/// The zone that Go's `time.LoadLocation` gives for the name after `TZ=`: less strict than `spec.timeZone`.
///
/// # Errors
/// Why there is none.
pub(crate) fn location(name: &str) -> Result<Zone, ZoneError> {
    match name {
        // `Local` is the zone of the kube-controller-manager.
        "" | "Local" => Ok(Zone::utc()),
        _ => {
            error::check_location_name(name)?;
            Zone::find(name).ok_or_else(|| ZoneError::Unknown { name: name.to_owned() })
        }
    }
}
