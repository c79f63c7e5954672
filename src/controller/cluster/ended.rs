//! The Jobs of a CronJob that have ended: a look of the CronJob controller costs those that it has not seen, and not all
//! that are kept.

use std::collections::BTreeSet;

use super::Job;
use crate::controller::moment::Moment;
use crate::schedule::Instant;

/// Jobs that have ended and are there.
#[derive(Debug, Default)]
pub(crate) struct EndedJobs {
    /// Those that the controller has not seen to have ended, by the moment of that.
    unseen: BTreeSet<(Moment, u64)>,
    /// Those that are complete, the oldest first.
    complete: BTreeSet<Age>,
    /// Those that have failed.
    failed: BTreeSet<Age>,
}

/// Those that never started come last.
type Age = (bool, Option<Moment>, Option<Instant>, u64);

fn age(job: &Job) -> Age {
    let started = job.status.started;
    (started.is_none(), started, job.name.scheduled, job.name.number)
}

impl EndedJobs {
    /// Takes a Job in, if it has ended: it is seen at the next look.
    pub(crate) fn add(&mut self, job: &Job) {
        self.unseen.extend(job.status.finished.map(|finished| (finished.at, job.name.number)));
    }

    /// A Job is there no more.
    pub(super) fn remove(&mut self, job: &Job) {
        if let Some(finished) = job.status.finished {
            self.unseen.remove(&(finished.at, job.name.number));
            self.seen(finished.is_complete).remove(&age(job));
        }
    }

    fn seen(&mut self, is_complete: bool) -> &mut BTreeSet<Age> {
        if is_complete { &mut self.complete } else { &mut self.failed }
    }

    /// The next that ended until a moment and was not seen to have.
    pub(crate) fn next_unseen(&mut self, until: Moment) -> Option<u64> {
        let next = self.unseen.first().is_some_and(|(at, _)| *at <= until);
        next.then(|| self.unseen.pop_first())?.map(|(_, number)| number)
    }

    /// A Job is seen to have ended.
    pub(crate) fn see(&mut self, job: &Job) {
        if let Some(finished) = job.status.finished {
            self.seen(finished.is_complete).insert(age(job));
        }
    }

    /// The oldest Jobs that were seen to have ended in this way, where there are more than may be kept.
    pub(crate) fn excess(&self, is_complete: bool, most: usize) -> Vec<u64> {
        let seen = if is_complete { &self.complete } else { &self.failed };
        seen.iter().take(seen.len().saturating_sub(most)).map(|(.., number)| *number).collect()
    }
}
