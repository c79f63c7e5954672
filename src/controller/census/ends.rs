//! When pods ended.

use std::collections::BTreeMap;
use std::ops::Bound;

use crate::controller::moment::Moment;

/// The ends of pods that are not counted in the status yet.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Ends {
    count: i32,
    at: BTreeMap<Moment, i32>,
}

impl Ends {
    pub(super) fn add(&mut self, at: Moment, by: i32) {
        self.count += by;
        let of_moment = self.at.entry(at).or_default();
        *of_moment += by;
        if *of_moment == 0 {
            self.at.remove(&at);
        }
    }

    pub(crate) fn count(&self) -> i32 {
        self.count
    }

    pub(crate) fn last(&self) -> Option<Moment> {
        self.at.last_key_value().map(|(at, _)| *at)
    }

    /// How many came after a moment.
    pub(crate) fn after(&self, moment: Moment) -> i32 {
        self.at.range((Bound::Excluded(moment), Bound::Unbounded)).map(|(_, count)| count).sum()
    }
}
