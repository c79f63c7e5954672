//! The runs of a schedule in a zone.

use std::ops::Range;

use super::enumerate;
use super::expression::{Every, Expression, Location};
use super::plan::Plan;
use super::search::{Ending, INSTANTS, NextRun, next_in_chain, next_run};
use super::time::{Instant, Seconds};
use super::zone::{Table, Zone};

/// A schedule in its time zone: what the CronJob controller asks for the next run.
#[derive(Debug, Clone)]
pub struct Schedule {
    rhythm: Compiled,
    zone: Zone,
    table: &'static Table,
}

#[derive(Debug, Clone)]
pub(super) enum Compiled {
    Plan(Box<Plan>),
    Every(Every),
}

impl Schedule {
    /// The schedule as run with `spec.timeZone: zone`. A zone within the schedule itself wins, as it does in Kubernetes.
    #[must_use]
    pub fn new(expression: &Expression, zone: Zone) -> Self {
        let zone = expression.location().map_or(zone, Location::zone);
        let rhythm = match (Plan::new(expression), expression.every()) {
            (_, Some(every)) => Compiled::Every(every),
            (Some(plan), None) => Compiled::Plan(Box::new(plan)),
            (None, None) => unreachable!("a schedule has either fields or a distance"),
        };
        Self { rhythm, zone, table: zone.table() }
    }

    /// The zone it runs in.
    #[must_use]
    pub fn zone(&self) -> Zone {
        self.zone
    }

    /// The distance between two runs, where it is fixed.
    #[must_use]
    pub fn every(&self) -> Option<Seconds> {
        match &self.rhythm {
            Compiled::Every(every) => Some(every.distance),
            Compiled::Plan(_) => None,
        }
    }

    pub(super) fn compiled(&self) -> &Compiled {
        &self.rhythm
    }

    pub(super) fn table(&self) -> &'static Table {
        self.table
    }

    /// Kubernetes' next run after an instant, both within the years 1 to 9999.
    #[must_use]
    pub fn next_run(&self, after: Instant) -> NextRun {
        let next = match &self.rhythm {
            Compiled::Plan(plan) => next_run(plan, self.table, after),
            Compiled::Every(_) if !INSTANTS.contains(&after) => NextRun::Never,
            Compiled::Every(every) => NextRun::At(after + every.distance),
        };
        match next {
            NextRun::At(run) if !INSTANTS.contains(&run) => NextRun::Never,
            next => next,
        }
    }

    /// Kubernetes' next run after an instant, if it finds one. At the end of summer time in `Pacific/Chatham` it may not
    /// be after the instant.
    #[must_use]
    pub fn next_after(&self, after: Instant) -> Option<Instant> {
        match self.next_run(after) {
            NextRun::At(run) => Some(run),
            NextRun::Never | NextRun::Endless => None,
        }
    }

    /// The runs after an instant as Kubernetes finds them, each from the one before.
    #[must_use]
    pub fn runs_after(&self, after: Instant) -> Runs<'_> {
        Runs { schedule: self, last: after, ending: None }
    }

    /// Adds to `runs` what a chain of searches that begins at `after` finds, up to the first run that is not before
    /// `before`; of those that are not after `after` it adds none. Says why there are none further, if there are none.
    pub fn runs_between(&self, after: Instant, before: Instant, runs: &mut Vec<Instant>) -> Option<Ending> {
        self.enumerate(after..before, runs)
    }

    /// How many runs [`Self::runs_between`] finds.
    #[must_use]
    pub fn count_between(&self, after: Instant, before: Instant) -> u64 {
        let mut count = enumerate::Count(0);
        self.enumerate(after..before, &mut count);
        count.0
    }

    /// The last run between two instants, looked for in longer and longer stretches from the end.
    #[must_use]
    pub fn last_between(&self, after: Instant, before: Instant) -> Option<Instant> {
        if let Some(every) = self.every() {
            let count = (before - after - Seconds::new(1)).get() / every.get();
            return (count > 0).then(|| after + every * count);
        }
        let (mut length, mut runs) = (Seconds::HOUR, Vec::new());
        loop {
            let from = after.max(before - length);
            self.runs_between(from, before, &mut runs);
            if !runs.is_empty() || from == after {
                return runs.last().copied();
            }
            length = length * 8;
        }
    }

    fn enumerate(&self, range: Range<Instant>, into: &mut impl enumerate::Sink) -> Option<Ending> {
        if !INSTANTS.contains(&range.start) {
            return Some(Ending::OutOfYears);
        }
        let within = range.start..range.end.min(INSTANTS.end);
        let ending = match &self.rhythm {
            Compiled::Plan(plan) => enumerate::plan(plan, self.table, within, into),
            Compiled::Every(every) => {
                enumerate::every(*every, within, into);
                None
            }
        };
        ending.or_else(|| (range.end > INSTANTS.end).then_some(Ending::OutOfYears))
    }

    fn next_in_chain(&self, last: Instant) -> Result<Instant, Ending> {
        if !INSTANTS.contains(&last) {
            return Err(Ending::OutOfYears);
        }
        let run = match &self.rhythm {
            Compiled::Plan(plan) => next_in_chain(plan, self.table, last)?,
            Compiled::Every(every) => last + every.distance,
        };
        if INSTANTS.contains(&run) { Ok(run) } else { Err(Ending::OutOfYears) }
    }
}

/// The runs of a schedule after an instant, in the order in which Kubernetes finds them: at a few clock changes a run is
/// before the one that led to it, or before the instant. Ends where Kubernetes finds no further run, and where it comes
/// back to the last one.
#[derive(Debug, Clone)]
pub struct Runs<'a> {
    schedule: &'a Schedule,
    last: Instant,
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
    type Item = Instant;

    fn next(&mut self) -> Option<Instant> {
        if self.ending.is_some() {
            return None;
        }
        match self.schedule.next_in_chain(self.last) {
            Ok(run) => {
                self.last = run;
                Some(run)
            }
            Err(ending) => {
                self.ending = Some(ending);
                None
            }
        }
    }
}
