//! The pods of each completion index.

use std::collections::BTreeMap;

use super::entry::{Entry, Held};
use crate::controller::indexes::Indexes;
use crate::controller::moment::Moment;
use crate::controller::{policy, spec};

/// What is known of indexes, and which of them have ended.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct OfIndexes {
    of: BTreeMap<i32, OfIndex>,
    /// Those that are to have no further pod for now.
    taken: Indexes,
    /// How many have several active pods.
    doubled: i32,
    /// How many pods are active whose index there is no more.
    without_place: i32,
}

#[derive(Debug, Default, PartialEq)]
struct OfIndex {
    active: i32,
    terminating: i32,
    /// The pods that failed and are not counted, in order.
    failed: Vec<Failed>,
    /// The one of them that is kept until there is another, which carries on its count.
    kept: Option<u32>,
}

#[derive(Debug, PartialEq)]
struct Failed {
    id: u32,
    before: i32,
    at: Moment,
}

/// The completion indexes that have ended.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct EndedIndexes {
    pub(crate) succeeded: Indexes,
    /// Where failures are counted for each index.
    pub(crate) failed: Option<Indexes>,
}

/// The pod of an index that was kept, and the one that is.
pub(super) struct Kept {
    pub(super) before: Option<u32>,
    pub(super) now: Option<u32>,
}

impl OfIndexes {
    /// That of indexes without pods.
    pub(super) fn of(ended: &EndedIndexes) -> Self {
        let taken =
            ended.failed.as_ref().map_or_else(|| ended.succeeded.clone(), |failed| ended.succeeded.union(failed));
        Self { taken, ..Self::default() }
    }

    /// The first that no pod has, and that have not ended.
    pub(crate) fn pending(&self, most: usize, completions: i32) -> Vec<i32> {
        self.taken.first_missing(most, completions)
    }

    /// Whether pods are active whose index another has, too, or that there is no more.
    pub(crate) fn has_surplus(&self) -> bool {
        self.doubled + self.without_place > 0
    }

    /// How many active pods it has.
    pub(crate) fn active(&self, index: i32) -> i32 {
        self.of.get(&index).map_or(0, |of| of.active)
    }

    /// The pod that failed last of an index that is to have another.
    pub(crate) fn kept(&self, index: i32) -> Option<u32> {
        self.of.get(&index)?.kept
    }

    pub(super) fn add(&mut self, spec: &spec::Job, index: i32, (id, entry): (u32, &Entry), by: i32) {
        let of = self.of.entry(index).or_default();
        if entry.rank.is_some() {
            let was_doubled = of.active > 1;
            of.active += by;
            self.doubled += i32::from(of.active > 1) - i32::from(was_doubled);
            self.without_place += if index < spec.completions.unwrap_or(0) { 0 } else { by };
        }
        of.terminating += if entry.is_terminating { by } else { 0 };
        let (Some(end), Some(Held::Failed { before, .. })) = (entry.end, entry.held()) else { return };
        let place = of.failed.partition_point(|other| other.id < id);
        if by > 0 {
            of.failed.insert(place, Failed { id, before, at: end.at });
        } else {
            of.failed.remove(place);
        }
    }

    /// After a change of an index, or of what has ended.
    pub(super) fn settle(&mut self, spec: &spec::Job, index: i32, ended: &EndedIndexes) -> Kept {
        let has_ended = ended.has(index);
        let Some(of) = self.of.get_mut(&index) else {
            if has_ended {
                self.taken.insert(index);
            }
            return Kept { before: None, now: None };
        };
        let is_held = of.active > 0 || spec.replaces_only_failed && of.terminating > 0;
        if has_ended || is_held {
            self.taken.insert(index);
        } else {
            self.taken.remove(index);
        }
        let wants_another = policy::counts_per_index(spec) && !has_ended && of.active == 0;
        let now = if wants_another { last(&of.failed) } else { None };
        let before = std::mem::replace(&mut of.kept, now);
        if *of == OfIndex::default() {
            self.of.remove(&index);
        }
        Kept { before, now }
    }
}

impl EndedIndexes {
    /// Those that a Job has, after a change of how many there are.
    pub(super) fn within(&self, spec: &spec::Job) -> Self {
        let mut ended = self.clone();
        if spec.is_indexed {
            let completions = spec.completions.unwrap_or(0);
            let counted = policy::counts_per_index(spec).then(|| ended.failed.take().unwrap_or_default());
            ended.failed = counted;
            ended.succeeded.truncate(completions);
            ended.failed.iter_mut().for_each(|failed| failed.truncate(completions));
        }
        ended
    }

    pub(super) fn has(&self, index: i32) -> bool {
        self.succeeded.has(index) || self.failed.as_ref().is_some_and(|failed| failed.has(index))
    }
}

/// The one that failed last, which more failed before.
fn last(failed: &[Failed]) -> Option<u32> {
    let later = |last: &Failed, pod: &Failed| last.before <= pod.before && last.at <= pod.at;
    failed.iter().reduce(|last, pod| if later(last, pod) { pod } else { last }).map(|pod| pod.id)
}
