//! A pod as the API keeps it, and what the kubelet knows of it.

use crate::controller::assumptions::Outcome;
use crate::controller::event::PodName;
use crate::controller::moment::{Delay, Moment};

/// A pod.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Pod {
    pub(crate) name: PodName,
    pub(crate) created: Moment,
    pub(crate) phase: Phase,
    /// Since when it is ready, or is not ready any more.
    pub(crate) ready: Option<(bool, Moment)>,
    /// How its container ended, while it has not run again and does not wait for it.
    pub(crate) ended: Option<Ended>,
    pub(crate) restarts: i32,
    pub(crate) is_disrupted: bool,
    pub(crate) deletion: Option<Deletion>,
    /// Whether the Job controller has still to count it.
    pub(crate) has_finalizer: bool,
    /// How many pods of its index failed before it.
    pub(crate) index_failures: IndexFailures,
    pub(crate) kubelet: Kubelet,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Phase {
    Pending,
    Running,
    Succeeded,
    Failed,
}

/// A container's end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Ended {
    pub(crate) code: i32,
    pub(crate) at: Moment,
}

/// That a pod is told to stop.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Deletion {
    /// When its grace period is over.
    pub(crate) at: Moment,
    pub(crate) grace: Delay,
}

/// How many pods of an index failed: those that count, and those that the failure policy ignores.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct IndexFailures {
    pub(crate) counted: i32,
    pub(crate) ignored: i32,
}

/// What the kubelet knows of a pod.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Kubelet {
    /// What comes of this run of the container.
    pub(crate) outcome: Outcome,
    /// How long the last restart waited, or would have.
    pub(crate) back_off: Delay,
    pub(crate) restarted: Option<Moment>,
}

impl Pod {
    pub(crate) fn has_ended(&self) -> bool {
        matches!(self.phase, Phase::Succeeded | Phase::Failed)
    }

    pub(crate) fn is_active(&self) -> bool {
        !self.has_ended() && self.deletion.is_none()
    }

    pub(crate) fn is_terminating(&self) -> bool {
        !self.has_ended() && self.deletion.is_some()
    }

    pub(crate) fn is_ready(&self) -> bool {
        self.ready.is_some_and(|(ready, _)| ready)
    }

    /// When it ended, as the Job controller finds out; pkg/controller/job/backoff_utils.go, getFinishedTime.
    pub(crate) fn finished(&self) -> Moment {
        let unready = self.ready.filter(|(ready, _)| !ready).map(|(_, since)| since);
        let ended = self.ended.map(|ended| ended.at);
        let deleted = self.deletion.map(|deletion| deletion.at - deletion.grace);
        ended.or(unready).or(deleted).unwrap_or(self.created)
    }
}
