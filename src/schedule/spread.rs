//! The same work with less of it in one minute: schedules at a minute that people write where any would do, each moved by
//! the fewest minutes that bring down the most that starts at once. Days and hours are meant, and stay.

mod crowd;
mod round;
#[cfg(test)]
mod tests;

use std::ops::Range;

use super::time::Instant;
use super::zone::Zone;
use crowd::Crowd;

pub use round::RoundMinute;

/// A schedule among others.
#[derive(Debug, Clone, Copy)]
pub struct Scheduled<'a> {
    /// Its text.
    pub schedule: &'a str,
    /// The zone that it runs in.
    pub zone: Zone,
    /// Whether it may run at another minute, if its own is a [`RoundMinute`].
    pub may_move: bool,
    /// How much starts with each run.
    pub weight: u32,
}

/// Schedules that are spread.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Spread {
    /// The most that starts in one minute now.
    pub before: u32,
    /// The most that does then.
    pub after: u32,
    /// What moves, in the order of the schedules.
    pub moves: Vec<Move>,
}

/// A schedule that runs at another minute.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Move {
    /// Which of the schedules.
    pub number: usize,
    /// The minute of the hour now, and then.
    pub minutes: [u8; 2],
    /// The bytes of its text that change.
    pub place: Range<usize>,
    /// What takes their place.
    pub text: String,
    /// All of its text then.
    pub schedule: String,
}

/// Spreads schedules by the runs of five weeks, in which each day of a month comes; `None` where that brings nothing down.
/// What it makes is at rest: spread again, nothing moves. `@every` counts from a creation that no text tells, and is not
/// looked at.
#[must_use]
pub fn spread(all: &[Scheduled<'_>], from: Instant) -> Option<Spread> {
    let mut crowd = Crowd::of(all, from);
    let before = crowd.most();
    while crowd.loosen() {}
    let moves: Vec<Move> = crowd.moves().collect();
    (!moves.is_empty()).then(|| Spread { before, after: crowd.most(), moves })
}
