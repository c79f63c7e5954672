//! Which run is due, and when to look again.
//!
//! pkg/controller/cronjob/utils.go, mostRecentScheduleTime and nextScheduleTimeDuration, as of v1.36.

use super::super::moment::{Delay, Moment};
use crate::schedule::{INSTANTS, Instant, NextRun, Schedule, Seconds};

/// How much later than a run the controller looks, so that its clock may be a little slow.
pub(crate) const PADDING: Delay = Delay::from_millis(100);

/// How many runs are gone through one by one: more than there are in a burst of a month.
const MOST_GONE_THROUGH: usize = 50_000;

/// Go's longest length of time: a longer one is taken for it.
const LONGEST: i64 = 9_223_372_036;

/// From where the controller counts.
#[derive(Debug, Clone, Copy)]
pub struct Missed<'a> {
    /// The schedule, in its zone.
    pub schedule: &'a Schedule,
    /// The last run that was started, or else the object's creation.
    pub since: Instant,
    /// `startingDeadlineSeconds`.
    pub deadline: Option<Seconds>,
}

/// What the controller finds that it has not started.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unmet {
    /// The run to start, if there is one.
    pub run: Option<Instant>,
    /// How many it takes to be missed, a rough count.
    pub missed: Count,
}

/// A rough count of runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Count {
    /// None, or one that is just due.
    None,
    /// Up to a hundred.
    Few,
    /// More.
    Many,
}

/// That a schedule's first two runs are the same instant: it never runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NeverRuns;

impl Missed<'_> {
    /// The run to start at a moment.
    pub fn unmet(&self, now: Moment) -> Result<Unmet, NeverRuns> {
        let edge = self.deadline.map(|deadline| (now - Delay::from(deadline)).instant());
        self.latest(edge.map_or(self.since, |edge| edge.max(self.since)), now.instant())
    }

    /// When to look again, if ever.
    pub fn look_again(&self, now: Moment) -> Option<Moment> {
        let second = now.instant();
        let from = match self.latest(self.since, second) {
            Ok(Unmet { run: Some(run), .. }) => run,
            Ok(Unmet { run: None, missed: Count::None }) => self.since,
            Ok(Unmet { run: None, .. }) | Err(NeverRuns) => second,
        };
        self.schedule.next_after(from).map(|run| Moment::of(run) + PADDING)
    }

    /// The latest run up to `now`, of those after `earliest`; fractions of a second make no difference to a schedule.
    fn latest(&self, earliest: Instant, now: Instant) -> Result<Unmet, NeverRuns> {
        let first = self.next(earliest);
        if now < first {
            return Ok(Unmet { run: None, missed: Count::None });
        }
        let second = self.next(first);
        if now < second {
            return Ok(Unmet { run: Some(first), missed: Count::None });
        }
        let gap = (second - first).get().min(LONGEST);
        if gap < 1 {
            return Err(NeverRuns);
        }
        let missed = (now - first).get().min(LONGEST) / gap + 1;
        // Where runs come in bursts this may lie after all of them: then none is found.
        let from = first.saturating_add(Seconds::new(gap.saturating_mul(missed - 2)));
        let count = if missed > 100 { Count::Many } else { Count::Few };
        Ok(Unmet { run: self.last_between(from, now), missed: count })
    }

    /// The last run up to `now`. Go's longest length of time can leave thousands of years of runs to go through: of so
    /// many the last is looked for from the end.
    fn last_between(&self, from: Instant, now: Instant) -> Option<Instant> {
        let mut runs = self.schedule.runs_after(from).take_while(|run| *run <= now);
        let last = runs.by_ref().take(MOST_GONE_THROUGH).last();
        match runs.next() {
            Some(_) => self.schedule.last_between(from, now + Seconds::new(1)),
            None => last,
        }
    }

    /// The next run; where there is none, the beginning of the year 1, which is Go's zero time.
    fn next(&self, after: Instant) -> Instant {
        match self.schedule.next_run(after) {
            NextRun::At(run) => run,
            NextRun::Never | NextRun::Endless => INSTANTS.start,
        }
    }
}
