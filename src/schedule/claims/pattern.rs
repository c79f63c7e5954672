//! What a schedule does: at which times of which days.

use crate::schedule::calendar::Date;
use crate::schedule::expression::{Expression, FieldName};

/// How many days are looked at: more than three years, so that what comes once a year shows.
const DAYS: usize = 1_200;
/// The first of them.
const FIRST: Date = Date { year: 2027, month: 1, day: 1 };
/// All of them: there may be many schedules to compare with what is said.
static LOOKED_AT: [Day; DAYS] = looked_at();

/// A day that is looked at.
#[derive(Debug, Clone, Copy)]
pub(super) struct Day {
    pub(super) date: Date,
    /// 0 for Sunday.
    pub(super) weekday: u8,
}

const fn looked_at() -> [Day; DAYS] {
    let mut days = [Day { date: FIRST, weekday: FIRST.weekday() }; DAYS];
    let mut at = 1;
    while at < DAYS {
        let date = Date::from_days(FIRST.to_days() + at as i64);
        days[at] = Day { date, weekday: date.weekday() };
        at += 1;
    }
    days
}

/// The times and days of a schedule of five fields, by the clock of its zone.
#[derive(Debug)]
pub(super) struct Pattern {
    /// Minutes since midnight, in order.
    pub(super) times: Vec<u16>,
    /// Whether it runs on each of the days looked at.
    pub(super) days: Vec<bool>,
}

impl Pattern {
    /// That of a schedule; `None` for `@every`, and where it never runs.
    pub(super) fn of(expression: &Expression) -> Option<Self> {
        let values = |name| expression.field(name).map(|field| field.values);
        let (minutes, hours) = (expression.field(FieldName::Minute)?, expression.field(FieldName::Hour)?);
        let times = hours.iter().flat_map(|hour| minutes.iter().map(move |minute| (hour, minute)));
        let times: Vec<u16> = times.map(|(hour, minute)| u16::from(hour) * 60 + u16::from(minute)).collect();
        let (dates, months) = (values(FieldName::DayOfMonth)?, values(FieldName::Month)?);
        let weekdays = values(FieldName::DayOfWeek)?;
        let by_or = expression.days_joined_by_or();
        let runs = |Day { date, weekday }| {
            let by_date = dates >> date.day & 1 == 1;
            let by_weekday = weekdays >> weekday & 1 == 1;
            months >> date.month & 1 == 1 && if by_or { by_date || by_weekday } else { by_date && by_weekday }
        };
        let days = days_where(runs);
        (!times.is_empty() && days.contains(&true)).then_some(Self { times, days })
    }

    /// The minutes of the hour at which it runs: bits 0 to 59.
    pub(super) fn minutes(&self) -> u64 {
        self.times.iter().fold(0, |minutes, time| minutes | 1 << (time % 60))
    }

    /// Whether the runs are so many minutes apart, but for a few. `pauses` are the longer times without a run that the
    /// text allows for: one (the night), or any number.
    pub(super) fn is_apart(&self, minutes: u16, says_when: bool) -> bool {
        let mut gaps: Vec<u16> = self.times.windows(2).map(|pair| pair[1] - pair[0]).collect();
        if let ([first, .., last], true) = (self.times.as_slice(), !says_when || gaps.is_empty()) {
            gaps.push(first + 1_440 - last);
        }
        let pauses = gaps.iter().filter(|gap| **gap > minutes).count();
        are_nearly_all(gaps.iter().map(|gap| *gap == minutes)) && (says_when || pauses < 2)
    }

    /// Whether the days with runs are a number of days within this range apart, but for a few.
    pub(super) fn are_days_apart(&self, from: u32, to: u32) -> bool {
        let days: Vec<usize> = (0..self.days.len()).filter(|day| self.days[*day]).collect();
        are_nearly_all(days.windows(2).map(|pair| (from..=to).contains(&((pair[1] - pair[0]) as u32))))
    }

    /// Whether all runs are on such days.
    pub(super) fn runs_only_where(&self, is_one: impl Fn(Day) -> bool) -> bool {
        self.days.iter().zip(days_where(is_one)).all(|(runs, is_one)| is_one || !runs)
    }

    /// How many runs there are in so many days, on average, in hundredths.
    pub(super) fn runs_in(&self, hundredths_of_days: u64) -> u64 {
        let days = self.days.iter().filter(|runs| **runs).count() as u64;
        days * self.times.len() as u64 * hundredths_of_days / self.days.len() as u64
    }

    /// The longest time of the day without a run, in minutes.
    pub(super) fn longest_pause(&self) -> u16 {
        let gaps = self.times.windows(2).map(|pair| pair[1] - pair[0]);
        let around = self.times[0] + 1_440 - self.times[self.times.len() - 1];
        gaps.fold(around, u16::max)
    }

    /// Whether it runs on the days given, seen where the clocks show the next (1) or the last (-1) day at the time.
    pub(super) fn runs_on(&self, days: &[bool], shift: isize) -> bool {
        let inner = 1..self.days.len() - 1;
        inner.into_iter().all(|day| days[day] == self.days[day.wrapping_add_signed(-shift)])
    }
}

/// For each of the days looked at, whether it is one of some.
pub(super) fn days_where(is_one: impl Fn(Day) -> bool) -> Vec<bool> {
    LOOKED_AT.iter().map(|day| is_one(*day)).collect()
}

/// Whether at least seven of ten are: a step that starts again each day or month leaves some odd ones, and who says
/// "every 5 hours" of 0, 5, 10, 15 and 20 is not wrong enough.
fn are_nearly_all(fit: impl Iterator<Item = bool>) -> bool {
    let (mut fitting, mut all) = (0, 0);
    for fits in fit {
        all += 1;
        fitting += usize::from(fits);
    }
    all > 0 && 10 * fitting >= 7 * all
}
