//! Whether what is said holds for a schedule. A text is wrong only where no way to read it is right.

mod days;
mod rates;
mod times;

use std::ops::Range;

use crate::schedule::expression::Expression;
use crate::schedule::zone::Zone;

use super::claim::{Clock, Kind};
use super::pattern::Pattern;
use super::rate::Rate;
use super::said::Said;
use super::zones::Offsets;

/// The bytes of what the schedule does not do; `None` where all may be right.
pub(super) fn contradicted(said: &Said, expression: &Expression, zone: Option<Zone>) -> Option<Range<usize>> {
    if let Some(every) = expression.every() {
        return rate_contradicted(said, |rate| rates::is_every(rate, every.distance), |_| false);
    }
    let pattern = Pattern::of(expression)?;
    let fits = |rate: Rate| rates::fits(rate, &pattern, said);
    let fits_alone = |rate: Rate| pattern.times.len() == 1 && fits(rate);
    rate_contradicted(said, fits, fits_alone)
        .or_else(|| minutes_contradicted(said, &pattern))
        .or_else(|| times_and_days_contradicted(said, &pattern, zone))
}

/// Several rates may tell of several things: one that is right is enough.
fn rate_contradicted(
    said: &Said,
    fits: impl Fn(Rate) -> bool,
    fits_alone: impl Fn(Rate) -> bool,
) -> Option<Range<usize>> {
    let (within, long): (Vec<_>, Vec<_>) = said.rates().partition(|(_, rate)| rate.is_within_days());
    if within.is_empty() {
        let first = long.first()?;
        return (!long.iter().any(|(_, rate)| fits(*rate))).then(|| first.0.span.clone());
    }
    let is_right = within.iter().any(|(_, rate)| fits(*rate)) || long.iter().any(|(_, rate)| fits_alone(*rate));
    (!is_right).then(|| within[0].0.span.clone())
}

/// Minutes of the hour are those of the schedule's clock: who names one thinks of the field.
fn minutes_contradicted(said: &Said, pattern: &Pattern) -> Option<Range<usize>> {
    let (minutes, runs) = (said.minutes(), pattern.minutes());
    let is_start = said.has_rate_within_days() && runs.count_ones() > 1;
    let is_right = if is_start { minutes & runs != 0 } else { minutes == runs };
    if minutes == 0 || is_right { None } else { said.span(|kind| matches!(kind, Kind::Minute(_))) }
}

/// Times and days must be right together, in one zone: where the clock shows another hour, it may be another day.
fn times_and_days_contradicted(said: &Said, pattern: &Pattern, zone: Option<Zone>) -> Option<Range<usize>> {
    let days = days::readings(said);
    let ends_day = said.readings.iter().flatten().any(Clock::is_midnight);
    let fit_days = |offset: i16| {
        let shifts = times::shifts(pattern, offset);
        let fit_shifted = |days: &[bool], by: isize| shifts.iter().all(|shift| pattern.runs_on(days, *shift + by));
        let fit = |days: &Vec<bool>| fit_shifted(days, 0) || ends_day && fit_shifted(days, -1);
        days.is_empty() || days.iter().any(fit) || days::may_be_narrowed(said, pattern)
    };
    let offsets = if said.names_times() {
        let offsets = times::offsets(said, pattern, zone);
        if offsets.is_empty() {
            let are_days_right = fit_days(0);
            return said.span(|kind| match kind {
                Kind::Clock(_) | Kind::Window(..) => true,
                Kind::Days(_) => !are_days_right,
                _ => false,
            });
        }
        offsets
    } else {
        let named = said.zones.iter().copied().map(Some);
        let zones: Vec<Option<Offsets>> = if said.zones.is_empty() { vec![None] } else { named.collect() };
        zones.into_iter().flat_map(|written| times::differences(written, zone)).collect()
    };
    if offsets.into_iter().any(fit_days) {
        return None;
    }
    // Days that are right by the schedule's own clock are not what is wrong, unless a zone says that the time is right.
    let are_times_wrong = said.names_times() && said.zones.is_empty() && fit_days(0);
    said.span(|kind| match kind {
        Kind::Clock(_) | Kind::Window(..) => are_times_wrong,
        Kind::Days(_) => !are_times_wrong,
        _ => false,
    })
}
