//! Whether a schedule runs on the days that a text says.

use crate::schedule::calendar::days_in_month;
use crate::schedule::claims::claim::{Days, EACH_MONTH};
use crate::schedule::claims::pattern::{Day, Pattern, days_where};
use crate::schedule::claims::rate::{Rate, Unit};
use crate::schedule::claims::said::Said;

/// The days of a text, in every way to read them.
pub(super) fn readings(said: &Said) -> Vec<Vec<bool>> {
    let (weekdays, dates): (Vec<Days>, Vec<Days>) = said.days().partition(|days| matches!(days, Days::Weekdays(_)));
    let any = |list: &[Days]| days_where(|day| list.iter().any(|days| is_on(*days, day)));
    let mut readings: Vec<Vec<bool>> =
        [&weekdays, &dates].into_iter().filter(|list| !list.is_empty()).map(|list| any(list)).collect();
    if !weekdays.is_empty() && !dates.is_empty() {
        let both = |join: fn(bool, bool) -> bool| {
            readings[0].iter().zip(&readings[1]).map(|(one, other)| join(*one, *other)).collect::<Vec<bool>>()
        };
        let joined = [both(|one, other| one || other), both(|one, other| one && other)];
        readings.extend(joined);
    }
    for list in [weekdays, dates] {
        if list.len() > 1 {
            readings.extend(list.into_iter().map(|days| any(&[days])));
        }
    }
    readings
}

fn is_on(days: Days, Day { date, weekday }: Day) -> bool {
    let last = days_in_month(date.year, date.month);
    match days {
        Days::Weekdays(weekdays) => weekdays >> weekday & 1 == 1,
        Days::Dates { days, months } => days >> date.day & 1 == 1 && months >> date.month & 1 == 1,
        Days::LastDay | Days::MonthEnd => date.day == last,
        Days::MonthStart => (1..=7).contains(&date.day),
        Days::Nth { weeks, weekdays, months } => {
            let is_last = date.day + 7 > last;
            months >> date.month & 1 == 1
                && weekdays >> weekday & 1 == 1
                && (weeks >> date.day.div_ceil(7) & 1 == 1 || weeks & 1 == 1 && is_last)
        }
    }
}

/// Whether the schedule runs on all days that may be the wanted one of the month, and on no others: then the program
/// looks at the date itself, since five fields cannot say it.
pub(super) fn may_be_narrowed(said: &Said, pattern: &Pattern) -> bool {
    let is_rare = said.rates().any(|(_, rate)| match rate {
        Rate::Long(count, unit) => matches!(unit, Unit::Quarter | Unit::Year) || unit == Unit::Month && count > 1,
        _ => false,
    });
    said.days().any(|days| {
        let (first, months) = match days {
            // "The end of the month" is more than a day to some.
            Days::MonthEnd => return pattern.runs_only_where(|day| day.date.day >= 25),
            Days::MonthStart => return pattern.runs_only_where(|day| day.date.day <= 7),
            // "Quarterly on the 1st" leaves the months open.
            Days::Dates { days, .. } if is_rare => return pattern.runs_only_where(|day| days >> day.date.day & 1 == 1),
            Days::LastDay => (28, EACH_MONTH),
            Days::Nth { weeks: 1, months, .. } => (25, months),
            Days::Nth { weeks, months, .. } if weeks.count_ones() == 1 => {
                (7 * weeks.trailing_zeros() as u8 - 6, months)
            }
            _ => return false,
        };
        let last = if first >= 25 { 31 } else { first + 6 };
        pattern.days
            == days_where(|Day { date, .. }| (first..=last).contains(&date.day) && months >> date.month & 1 == 1)
    })
}
