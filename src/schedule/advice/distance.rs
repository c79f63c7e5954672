//! Lengths of time, and distances between runs, as people write them: `PT5M`, `5m`, `5 minutes`.

use crate::text::Span;

use super::Advice;

/// A distance between runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Distance {
    Seconds(u32),
    Months(u32),
}

/// Units by the beginnings of their words; `m` alone is the minute, as in every duration.
const UNITS: [(&[&str], Distance); 7] = [
    (&["s", "sec", "secs", "second", "seconds"], Distance::Seconds(1)),
    (&["m", "min", "mins", "minute", "minutes"], Distance::Seconds(MINUTE)),
    (&["h", "hr", "hrs", "hour", "hours"], Distance::Seconds(HOUR)),
    (&["d", "day", "days", "night"], Distance::Seconds(DAY)),
    (&["w", "wk", "week", "weeks"], Distance::Seconds(WEEK)),
    (&["mo", "month", "months"], Distance::Months(1)),
    (&["y", "yr", "year", "years"], Distance::Months(12)),
];
const MINUTE: u32 = 60;
const HOUR: u32 = 60 * MINUTE;
const DAY: u32 = 24 * HOUR;
const WEEK: u32 = 7 * DAY;

/// The seconds of a length of time as people write it, every unit with its number: `90s`, `1h30m`, `2 hours`.
#[must_use]
pub fn seconds_in(text: &str) -> Option<u32> {
    match Distance::sum(text.trim())? {
        Distance::Seconds(seconds) => text.trim().starts_with(|char: char| char.is_ascii_digit()).then_some(seconds),
        Distance::Months(_) => None,
    }
}

impl Distance {
    /// Numbers with their units, one or more: `1h30m`, `1 hour and 30 minutes`, `hour`.
    pub(super) fn parse(text: &str) -> Option<Self> {
        Self::sum(text.trim()).filter(|sum| !matches!(sum, Self::Seconds(0) | Self::Months(0)))
    }

    fn sum(text: &str) -> Option<Self> {
        let lower = text.to_ascii_lowercase();
        let mut rest = lower.as_str();
        let mut sum: Option<Self> = None;
        while !rest.is_empty() {
            let digits = rest.len() - rest.trim_start_matches(|char: char| char.is_ascii_digit()).len();
            let (number, after) = rest.split_at(digits);
            let after = after.trim_start_matches([' ', '-', '_']);
            let letters = after.len() - after.trim_start_matches(|char: char| char.is_ascii_alphabetic()).len();
            let (word, after) = after.split_at(letters);
            let (_, unit) = UNITS.iter().find(|(words, _)| words.contains(&word))?;
            // Of several, only the first may be without its number.
            let count = if number.is_empty() && sum.is_none() { 1 } else { number.parse().ok()? };
            sum = Some(unit.times(count)?.plus(sum)?);
            rest = after.trim_start_matches([' ', ',']);
            rest = rest.strip_prefix("and ").unwrap_or(rest);
        }
        sum
    }

    /// ISO 8601: `PT5M`, `P1D`, `P1M`, and repeated, `R/PT5M`.
    pub(super) fn parse_iso(text: &str) -> Option<Self> {
        let text = if text.starts_with('R') { text.rsplit('/').next()? } else { text };
        let (date, time) = text.strip_prefix('P')?.split_once('T').unwrap_or((text.strip_prefix('P')?, ""));
        let months = date.replace('M', "mo");
        let sum = [months.as_str(), time].into_iter().filter(|part| !part.is_empty()).map(Self::parse);
        let sum = sum.collect::<Option<Vec<_>>>()?;
        let spaceless = !text.contains(char::is_whitespace) && text.contains(|char: char| char.is_ascii_digit());
        sum.into_iter().filter(|_| spaceless).try_fold(None, |sum, part| Some(Some(part.plus(sum)?))).flatten()
    }

    fn times(self, count: u32) -> Option<Self> {
        match self {
            Self::Seconds(seconds) => seconds.checked_mul(count).map(Self::Seconds),
            Self::Months(months) => months.checked_mul(count).map(Self::Months),
        }
    }

    fn plus(self, other: Option<Self>) -> Option<Self> {
        match (self, other) {
            (one, None) => Some(one),
            (Self::Seconds(one), Some(Self::Seconds(other))) => one.checked_add(other).map(Self::Seconds),
            (Self::Months(one), Some(Self::Months(other))) => one.checked_add(other).map(Self::Months),
            _ => None,
        }
    }

    /// The five fields that keep this distance for ever, by the clock.
    pub(super) fn five(self) -> Option<String> {
        let step = |count: u32| if count == 1 { "*".to_owned() } else { format!("*/{count}") };
        match self {
            Self::Seconds(WEEK) => Some("0 0 * * 0".to_owned()),
            Self::Seconds(DAY) => Some("0 0 * * *".to_owned()),
            Self::Seconds(seconds) if seconds % HOUR == 0 && DAY.is_multiple_of(seconds) => {
                Some(format!("0 {} * * *", step(seconds / HOUR)))
            }
            Self::Seconds(seconds) if seconds % MINUTE == 0 && HOUR.is_multiple_of(seconds) => {
                Some(format!("{} * * * *", step(seconds / MINUTE)))
            }
            Self::Months(12) => Some("0 0 1 1 *".to_owned()),
            Self::Months(months) if 12 % months == 0 => Some(format!("0 0 1 {} *", step(months))),
            _ => None,
        }
    }

    /// The same for `@every`, which counts from the last run: `@every 1h30m`.
    pub(super) fn every(self) -> Option<String> {
        let Self::Seconds(all) = self else { return None };
        let parts = [(all / HOUR, 'h'), (all % HOUR / MINUTE, 'm'), (all % MINUTE, 's')];
        let parts = parts.into_iter().filter(|(count, _)| *count > 0).map(|(count, unit)| format!("{count}{unit}"));
        Some(format!("@every {}", parts.collect::<String>()))
    }

    /// Says how Kubernetes keeps this distance, in place of what stands at `place`.
    pub(super) fn advise(self, place: Span, message: String) -> Advice {
        const COUNTS: &str = "counts from the CronJob's creation and then from its last run, not by the clock";
        let advice = Advice::new(place, message);
        match (self, self.five(), self.every()) {
            (Self::Seconds(0..MINUTE), ..) => advice
                .help("a CronJob starts a run a minute at most, `* * * * *`: for more, repeat it in the container"),
            (_, Some(five), Some(every)) if five.contains('/') => {
                advice.help(format!("write `{five}`; `{every}` {COUNTS}")).perhaps(place, five)
            }
            (_, Some(five), _) => advice.help(format!("write `{five}`")).perhaps(place, five),
            (_, None, Some(every)) => advice.help(format!("no five fields keep this distance; `{every}` {COUNTS}")),
            (_, None, None) => advice.help("list the months, such as `0 0 1 1,6,11 *`"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::seconds_in;

    #[test]
    fn lengths_of_time_are_read_as_people_write_them() {
        for (text, expected) in [
            ("5m", 300),
            ("1h", 3_600),
            ("30s", 30),
            ("0s", 0),
            ("1h30m", 5_400),
            ("2 hours", 7_200),
            ("1 hour and 30 minutes", 5_400),
            ("7d", 604_800),
            ("1w", 604_800),
        ] {
            assert_eq!(seconds_in(text), Some(expected), "{text}");
        }
        for text in ["", "m", "5", "5x", "1.5h", "-5m", "${X}", "2 months", "99999999999999999999s", "9999999999999d"] {
            assert_eq!(seconds_in(text), None, "{text}");
        }
    }
}
