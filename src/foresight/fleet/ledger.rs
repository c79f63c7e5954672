//! What changes, and when.

use super::Peak;
use crate::controller::Moment;
use crate::sort;

/// Changes that are kept before those of one moment are put together.
const LOOSE: usize = 1 << 14;

/// What there is, or what changes of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Load {
    pub(super) jobs: i64,
    pub(super) pods: i64,
    pub(super) cpu_millis: i128,
    pub(super) memory_bytes: i128,
}

/// What changes, and when. Many objects do the same at the same times, so that what is kept is bounded by the moments.
#[derive(Debug, Default)]
pub(super) struct Ledger {
    changes: Vec<(Moment, Load)>,
    /// How many there were when those of one moment were last put together.
    settled: usize,
}

impl Ledger {
    pub(super) fn add(&mut self, at: Moment, load: Load) {
        self.changes.push((at, load));
        if self.changes.len() >= 2 * self.settled.max(LOOSE) {
            self.settle();
        }
    }

    fn settle(&mut self) {
        sort::by_key(&mut self.changes, |(at, _)| *at);
        self.changes.dedup_by(|(later, more), (at, load)| {
            let is_same = later == at;
            if is_same {
                load.add(more);
            }
            is_same
        });
        self.settled = self.changes.len();
    }

    /// The most of each kind, where there is none from the beginning on.
    pub(super) fn peaks(mut self, from: Moment) -> [Peak; 4] {
        self.settle();
        let (mut load, mut peaks) = (Load::default(), [Peak { most: 0, at: from }; 4]);
        for (at, change) in &self.changes {
            load.add(change);
            for (peak, most) in peaks.iter_mut().zip(load.kinds()).filter(|(peak, most)| *most > peak.most) {
                *peak = Peak { most, at: *at };
            }
        }
        peaks
    }
}

impl Load {
    fn add(&mut self, other: &Self) {
        self.jobs += other.jobs;
        self.pods += other.pods;
        self.cpu_millis += other.cpu_millis;
        self.memory_bytes += other.memory_bytes;
    }

    fn kinds(&self) -> [i128; 4] {
        [self.jobs.into(), self.pods.into(), self.cpu_millis, self.memory_bytes]
    }
}
