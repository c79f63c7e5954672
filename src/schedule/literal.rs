//! Kubernetes' search for the next run, step by step, with all that it does to runs around clock changes.
//!
//! This is the specification of [`search`](super::search): slow, and right by construction. It is also what the fast
//! search falls back to beside a clock change.

use super::calendar::{DAY, Date, days_from, weekday};
use super::plan::Plan;
use super::zone::Table;

/// More steps than any search that ends: a few thousand days with their hours and minutes.
const STEPS: u32 = 400_000;
const HOUR: i64 = 3_600;
const MINUTE: i64 = 60;

/// Where a search stands.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Walker<'a> {
    pub(crate) plan: &'a Plan,
    pub(crate) table: &'a Table,
    /// The last year in which a run may be found.
    pub(crate) last_year: i32,
    /// The instant looked at.
    pub(crate) at: i64,
    /// Whether the smaller units have been set to zero, which happens once a search.
    pub(crate) reset: bool,
}

/// How a search ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Walk {
    /// At a run.
    Run(i64),
    /// After the last year.
    Never,
    /// Not at all: Kubernetes would search for ever.
    Endless,
    /// At the local midnight of a day that the caller was content with.
    Midnight(i64),
}

/// What a unit's loop makes of the search.
enum Unit {
    Fits,
    StartAgain,
    Ends(Walk),
}

/// The local clock at an instant.
struct Clock {
    day: i64,
    second: i64,
}

impl Clock {
    fn hour(&self) -> i64 {
        self.second / HOUR
    }

    fn minute(&self) -> i64 {
        self.second % HOUR / MINUTE
    }
}

impl Walker<'_> {
    /// Searches. At each local midnight that it reaches after the reset, `content` says whether to stop there.
    pub(crate) fn walk(mut self, content: impl Fn(i64) -> bool) -> Walk {
        let mut steps = STEPS;
        loop {
            let clock = self.clock();
            if Date::from_days(clock.day).year > self.last_year {
                return Walk::Never;
            }
            if self.reset && clock.second == 0 && content(clock.day) {
                return Walk::Midnight(clock.day);
            }
            let mut unit = self.month(&mut steps);
            for next in [Self::day, Self::hour, Self::minute, Self::second] {
                if matches!(unit, Unit::Fits) {
                    unit = next(&mut self, &mut steps);
                }
            }
            match unit {
                Unit::Fits => return Walk::Run(self.at),
                Unit::Ends(walk) => return walk,
                Unit::StartAgain if steps == 0 => return Walk::Endless,
                Unit::StartAgain => {}
            }
        }
    }

    fn clock(&self) -> Clock {
        let local = self.at + i64::from(self.table.at(self.at).offset);
        Clock { day: local.div_euclid(DAY), second: local.rem_euclid(DAY) }
    }

    fn set(&mut self, day: i64, second: i64) {
        self.at = self.table.resolve(day * DAY + second);
    }

    fn month(&mut self, steps: &mut u32) -> Unit {
        loop {
            let clock = self.clock();
            let date = Date::from_days(clock.day);
            if self.plan.months >> date.month & 1 == 1 {
                return Unit::Fits;
            }
            let Some(left) = steps.checked_sub(1) else { return Unit::Ends(Walk::Endless) };
            *steps = left;
            let (year, month) = (i64::from(date.year), i64::from(date.month));
            if self.reset {
                self.set(days_from(year, month + 1, i64::from(date.day)), clock.second);
            } else {
                self.reset = true;
                self.set(days_from(year, month, 1), 0);
                let first = self.clock();
                let date = Date::from_days(first.day);
                let next = days_from(i64::from(date.year), i64::from(date.month) + 1, i64::from(date.day));
                self.set(next, first.second);
            }
            if Date::from_days(self.clock().day).month == 1 {
                return Unit::StartAgain;
            }
        }
    }

    fn day(&mut self, steps: &mut u32) -> Unit {
        loop {
            let clock = self.clock();
            let date = Date::from_days(clock.day);
            if self.plan.fits_day(date.day, weekday(clock.day)) {
                return Unit::Fits;
            }
            let Some(left) = steps.checked_sub(1) else { return Unit::Ends(Walk::Endless) };
            *steps = left;
            if !self.reset {
                self.reset = true;
                self.set(clock.day, 0);
            }
            let before = self.at;
            let clock = self.clock();
            self.set(clock.day + 1, clock.second);
            // A midnight that does not exist: the hour is brought back to 0, if it can be.
            match self.clock().hour() {
                0 => {}
                hour if hour > 12 => self.at += (24 - hour) * HOUR,
                hour => self.at -= hour * HOUR,
            }
            if self.at == before {
                return Unit::Ends(Walk::Endless);
            }
            if Date::from_days(self.clock().day).day == 1 {
                return Unit::StartAgain;
            }
        }
    }

    fn hour(&mut self, _: &mut u32) -> Unit {
        loop {
            let clock = self.clock();
            if self.plan.hours >> clock.hour() & 1 == 1 {
                return Unit::Fits;
            }
            if !self.reset {
                self.reset = true;
                self.set(clock.day, clock.hour() * HOUR);
            }
            self.at += HOUR;
            if self.clock().hour() == 0 {
                return Unit::StartAgain;
            }
        }
    }

    fn minute(&mut self, _: &mut u32) -> Unit {
        loop {
            if self.plan.minutes >> self.clock().minute() & 1 == 1 {
                return Unit::Fits;
            }
            if !self.reset {
                self.reset = true;
                self.at -= self.at.rem_euclid(MINUTE);
            }
            self.at += MINUTE;
            if self.clock().minute() == 0 {
                return Unit::StartAgain;
            }
        }
    }

    fn second(&mut self, _: &mut u32) -> Unit {
        loop {
            let second = self.clock().second % MINUTE;
            if second == 0 {
                return Unit::Fits;
            }
            self.reset = true;
            self.at += 1;
            if self.clock().second % MINUTE == 0 {
                return Unit::StartAgain;
            }
        }
    }
}
