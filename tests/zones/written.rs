//! The list of clock changes, as it is written of what `chrono-tz` answers.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use chrono::{DateTime, Datelike, NaiveDate, Offset, TimeZone};
use chrono_tz::{TZ_VARIANTS, Tz, TzOffset};

/// 1969, the year before the first that is asked for.
pub(crate) const FIRST: i64 = -365 * DAY;
/// The first second of 2201, as far as the rules are repeated.
pub(crate) const END: i64 = 7_289_654_400;
/// The one name that `chrono-tz` does not have.
pub(crate) const FACTORY: &str = "Factory";

/// When, seconds east of UTC from then on, and the abbreviation.
pub(crate) type Change = (i64, i32, String);

const DAY: i64 = 86_400;
/// The first year of which `chrono-tz` has no more clock changes.
const UNKNOWN: i32 = 2100;
/// No two changes that cancel out are nearer to each other: summer time lasted a week in Recife in 2000, and winter time
/// will last a week in some years in Gaza.
const PROBE: i64 = 6 * DAY;
/// Changes fall on quarters of an hour, but for some of old.
const QUARTER: i64 = 900;
/// Up to the one that has a meaning of its own: `s`.
const LETTERS: &[u8] = b"abcdefghijklmnopqr";
/// IANA 2025c, which clusters carry, found that Baja California kept California's time up to 1975; 2025b did not know.
const BAJA_CALIFORNIA: [Tz; 4] =
    [Tz::America__Tijuana, Tz::America__Ensenada, Tz::America__Santa_Isabel, Tz::Mexico__BajaNorte];
const CALIFORNIA_UNTIL: i64 = 2191 * DAY;

/// All zones, by name.
pub(crate) struct Zones(BTreeMap<&'static str, Vec<Change>>);

impl Zones {
    /// Asks for all of them.
    pub(crate) fn read() -> Self {
        Self(TZ_VARIANTS.iter().map(|&tz| (tz.name(), continued(&known(tz), UNKNOWN - 1))).collect())
    }

    pub(crate) fn all(&self) -> impl Iterator<Item = (&'static str, &Vec<Change>)> {
        self.0.iter().map(|(name, changes)| (*name, changes))
    }

    /// The list. `src/schedule/zone/changes.rs` says what stands in a line, and reads it.
    pub(crate) fn text(&self) -> String {
        let mut first_of: BTreeMap<&Vec<Change>, &str> = BTreeMap::new();
        let mut lines = BTreeMap::from([(FACTORY, format!("{FACTORY}\t{UNKNOWN}\t0-00\t"))]);
        for (name, changes) in self.all() {
            let first = *first_of.entry(changes).or_insert(name);
            lines.insert(name, if first == name { line(name, changes) } else { format!("{name}\t={first}") });
        }
        lines.into_values().fold(String::new(), |text, line| text + &line + "\n")
    }
}

fn line(name: &str, changes: &[Change]) -> String {
    let mut kinds: Vec<(i32, &str)> = Vec::new();
    let mut written = String::new();
    let last = listed_until(changes);
    let mut before = FIRST;
    for (at, offset, abbreviation) in changes.iter().take_while(|change| year_of(change) <= last) {
        let kind = (*offset, abbreviation.as_str());
        let place = kinds.iter().position(|known| *known == kind).unwrap_or_else(|| {
            kinds.push(kind);
            kinds.len() - 1
        });
        if *at == i64::MIN {
            continue;
        }
        let letter = char::from(LETTERS[place]);
        let passed = at - before;
        let _ = match passed % QUARTER {
            0 => write!(written, "{letter}{}", passed / QUARTER),
            _ => write!(written, "{letter}{passed}s"),
        };
        before = *at;
    }
    let kinds: Vec<String> = kinds.iter().map(|(offset, abbreviation)| format!("{offset}{abbreviation}")).collect();
    format!("{name}\t{last}\t{}\t{written}", kinds.join(","))
}

/// The first year from which on the changes of twelve years come again and again.
fn listed_until(changes: &[Change]) -> i32 {
    let goes_on = |until: &i32| {
        let known: Vec<Change> = changes.iter().filter(|change| year_of(change) <= *until).cloned().collect();
        continued(&known, *until) == changes
    };
    (1980..UNKNOWN).find(goes_on).expect("in the end all are listed")
}

/// The changes, and those that the rules make of them after a year: years have the changes of one of the twelve before
/// whose days have the same weekdays from March on, as rules are of the kind "last Sunday in March".
fn continued(known: &[Change], until: i32) -> Vec<Change> {
    let march = |year: i32| NaiveDate::from_ymd_opt(year, 3, 1).expect("it is a day");
    let mut all = known.to_vec();
    for year in until + 1..=2200 {
        let model = (until - 11..=until).rev().find(|&model| march(model).weekday() == march(year).weekday());
        let model = model.expect("twelve years hold each calendar");
        let shift = (march(year) - march(model)).num_seconds();
        let again = known.iter().filter(|change| year_of(change) == model);
        all.extend(again.map(|(at, offset, abbreviation)| (at + shift, *offset, abbreviation.clone())));
    }
    all
}

fn year_of(change: &Change) -> i32 {
    DateTime::from_timestamp(change.0.max(FIRST), 0).expect("in range").year()
}

/// The changes that `chrono-tz` knows, found by probing: it does not list them.
fn known(tz: Tz) -> Vec<Change> {
    let mut state = State::of(tz, FIRST);
    let mut changes = vec![(i64::MIN, state.offset, state.shown.to_string())];
    let mut low = FIRST;
    while low < DAY * 47_482 {
        let high = low + PROBE;
        let next = State::of(tz, high);
        if next != state {
            low = first_second_of(tz, state, (low, high));
            state = State::of(tz, low);
            let change = (low, state.offset, state.shown.to_string());
            if changes.last().is_none_or(|(_, offset, name)| (*offset, name) != (change.1, &change.2)) {
                changes.push(change);
            }
        } else {
            low = high;
        }
    }
    changes
}

/// What the clock is at an instant.
#[derive(Clone, Copy, PartialEq)]
struct State {
    offset: i32,
    shown: TzOffset,
}

impl State {
    fn of(tz: Tz, instant: i64) -> Self {
        let tz =
            if instant < CALIFORNIA_UNTIL && BAJA_CALIFORNIA.contains(&tz) { Tz::America__Los_Angeles } else { tz };
        let utc = DateTime::from_timestamp(instant, 0).expect("in range").naive_utc();
        let shown = tz.offset_from_utc_datetime(&utc);
        Self { offset: shown.fix().local_minus_utc(), shown }
    }
}

/// The first second that differs from `state`, which holds at the first of two instants and not at the second.
fn first_second_of(tz: Tz, state: State, (mut same, mut other): (i64, i64)) -> i64 {
    let bisect = |grid: i64, same: &mut i64, other: &mut i64| {
        while *other - *same > grid {
            let middle = (*same + (*other - *same) / 2).div_euclid(grid) * grid;
            let middle = if middle <= *same { *same + grid } else { middle };
            if State::of(tz, middle) == state { *same = middle } else { *other = middle }
        }
    };
    bisect(QUARTER, &mut same, &mut other);
    let on_grid = other.div_euclid(QUARTER) * QUARTER;
    if on_grid == other && State::of(tz, other - 1) == state {
        return other;
    }
    bisect(1, &mut same, &mut other);
    other
}
