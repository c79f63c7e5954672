//! Kubernetes' search for the next run, step by step, with all that it does to runs around clock changes.
//!
//! This is the specification of [`search`](super::search): slow, and right by construction. It is also what the fast
//! search falls back to beside a clock change.

use super::calendar::{days_from, weekday};
use super::plan::Plan;
use super::time::{Instant, LocalSecond, Seconds};
use super::zone::Table;

/// More steps than any search that ends: a few thousand days with their hours and minutes.
const STEPS: u32 = 400_000;

/// Where a search stands.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Walker<'a> {
    pub(crate) plan: &'a Plan,
    pub(crate) table: &'a Table,
    /// The last year in which a run may be found.
    pub(crate) last_year: i32,
    /// The instant looked at.
    pub(crate) at: Instant,
    /// Whether the smaller units have been set to zero, which happens once a search.
    pub(crate) reset: bool,
}

/// How a search ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Walk {
    /// At a run.
    Run(Instant),
    /// After the last year.
    Never,
    /// Not at all: Kubernetes would search for ever.
    Endless,
    /// At the local midnight of a day, counted from 1970-01-01, that the caller was content with.
    Midnight(i64),
}

/// What a unit's loop makes of the search.
enum Unit {
    Fits,
    StartAgain,
    Ends(Walk),
}

/// The hour that a clock shows.
fn hour(clock: LocalSecond) -> u32 {
    clock.second_of_day() / 3_600
}

fn minute(clock: LocalSecond) -> u32 {
    clock.second_of_day() / 60 % 60
}

fn second(clock: LocalSecond) -> u32 {
    clock.second_of_day() % 60
}

impl Walker<'_> {
    /// Searches. At each local midnight that it reaches after the reset, `content` says whether to stop there.
    pub(crate) fn walk(mut self, content: impl Fn(i64) -> bool) -> Walk {
        let mut steps = STEPS;
        loop {
            let clock = self.clock();
            if clock.date().year > self.last_year {
                return Walk::Never;
            }
            if self.reset && clock.second_of_day() == 0 && content(clock.day()) {
                return Walk::Midnight(clock.day());
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

    fn clock(&self) -> LocalSecond {
        self.at.local(self.table.at(self.at).offset)
    }

    fn set(&mut self, day: i64, second_of_day: u32) {
        self.at = self.table.resolve(LocalSecond::new(day, second_of_day));
    }

    fn month(&mut self, steps: &mut u32) -> Unit {
        loop {
            let clock = self.clock();
            let date = clock.date();
            if self.plan.months >> date.month & 1 == 1 {
                return Unit::Fits;
            }
            let Some(left) = steps.checked_sub(1) else { return Unit::Ends(Walk::Endless) };
            *steps = left;
            let (year, month) = (i64::from(date.year), i64::from(date.month));
            if self.reset {
                self.set(days_from(year, month + 1, i64::from(date.day)), clock.second_of_day());
            } else {
                self.reset = true;
                self.set(days_from(year, month, 1), 0);
                let first = self.clock();
                let date = first.date();
                let next = days_from(i64::from(date.year), i64::from(date.month) + 1, i64::from(date.day));
                self.set(next, first.second_of_day());
            }
            if self.clock().date().month == 1 {
                return Unit::StartAgain;
            }
        }
    }

    fn day(&mut self, steps: &mut u32) -> Unit {
        loop {
            let clock = self.clock();
            if self.plan.fits_day(clock.date().day, weekday(clock.day())) {
                return Unit::Fits;
            }
            let Some(left) = steps.checked_sub(1) else { return Unit::Ends(Walk::Endless) };
            *steps = left;
            if !self.reset {
                self.reset = true;
                self.set(clock.day(), 0);
            }
            let before = self.at;
            let clock = self.clock();
            self.set(clock.day() + 1, clock.second_of_day());
            // A midnight that does not exist: the hour is brought back to 0, if it can be.
            match i64::from(hour(self.clock())) {
                0 => {}
                hour if hour > 12 => self.at = self.at + Seconds::HOUR * (24 - hour),
                hour => self.at = self.at - Seconds::HOUR * hour,
            }
            if self.at == before {
                return Unit::Ends(Walk::Endless);
            }
            if self.clock().date().day == 1 {
                return Unit::StartAgain;
            }
        }
    }

    fn hour(&mut self, _: &mut u32) -> Unit {
        loop {
            let clock = self.clock();
            if self.plan.hours >> hour(clock) & 1 == 1 {
                return Unit::Fits;
            }
            if !self.reset {
                self.reset = true;
                self.set(clock.day(), hour(clock) * 3_600);
            }
            self.at = self.at + Seconds::HOUR;
            if hour(self.clock()) == 0 {
                return Unit::StartAgain;
            }
        }
    }

    fn minute(&mut self, _: &mut u32) -> Unit {
        loop {
            if self.plan.minutes >> minute(self.clock()) & 1 == 1 {
                return Unit::Fits;
            }
            if !self.reset {
                self.reset = true;
                self.at = self.at - Seconds::new(self.at.unix().rem_euclid(60));
            }
            self.at = self.at + Seconds::MINUTE;
            if minute(self.clock()) == 0 {
                return Unit::StartAgain;
            }
        }
    }

    fn second(&mut self, _: &mut u32) -> Unit {
        loop {
            if second(self.clock()) == 0 {
                return Unit::Fits;
            }
            self.reset = true;
            self.at = self.at + Seconds::new(1);
            if second(self.clock()) == 0 {
                return Unit::StartAgain;
            }
        }
    }
}
