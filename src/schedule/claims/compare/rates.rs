//! Whether a schedule runs as often as a text says.

use crate::schedule::claims::claim::Days;
use crate::schedule::claims::pattern::Pattern;
use crate::schedule::claims::rate::{Rate, Unit};
use crate::schedule::claims::said::Said;
use crate::schedule::time::Seconds;

pub(super) fn is_every(rate: Rate, distance: Seconds) -> bool {
    let distance = distance.get();
    let day = 86_400;
    match rate {
        Rate::Seconds(seconds) => i64::from(seconds) == distance,
        Rate::Times(count, unit) => {
            let (from, to) = length(1, unit).unwrap_or((1, 1));
            let range = i64::from(from) * day / i64::from(count)..=i64::from(to) * day / i64::from(count);
            let hour = i64::from(count) * distance == 3_600;
            if unit == Unit::Hour { hour } else { range.contains(&distance) }
        }
        Rate::Long(count, unit) => length(count, unit)
            .is_none_or(|(from, to)| (i64::from(from) * day..=i64::from(to) * day).contains(&distance)),
        Rate::Nightly => distance == day,
    }
}

pub(super) fn fits(rate: Rate, pattern: &Pattern, said: &Said) -> bool {
    let is_once_a_day = pattern.times.len() == 1 || said.names_times() || said.has_rate_within_days();
    let names = |is_one: fn(&Days) -> bool| said.days().any(|days| is_one(&days));
    let has_weekdays = names(|days| matches!(days, Days::Weekdays(_)));
    let has_dates = names(|days| !matches!(days, Days::Weekdays(_)));
    match rate {
        // A program that is started each minute may well loop.
        Rate::Seconds(..60) => pattern.times.len() == 1_440,
        Rate::Seconds(seconds) => {
            let minutes = u16::try_from(seconds / 60).ok().filter(|_| seconds % 60 == 0);
            minutes.is_some_and(|minutes| pattern.is_apart(minutes, said.says_when))
        }
        Rate::Times(count, Unit::Hour) => pattern.minutes().count_ones() == count,
        Rate::Times(count, Unit::Day) => pattern.times.len() == count as usize,
        Rate::Times(count, unit) => {
            let days = match unit {
                Unit::Week => 700,
                Unit::Month => 3_044,
                Unit::Quarter => 9_131,
                Unit::Year => 36_525,
                _ => return false,
            };
            let (runs, wanted) = (pattern.runs_in(days), u64::from(count) * 100);
            runs.abs_diff(wanted) * 10 <= wanted
        }
        Rate::Long(1, Unit::Day) if has_weekdays || has_dates => is_once_a_day,
        Rate::Long(1, Unit::Week) if has_weekdays => is_once_a_day,
        Rate::Long(_, unit) if has_dates && unit != Unit::Day => is_once_a_day,
        Rate::Long(count, unit) => {
            let apart = length(count, unit).is_none_or(|(from, to)| pattern.are_days_apart(from, to));
            apart && is_once_a_day
        }
        Rate::Nightly => {
            let is_one_night = pattern.longest_pause() >= 720 && pattern.minutes().count_ones() < 60;
            let each_night = has_weekdays || has_dates || pattern.are_days_apart(1, 1);
            each_night && (is_one_night || is_once_a_day)
        }
    }
}

/// From how many days to how many so many units are.
fn length(count: u32, unit: Unit) -> Option<(u32, u32)> {
    let (from, to) = match unit {
        Unit::Day => return Some((count, count)),
        Unit::Week => return Some((7 * count - 1, 7 * count + count.min(3))),
        Unit::Month => (27 * count, 32 * count),
        Unit::Quarter => (85 * count, 97 * count),
        Unit::Year => (365 * count, 366 * count),
        _ => return None,
    };
    (to < 500).then_some((from, to))
}
