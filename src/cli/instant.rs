//! Instants and lengths of time as arguments.

use std::str::FromStr;

use chrono::{DateTime, NaiveDate, NaiveDateTime};

use crate::schedule::{Instant, LocalSecond, Seconds, Zone};

/// An instant as given: with its offset, or on the clock of a zone that is known only later.
#[derive(Debug, Clone, Copy)]
pub(super) enum Moment {
    /// With its offset.
    Exact(Instant),
    /// On the zone's own clock.
    Local(LocalSecond),
}

impl Moment {
    /// The instant.
    pub(super) fn at(self, zone: Zone) -> Instant {
        match self {
            Self::Exact(instant) => instant,
            Self::Local(local) => zone.resolve(local),
        }
    }
}

impl FromStr for Moment {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        if let Ok(exact) = DateTime::parse_from_rfc3339(text) {
            return Ok(Self::Exact(Instant::from_unix(exact.timestamp())));
        }
        if let Some(seconds) = text.strip_prefix('@').and_then(|seconds| seconds.parse().ok()) {
            return Ok(Self::Exact(Instant::from_unix(seconds)));
        }
        let local = |format: &str| NaiveDateTime::parse_from_str(text, format).ok();
        let date = || NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()?.and_hms_opt(0, 0, 0);
        ["%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"]
            .into_iter()
            .find_map(local)
            .or_else(date)
            .map(|local| Self::Local(Instant::from_unix(local.and_utc().timestamp()).local(0)))
            .ok_or_else(|| "write 2027-04-26, 2027-04-26T09:30, 2027-04-26T09:30:00Z or @UNIX-SECONDS".to_owned())
    }
}

/// A length of time.
#[derive(Debug, Clone, Copy)]
pub(super) struct Length(pub(super) Seconds);

impl FromStr for Length {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || "write a number with a unit: 90m, 24h, 7d, 2w".to_owned();
        let unit = text.chars().next_back().ok_or_else(wrong)?;
        let each = match unit {
            's' => 1,
            'm' => 60,
            'h' => 3_600,
            'd' => 86_400,
            'w' => 7 * 86_400,
            _ => return Err(wrong()),
        };
        let count: u32 = text[..text.len() - unit.len_utf8()].parse().map_err(|_| wrong())?;
        let seconds = i64::from(count) * each;
        match seconds {
            0 => Err("must be longer than nothing".to_owned()),
            _ if seconds > 100 * 366 * 86_400 => Err("a hundred years is the most".to_owned()),
            _ => Ok(Self(Seconds::new(seconds))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<i64> {
        let zone = Zone::load("Europe/Berlin").expect("it exists");
        text.parse::<Moment>().ok().map(|moment| moment.at(zone).unix())
    }

    #[test]
    fn an_instant_without_an_offset_is_on_the_clock_of_the_zone() {
        assert_eq!(read("2026-11-21T00:00:00Z"), Some(1_795_219_200));
        assert_eq!(read("2026-11-21T00:00:00.5+01:00"), Some(1_795_215_600));
        assert_eq!(read("2026-11-21"), Some(1_795_215_600));
        assert_eq!(read("2026-11-21 01:00"), Some(1_795_219_200));
        assert_eq!(read("@1795219200"), Some(1_795_219_200));
        assert_eq!(read("tomorrow"), None);
    }

    #[test]
    fn a_length_has_a_number_and_a_unit() {
        let read = |text: &str| text.parse::<Length>().ok().map(|length| length.0.get());
        assert_eq!((read("90m"), read("7d"), read("2w")), (Some(5_400), Some(604_800), Some(1_209_600)));
        assert_eq!(
            (read("7"), read("d"), read("0h"), read("-1d"), read("4000000000w")),
            (None, None, None, None, None)
        );
    }
}
