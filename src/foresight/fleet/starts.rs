//! The minutes in which Jobs of one object start.

use crate::schedule::{Instant, Seconds};

/// A bit for each minute of an hour or so, for those hours alone in which there are any.
#[derive(Debug, Default)]
pub(super) struct Starts {
    hours: Vec<(i64, u64)>,
}

impl Starts {
    /// Adds a start; they come in order.
    pub(super) fn add(&mut self, at: Instant) {
        let (hour, bit) = place(at);
        match self.hours.last_mut().filter(|(last, _)| *last == hour) {
            Some((_, minutes)) => *minutes |= bit,
            None => self.hours.push((hour, bit)),
        }
    }

    /// Whether there is one in this minute.
    pub(super) fn has(&self, minute: Instant) -> bool {
        let (hour, bit) = place(minute);
        let found = self.hours.binary_search_by_key(&hour, |(hour, _)| *hour);
        found.is_ok_and(|found| self.hours[found].1 & bit != 0)
    }
}

fn place(at: Instant) -> (i64, u64) {
    let minute = at.unix().div_euclid(Seconds::MINUTE.get());
    (minute.div_euclid(64), 1 << minute.rem_euclid(64))
}
