//! The runs of a schedule in a zone.

use super::enumerate;
use super::expression::{Every, Expression};
use super::literal::{Walk, Walker};
use super::plan::Plan;
use super::search::{INSTANTS, NextRun, YEARS_AHEAD, next_run};
use super::zone::{Table, Zone};

/// A schedule in its time zone: what the CronJob controller asks for the next run.
#[derive(Debug, Clone)]
pub struct Schedule {
    rhythm: Compiled,
    zone: Zone,
    table: &'static Table,
}

#[derive(Debug, Clone)]
enum Compiled {
    Plan(Box<Plan>),
    Every(Every),
}

/// Why there are no more runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// Kubernetes finds none until the end of the fifth year: `exhausted`.
    Exhausted,
    /// The next run is not after the last one; Kubernetes gives the same answer for ever.
    Stuck {
        /// The instant that comes again and again.
        at: i64,
    },
    /// Kubernetes' search never ends.
    Endless,
}

impl Schedule {
    /// The schedule as run with `spec.timeZone: zone`. A zone within the schedule itself wins, as it does in Kubernetes.
    #[must_use]
    pub fn new(expression: &Expression, zone: Zone) -> Self {
        let zone = expression.location().map_or(zone, super::Location::zone);
        let rhythm = match (Plan::new(expression), expression.every()) {
            (_, Some(every)) => Compiled::Every(every),
            (Some(plan), None) => Compiled::Plan(Box::new(plan)),
            (None, None) => unreachable!("a schedule has either fields or a distance"),
        };
        Self { rhythm, zone, table: zone.table() }
    }

    pub(super) fn table(&self) -> &'static Table {
        self.table
    }

    /// The zone it runs in.
    #[must_use]
    pub fn zone(&self) -> Zone {
        self.zone
    }

    /// Kubernetes' next run after an instant (Unix seconds, fractions cut off).
    #[must_use]
    pub fn next_run(&self, after: i64) -> NextRun {
        match &self.rhythm {
            Compiled::Plan(plan) => next_run(plan, self.table, after),
            Compiled::Every(every) => after.checked_add(every.seconds).map_or(NextRun::Never, NextRun::At),
        }
    }

    /// Kubernetes' next run after an instant, if it finds one. At the end of summer time in `Pacific/Chatham` it may not
    /// be after the instant.
    #[must_use]
    pub fn next_after(&self, after: i64) -> Option<i64> {
        match self.next_run(after) {
            NextRun::At(run) => Some(run),
            NextRun::Never | NextRun::Endless => None,
        }
    }

    /// Kubernetes' next run by a plain translation of its algorithm: slow, and the measure of [`Self::next_run`].
    #[must_use]
    pub fn next_run_literally(&self, after: i64) -> NextRun {
        let Compiled::Plan(plan) = &self.rhythm else { return self.next_run(after) };
        if plan.is_empty() || !INSTANTS.contains(&after) {
            return NextRun::Never;
        }
        let last_year = self.zone.local(after + 1).date.year + YEARS_AHEAD;
        let walker = Walker { plan, table: self.table, last_year, at: after + 1, reset: false };
        match walker.walk(|_| false) {
            Walk::Run(run) => NextRun::At(run),
            Walk::Endless => NextRun::Endless,
            Walk::Never | Walk::Midnight(_) => NextRun::Never,
        }
    }

    /// The runs after an instant, one after the other.
    #[must_use]
    pub fn runs_after(&self, after: i64) -> Runs<'_> {
        Runs { schedule: self, last: after, ending: None }
    }

    /// Adds the runs in `after < run < before` to `runs`, as a chain of searches that begins at `after` finds them.
    /// Says why there are none further, if there are none.
    pub fn runs_between(&self, after: i64, before: i64, runs: &mut Vec<i64>) -> Option<Ending> {
        self.enumerate(after, before, runs)
    }

    /// How many runs there are in `after < run < before`.
    #[must_use]
    pub fn count_between(&self, after: i64, before: i64) -> u64 {
        let mut count = enumerate::Count(0);
        self.enumerate(after, before, &mut count);
        count.0
    }

    fn enumerate(&self, after: i64, before: i64, into: &mut impl enumerate::Sink) -> Option<Ending> {
        match &self.rhythm {
            Compiled::Plan(plan) => enumerate::plan(plan, self, (after, before), into),
            Compiled::Every(every) => {
                enumerate::every(*every, (after, before), into);
                None
            }
        }
    }
}

/// The runs of a schedule after an instant. Ends where Kubernetes finds no further run, and where it finds the same one
/// again.
#[derive(Debug, Clone)]
pub struct Runs<'a> {
    schedule: &'a Schedule,
    last: i64,
    ending: Option<Ending>,
}

impl Runs<'_> {
    /// Why the runs have ended, once they have.
    #[must_use]
    pub fn ending(&self) -> Option<Ending> {
        self.ending
    }
}

impl Iterator for Runs<'_> {
    type Item = i64;

    fn next(&mut self) -> Option<i64> {
        if self.ending.is_some() {
            return None;
        }
        match self.schedule.next_run(self.last) {
            NextRun::At(run) if run > self.last => {
                self.last = run;
                return Some(run);
            }
            NextRun::At(run) => self.ending = Some(Ending::Stuck { at: run }),
            NextRun::Never => self.ending = Some(Ending::Exhausted),
            NextRun::Endless => self.ending = Some(Ending::Endless),
        }
        None
    }
}
