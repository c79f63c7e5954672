//! How long a stretch of time is telling.

use std::ops::Range;

use crate::schedule::{INSTANTS, Instant, Schedule, Seconds};

const DAY: i64 = 86_400;
/// Stretches, and how many of each are compared: where all have as many runs, one tells of the others.
const STRETCHES: [(i64, u32); 5] = [(DAY, 7), (7 * DAY, 4), (30 * DAY, 1), (365 * DAY, 1), (3_650 * DAY, 1)];
/// Fewer runs tell too little.
const FEW: u64 = 5;
/// More runs in a day than this are told of by an hour.
const MANY: u64 = 2_880;

/// The stretch from an instant on whose runs tell of all: those after its start, up to its end.
pub(super) fn window(schedule: &Schedule, from: Instant, length: Option<Seconds>) -> Range<Instant> {
    let length = length.unwrap_or_else(|| telling(schedule, from));
    from..from.saturating_add(length).min(INSTANTS.end)
}

fn telling(schedule: &Schedule, from: Instant) -> Seconds {
    // With the run at the end, and without that at the start.
    let count =
        |start: Instant, length: i64| schedule.count_between(start, start.saturating_add(Seconds::new(length + 1)));
    if count(from, DAY) > MANY {
        return Seconds::HOUR;
    }
    let is_telling = |(length, compared): &(i64, u32)| {
        let first = count(from, *length);
        let start = |number: u32| from.saturating_add(Seconds::new(i64::from(number) * length));
        first >= FEW && (1..*compared).all(|number| count(start(number), *length) == first)
    };
    let last = STRETCHES[STRETCHES.len() - 1];
    Seconds::new(STRETCHES.into_iter().find(is_telling).unwrap_or(last).0)
}
