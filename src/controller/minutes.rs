//! How many Jobs start in each minute of a stretch of time.

use std::cmp::Reverse;
use std::ops::Range;

use crate::schedule::{Instant, Seconds};
use crate::sort;

/// Starts by minute.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Minutes {
    first: i64,
    counts: Vec<u32>,
}

/// A minute in which many start.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Hot {
    /// When it begins.
    pub minute: Instant,
    /// How many start in it.
    pub starts: u32,
    /// Whose they are, by their numbers.
    pub of: Vec<usize>,
}

impl Minutes {
    /// Longer than this nobody counts: it is a number a minute.
    pub const MOST: Seconds = Seconds::new(28 * 86_400);

    /// None yet, of a stretch of time, or of the first of it where it is longer than can be counted.
    #[must_use]
    pub fn of(window: &Range<Instant>) -> Self {
        let length = (window.end - window.start).clamp(Seconds::new(1), Self::MOST);
        let [first, last] = [window.start, window.start.saturating_add(length - Seconds::new(1))].map(minute);
        Self { first, counts: vec![0; usize::try_from(last - first + 1).unwrap_or(0)] }
    }

    /// Counts a start, if it is in the stretch of time.
    pub fn add(&mut self, at: Instant) {
        let index = usize::try_from(minute(at) - self.first).ok();
        if let Some(count) = index.and_then(|index| self.counts.get_mut(index)) {
            *count = count.saturating_add(1);
        }
    }

    /// Each minute, and how many start in it.
    pub fn iter(&self) -> impl Iterator<Item = (Instant, u32)> {
        (self.first..).zip(&self.counts).map(|(minute, count)| (Instant::from_unix(minute * 60), *count))
    }

    /// How many start in all.
    #[must_use]
    pub fn total(&self) -> u64 {
        self.counts.iter().map(|count| u64::from(*count)).sum()
    }

    /// The minutes in which most start, more than one in each, the first of equals first; whose they are is to be added.
    #[must_use]
    pub fn hottest(&self, most: usize) -> Vec<Hot> {
        let mut hot: Vec<(Instant, u32)> = Vec::new();
        for (minute, starts) in self.iter().filter(|(_, starts)| *starts > 1) {
            let place = hot.partition_point(|(_, before)| *before >= starts);
            if place < most {
                hot.truncate(most - 1);
                hot.insert(place, (minute, starts));
            }
        }
        sort::by_key(&mut hot, |(minute, starts)| (Reverse(*starts), *minute));
        hot.into_iter().map(|(minute, starts)| Hot { minute, starts, of: Vec::new() }).collect()
    }
}

impl Hot {
    /// Adds whose start it is, if it is in this minute; they come in order.
    pub fn add(&mut self, number: usize, at: Instant) {
        if minute(at) == minute(self.minute) && self.of.last() != Some(&number) {
            self.of.push(number);
        }
    }
}

fn minute(at: Instant) -> i64 {
    at.unix().div_euclid(Seconds::MINUTE.get())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hottest_minutes_are_those_with_most_starts_and_the_first_of_equals() {
        let at = |minute: i64| Instant::from_unix(minute * 60 + 59);
        let mut minutes = Minutes::of(&(at(10)..at(20)));
        let starts = [9, 11, 11, 12, 13, 13, 13, 14, 15, 15, 19, 20, 20, 21];
        starts.into_iter().for_each(|minute| minutes.add(at(minute)));
        let hot: Vec<_> = minutes.hottest(3).iter().map(|hot| (hot.minute.unix() / 60, hot.starts)).collect();
        assert_eq!((hot, minutes.total()), (vec![(13, 3), (11, 2), (15, 2)], 12));
    }
}
