//! What the Job controller sees of a Job at a look.

use std::rc::Rc;

use super::policy;
use super::{back_off, count, counts_per_index};
use crate::controller::cluster::{BackOff, Job, Phase, Pod, Status};
use crate::controller::event::Reason;
use crate::controller::indexes::Indexes;
use crate::controller::moment::Moment;
use crate::controller::spec;

/// A Job as it was when the controller began to look, and what it makes of it.
pub(super) struct View {
    pub(super) number: u64,
    pub(super) spec: Rc<spec::Job>,
    pub(super) status: Status,
    /// The pods that are neither settled nor active, in the order in which they were made; of a Job that ends, the active
    /// ones, too. There can be very many of those, and most looks have nothing to do with them.
    pub(super) pods: Vec<(u32, Pod)>,
    pub(super) active: i32,
    /// The indexes of the active pods, in order.
    pub(super) active_indexes: Vec<i32>,
    pub(super) ready: i32,
    pub(super) terminating: i32,
    /// How many pods, or indexes, have succeeded.
    pub(super) succeeded: i32,
    /// How many pods have failed.
    pub(super) failed: i32,
    /// The indexes that have succeeded.
    pub(super) completed: Indexes,
    /// The indexes that have failed, where failures are counted for each.
    pub(super) failed_indexes: Option<Indexes>,
    pub(super) back_off: BackOff,
    /// What becomes of the Job.
    pub(super) ending: Option<Ending>,
}

/// What becomes of a Job.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ending {
    pub(super) is_success: bool,
    pub(super) reason: Reason,
}

impl View {
    pub(super) fn of(job: &Job, known: BackOff, now: Moment) -> Self {
        let pods: Vec<(u32, Pod)> =
            job.pods.iter().filter(|(_, pod)| !pod.is_active()).map(|(id, pod)| (*id, pod.clone())).collect();
        let mut active_indexes: Vec<i32> = job.active_pods().filter_map(|(_, pod)| pod.name.index).collect();
        active_indexes.sort_unstable();
        let mut status = job.status.clone();
        if status.started.is_none() && !job.spec.is_suspended {
            status.started = Some(now);
        }
        let mut view = Self {
            number: job.name.number,
            spec: Rc::clone(&job.spec),
            active: count(job.pods.len() - pods.len()),
            active_indexes,
            ready: count(job.active_pods().filter(|(_, pod)| pod.is_ready()).count()),
            terminating: count(pods.iter().filter(|(_, pod)| pod.is_terminating()).count()),
            succeeded: 0,
            failed: 0,
            completed: status.completed_indexes.clone(),
            failed_indexes: None,
            back_off: known,
            ending: None,
            status,
            pods,
        };
        view.count();
        view
    }

    fn count(&mut self) {
        let succeeded: Vec<&Pod> = self.uncounted().filter(|pod| pod.phase == Phase::Succeeded).collect();
        let failed: Vec<&Pod> = self.uncounted().filter(|pod| self.has_failed(pod)).collect();
        let counted = failed.iter().filter(|pod| policy::counts(&self.spec, pod)).count();
        let back_off = back_off::after(self.back_off, &succeeded, &failed);
        let indexes: Vec<i32> = succeeded.iter().filter_map(|pod| pod.name.index).collect();
        self.succeeded = self.status.succeeded + count(succeeded.len());
        self.failed = self.status.failed + count(counted);
        self.back_off = back_off;
        if self.spec.is_indexed {
            self.completed.truncate(self.completions());
            self.completed.merge(indexes);
            self.succeeded = self.completed.len();
        }
        if counts_per_index(&self.spec) {
            self.failed_indexes = Some(self.failed_indexes());
        }
    }

    /// The indexes that have failed, with those that did since the last look.
    fn failed_indexes(&self) -> Indexes {
        let mut indexes = self.status.failed_indexes.clone().unwrap_or_default();
        indexes.truncate(self.completions());
        let failed = self.uncounted().filter(|pod| self.has_failed(pod) && policy::fails_index(&self.spec, pod));
        indexes.merge(failed.filter_map(|pod| pod.name.index).collect::<Vec<_>>());
        indexes
    }

    /// How many indexes there are.
    pub(super) fn completions(&self) -> i32 {
        self.spec.completions.unwrap_or(0)
    }

    /// The pods that are not counted yet, with an index that there is.
    pub(super) fn uncounted(&self) -> impl Iterator<Item = &Pod> {
        let pods = self.pods.iter().map(|(_, pod)| pod);
        pods.filter(|pod| pod.has_finalizer && self.has_place(pod))
    }

    /// Whether there is a place for a pod among the indexes.
    pub(super) fn has_place(&self, pod: &Pod) -> bool {
        !self.spec.is_indexed || pod.name.index.is_some_and(|index| index < self.completions())
    }

    /// Whether a pod is taken to have failed: where all pods are replaced at once, also when it is told to stop.
    pub(super) fn has_failed(&self, pod: &Pod) -> bool {
        match pod.phase {
            Phase::Failed => true,
            Phase::Succeeded => false,
            Phase::Pending | Phase::Running => !self.spec.replaces_only_failed && pod.deletion.is_some(),
        }
    }
}
