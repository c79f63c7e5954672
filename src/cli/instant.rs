//! Instants as arguments, and what they mean on a clock that is changed.

mod written;

use std::str::FromStr;

use super::surroundings;
use crate::schedule::{INSTANTS, Instant, LocalSecond, LocalTime, Seconds, Zone};

/// What `--help` says of every argument that takes an instant.
pub(super) const FORMS: &str = "\
Times, in the years 1 to 9999:
  2027-04-26                       midnight, on the clock of the zone
  '2027-04-26 09:30:15'            that time there, also 2027-04-26T09:30
  2027-04-26T09:30+02:00           exact, also with +0200 and Z
  @1808731800                      seconds since 1970
  now, today, tomorrow, yesterday  days begin at your own midnight
What a clock change skips or repeats is said to be so.";

/// An instant as given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Moment {
    /// The time at which the program runs.
    Now,
    /// The midnight of the day that comes so many days after today, on the reader's clock.
    Day(i64),
    /// With its offset.
    Exact(Instant),
    /// On the clock of a zone that is known only later.
    Local(LocalSecond),
}

impl FromStr for Moment {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        written::read(text)
    }
}

impl Moment {
    /// The instant, and what is to be said of it where the zone's clock shows that time twice or never.
    pub(super) fn at(self, zone: Zone) -> (Instant, Option<String>) {
        match self {
            Self::Now => (surroundings::now(), None),
            Self::Day(days) => {
                let reader = surroundings::zone().unwrap_or(Zone::utc());
                let today = surroundings::now().local(reader.offset_at(surroundings::now())).day();
                on_the_clock(LocalSecond::new(today + days, 0), reader)
            }
            Self::Exact(instant) => (instant, None),
            Self::Local(local) => on_the_clock(local, zone),
        }
    }
}

/// The instant at which the clock shows a time: the first of two, and the clock change where there is none.
fn on_the_clock(local: LocalSecond, zone: Zone) -> (Instant, Option<String>) {
    let guess = local.instant(zone.offset_at(local.instant(0)));
    let change = zone
        .transitions(guess - Seconds::DAY * 2..guess + Seconds::DAY * 2)
        .find(|change| is_between(local, change.at.local(change.before), change.at.local(change.after)));
    let (instant, what) = match change {
        None => (zone.resolve(local), None),
        Some(change) if change.before < change.after => (change.at, Some("does not exist")),
        Some(change) => (local.instant(change.before), Some("comes twice")),
    };
    let taken = instant.clamp(INSTANTS.start, INSTANTS.end - Seconds::new(1));
    let what = if taken == instant { what } else { Some("is not within the years 1 to 9999 of UTC") };
    (taken, what.map(|what| note(local, what, zone.local(taken), zone)))
}

/// Whether a time lies in what a change skips, or in what it repeats.
fn is_between(local: LocalSecond, one: LocalSecond, other: LocalSecond) -> bool {
    (one.min(other)..one.max(other)).contains(&local)
}

fn note(local: LocalSecond, what: &str, taken: LocalTime, zone: Zone) -> String {
    let minute = local.second_of_day() / 60;
    let (clock, name) = (format!("{:02}:{:02}", minute / 60, minute % 60), zone.name());
    let (date, shown) = (local.date(), format!("{} {}", taken.clock(), taken.abbreviation));
    let day = if taken.date == date { String::new() } else { format!("{} ", taken.date) };
    format!("{date} {clock} {what} in {name}; it is taken for {day}{shown}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn taken(text: &str, zone: &str) -> (i64, String) {
        let moment: Moment = text.parse().expect("a time");
        let (instant, note) = moment.at(Zone::load(zone).expect("a zone"));
        (instant.unix(), note.unwrap_or_default())
    }

    #[test]
    fn an_instant_without_an_offset_is_on_the_clock_of_the_zone() {
        let silent = |unix: i64| (unix, String::new());
        assert_eq!(taken("2026-11-21T00:00:00Z", "Europe/Berlin"), silent(1_795_219_200));
        assert_eq!(taken("2026-11-21T00:00:00.5+01:00", "Asia/Tokyo"), silent(1_795_215_600));
        assert_eq!(taken("2026-11-21", "Europe/Berlin"), silent(1_795_215_600));
        assert_eq!(taken("2026-11-21 01:00", "Europe/Berlin"), silent(1_795_219_200));
        assert_eq!(taken("2026-11-20 19:00", "America/New_York"), silent(1_795_219_200));
    }

    #[test]
    fn a_time_that_a_clock_change_skips_or_repeats_is_said_to_be_one() {
        for (text, zone, unix, note) in [
            (
                "2027-03-28 02:30",
                "Europe/Berlin",
                1_806_195_600,
                "2027-03-28 02:30 does not exist in Europe/Berlin; it is taken for 03:00 CEST",
            ),
            ("2027-03-28 03:00", "Europe/Berlin", 1_806_195_600, ""),
            (
                "2027-10-31 02:30",
                "Europe/Berlin",
                1_824_942_600,
                "2027-10-31 02:30 comes twice in Europe/Berlin; it is taken for 02:30 CEST",
            ),
            ("2027-10-31 03:00", "Europe/Berlin", 1_824_948_000, ""),
            (
                "2027-03-14 02:30",
                "America/New_York",
                1_805_007_600,
                "2027-03-14 02:30 does not exist in America/New_York; it is taken for 03:00 EDT",
            ),
            (
                "2011-12-30",
                "Pacific/Apia",
                1_325_239_200,
                "2011-12-30 00:00 does not exist in Pacific/Apia; it is taken for 2011-12-31 00:00 +14",
            ),
        ] {
            assert_eq!(taken(text, zone), (unix, note.to_owned()), "{text} {zone}");
        }
    }

    #[test]
    fn the_ends_of_time_hold_in_every_zone() {
        for name in Zone::names() {
            for text in ["0001-01-01", "9999-12-31 23:59:59"] {
                let (unix, note) = taken(text, name);
                let instant = Instant::from_unix(unix);
                let shown = instant.local(Zone::load(name).expect("a zone").offset_at(instant));
                assert!(INSTANTS.contains(&instant), "{text} {name}");
                assert_eq!(text.parse() == Ok(Moment::Local(shown)), note.is_empty(), "{text} {name}: {note}");
            }
        }
    }

    #[test]
    fn days_begin_at_the_readers_midnight() {
        let at = |text: &str| text.parse::<Moment>().expect("a word").at(Zone::utc()).0;
        let reader = surroundings::zone().unwrap_or(Zone::utc());
        assert!(at("yesterday") < at("today") && at("today") <= at("now") && at("now") < at("tomorrow"));
        assert_eq!(reader.local(at("today")).second_of_day % 3_600, 0);
    }
}
