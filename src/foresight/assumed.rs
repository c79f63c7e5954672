//! What people assume of Jobs and of the cluster, and what that comes to for one object.

use std::ops::Range;

use super::plan::KILLED;
use super::{Claim, Plan, Source};
use crate::analysis::{RunTime, Trait};
use crate::controller::{Attempt, Delay, Moment, Outcome};
use crate::schedule::{Instant, Seconds};
use crate::sort;

/// All that is assumed.
#[derive(Debug, Clone)]
pub struct Assumed {
    /// Of the work, in the order in which it is said: what is said later is stronger.
    pub claims: Vec<Claim>,
    /// Of the world.
    pub world: World,
    /// What lengths between two others are drawn by.
    pub seed: u64,
}

impl Assumed {
    /// What lengths are drawn by where nobody says.
    pub const SEED: u64 = 1;
}

/// Something that is assumed, and who says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Held<T> {
    /// What.
    pub value: T,
    /// Who says so.
    pub source: Source,
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

/// What is assumed of one object; what nobody says is `None`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Premises {
    /// How long a container runs.
    pub run_time: Option<Held<RunTime>>,
    /// How many of the first attempts fail, `None` for all.
    pub fails: Option<Held<Option<u32>>>,
    /// How many of the first attempts end with their pod, which is evicted.
    pub evicted: Option<Held<u32>>,
    /// Its containers never end.
    pub hangs: Option<Source>,
    /// Its pods never start.
    pub never_starts: Option<Source>,
}

impl Premises {
    /// How long a container is taken to run where nothing is said of it.
    pub const RUN_TIME: Seconds = Seconds::new(1);
    /// How long a pod is taken to need until its container runs.
    pub const POD_START: Seconds = Seconds::new(1);
    /// How long a container is taken to need until it has stopped.
    pub const POD_STOP: Seconds = Seconds::new(1);

    /// What holds for an object: the stronger source, and of one source what is said of it by name.
    pub(super) fn of(plan: &Plan, claims: &[Claim]) -> Self {
        let mut claims: Vec<&Claim> =
            plan.claims.iter().chain(claims).filter(|claim| plan.is_meant_by(claim)).collect();
        sort::by_key(&mut claims, |claim| (claim.source, claim.of.is_some()));
        let mut premises = Self::default();
        for Claim { what, source, .. } in claims {
            premises.take(*what, *source);
        }
        premises
    }

    fn take(&mut self, what: Trait, source: Source) {
        match what {
            Trait::Takes(value) => {
                self.run_time = Some(Held { value, source });
                // Who says how long it runs says that it does.
                for other in [&mut self.hangs, &mut self.never_starts] {
                    *other = other.filter(|weaker| *weaker == source);
                }
            }
            Trait::Fails(value) => self.fails = Some(Held { value, source }),
            Trait::Evicted(value) => self.evicted = Some(Held { value, source }),
            Trait::Hangs(hangs) => self.hangs = hangs.then_some(source),
            Trait::NeverStarts(never) => self.never_starts = never.then_some(source),
        }
    }

    /// Whether nothing is said.
    #[must_use]
    pub fn are_none(&self) -> bool {
        *self == Self::default()
    }

    /// Whether each Job does the same.
    #[must_use]
    pub fn are_constant(&self) -> bool {
        self.run_time.is_none_or(|Held { value, .. }| value.least == value.most)
    }

    /// What comes of a run of a container, by what is drawn for it; where pods have indexes, attempts are counted for each.
    pub(super) fn outcome(self, attempt: Attempt, drawn: u64) -> Outcome {
        let most = self.run_time.map_or(RunTime::of(Self::RUN_TIME), |held| held.value);
        let after = Delay::from(most.drawn(drawn));
        let evicted = self.evicted.is_some_and(|most| attempt.of_index < most.value);
        let fails = self.fails.is_some_and(|most| most.value.is_none_or(|most| attempt.of_index < most));
        match (self.never_starts.is_some(), self.hangs.is_some() && !fails && !evicted) {
            (true, _) => Outcome::NeverStarts,
            (_, true) => Outcome::Hangs,
            _ if evicted => Outcome::Evicted { after, code: KILLED },
            _ => Outcome::Exits { after, code: i32::from(fails) },
        }
    }
}

/// A number by which something is drawn: from a seed the same each time, and another for each attempt.
pub(super) fn draw(seed: u64, label: &str, attempt: Attempt) -> u64 {
    let letters = label.bytes().map(u64::from);
    let index = attempt.index.map_or(0, |index| u64::from(index.unsigned_abs()) + 1);
    let numbers = [attempt.job, index, u64::from(attempt.of_index)];
    letters.chain(numbers).fold(mixed(seed), |sum, number| mixed(sum ^ number))
}

/// Sebastiano Vigna's `SplitMix64`.
fn mixed(number: u64) -> u64 {
    let number = number.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let number = (number ^ (number >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let number = (number ^ (number >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    number ^ (number >> 31)
}

/// Stretches of time from a moment on, in order, those that touch as one.
pub(super) fn merged(ranges: &[Range<Instant>], from: Instant) -> Vec<Range<Moment>> {
    let mut ranges: Vec<Range<Instant>> = ranges.iter().map(|range| range.start.max(from)..range.end).collect();
    ranges.retain(|range| range.start < range.end);
    sort::by_key(&mut ranges, |range| range.start);
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
