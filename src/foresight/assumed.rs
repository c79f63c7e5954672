//! What people assume of Jobs and of the cluster, and what that comes to for one object.

use std::ops::Range;

use super::Plan;
use crate::controller::{Attempt, Delay, Moment, Outcome};
use crate::schedule::{Instant, Seconds};

/// All that is assumed.
#[derive(Debug, Clone)]
pub struct Assumed {
    /// Of the work, in the order in which it is said: what is said later is stronger.
    pub claims: Vec<Claim>,
    /// Of the world.
    pub world: World,
}

/// Something that is assumed of Jobs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// The name of the object, with or without its namespace; `None`: of all.
    pub of: Option<String>,
    /// What is assumed.
    pub what: Trait,
}

/// What a Job may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trait {
    /// Each of its containers runs for so long.
    Takes(Seconds),
    /// So many of its first attempts fail; `None`: all.
    Fails(Option<u32>),
    /// Its containers never end.
    Hangs,
    /// Its pods stay `Pending`.
    NeverStarts,
}

/// When things happen.
#[derive(Debug, Clone)]
pub struct World {
    /// When the objects are created.
    pub from: Instant,
    /// How long they are watched; `None`: as long as is telling.
    pub length: Option<Seconds>,
    /// When the controllers are away.
    pub outages: Vec<Range<Instant>>,
    /// When the objects are suspended.
    pub suspended: Vec<Range<Instant>>,
}

/// What is assumed of one object.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Premises {
    /// How long a container runs, if it was said.
    pub run_time: Option<Seconds>,
    /// How many of the first attempts fail, `Some(None)` for all, if it was said.
    pub fails: Option<Option<u32>>,
    /// Whether its containers never end.
    pub hangs: bool,
    /// Whether its pods never start.
    pub never_starts: bool,
}

impl Claim {
    /// Whether it speaks of an object.
    #[must_use]
    pub fn is_of(&self, plan: &Plan) -> bool {
        self.of.as_ref().is_none_or(|of| Some(of) == plan.identity.name.as_ref() || *of == plan.label())
    }
}

impl Premises {
    /// How long a container is taken to run where nothing is said of it.
    pub const RUN_TIME: Seconds = Seconds::new(1);
    /// How long a pod is taken to need until its container runs.
    pub const POD_START: Seconds = Seconds::new(1);
    /// How long a container is taken to need until it has stopped.
    pub const POD_STOP: Seconds = Seconds::new(1);

    /// What holds for an object: what is said of it by name is stronger than what is said of all.
    pub(super) fn of(plan: &Plan, claims: &[Claim]) -> Self {
        let mut premises = Self { run_time: None, fails: None, hangs: false, never_starts: false };
        let (general, named) = claims.iter().partition::<Vec<_>, _>(|claim| claim.of.is_none());
        for claim in general.into_iter().chain(named).filter(|claim| claim.is_of(plan)) {
            match claim.what {
                Trait::Takes(length) => premises.run_time = Some(length),
                Trait::Fails(attempts) => premises.fails = Some(attempts),
                Trait::Hangs => premises.hangs = true,
                Trait::NeverStarts => premises.never_starts = true,
            }
        }
        premises
    }

    /// Whether nothing is said.
    #[must_use]
    pub const fn are_none(&self) -> bool {
        self.run_time.is_none() && self.fails.is_none() && !self.hangs && !self.never_starts
    }

    /// What comes of a run of a container; where pods have indexes, attempts are counted for each.
    pub(super) fn outcome(self, attempt: Attempt) -> Outcome {
        let after = Delay::from(self.run_time.unwrap_or(Self::RUN_TIME));
        let fails = self.fails.is_some_and(|most| most.is_none_or(|most| attempt.of_index < most));
        match (self.never_starts, self.hangs && !fails) {
            (true, _) => Outcome::NeverStarts,
            (_, true) => Outcome::Hangs,
            _ => Outcome::Exits { after, code: i32::from(fails) },
        }
    }
}

/// Stretches of time from a moment on, in order, those that touch as one.
pub(super) fn merged(ranges: &[Range<Instant>], from: Instant) -> Vec<Range<Moment>> {
    let mut ranges: Vec<Range<Instant>> = ranges.iter().map(|range| range.start.max(from)..range.end).collect();
    ranges.retain(|range| range.start < range.end);
    ranges.sort_by_key(|range| range.start);
    let mut merged: Vec<Range<Moment>> = Vec::new();
    for range in ranges {
        let range = Moment::of(range.start)..Moment::of(range.end);
        match merged.last_mut().filter(|last| range.start <= last.end) {
            Some(last) => last.end = last.end.max(range.end),
            None => merged.push(range),
        }
    }
    merged
}
