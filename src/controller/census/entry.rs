//! As what a pod is counted.

use std::cmp::Reverse;

use crate::controller::moment::Moment;
use crate::controller::pod::{Phase, Pod};
use crate::controller::{policy, spec};

/// As what a pod is counted.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Entry {
    pub(super) index: Option<i32>,
    /// Of an active one: where it comes among them.
    pub(super) rank: Option<Rank>,
    pub(super) is_terminating: bool,
    /// Of one that has not ended.
    pub(super) restarts: i32,
    /// Of one that has ended, or is taken to have failed.
    pub(super) end: Option<End>,
}

/// Which are stopped first: those that have not started, are not ready, are ready for the shortest time, were restarted
/// most often, are youngest. pkg/controller/controller_utils.go, ActivePods.
pub(super) type Rank = (Phase, bool, Reverse<Option<Moment>>, Reverse<i32>, Reverse<Moment>);

#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct End {
    pub(super) at: Moment,
    /// Whether the Job fails with it.
    pub(super) fails_job: bool,
    /// Of one that the Job controller has still to count.
    pub(super) held: Option<Held>,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Held {
    /// It has an index that there is no more.
    WithoutPlace,
    Succeeded,
    /// It has failed: whether it counts, whether its index fails with it, and how many of its index failed before.
    Failed {
        counts: bool,
        fails_index: bool,
        before: i32,
    },
}

impl Entry {
    pub(super) fn of(spec: &spec::Job, pod: &Pod) -> Self {
        Self {
            index: pod.name.index.filter(|_| spec.is_indexed),
            rank: pod.is_active().then(|| rank(pod)),
            is_terminating: pod.is_terminating(),
            restarts: if pod.has_ended() { 0 } else { pod.restarts },
            end: End::of(spec, pod),
        }
    }

    pub(super) fn is_ready(&self) -> bool {
        self.rank.is_some_and(|(_, is_ready, ..)| is_ready)
    }

    pub(super) fn held(&self) -> Option<Held> {
        self.end?.held
    }
}

impl End {
    fn of(spec: &spec::Job, pod: &Pod) -> Option<Self> {
        let has_failed = policy::has_failed(spec, pod);
        if !has_failed && pod.phase != Phase::Succeeded {
            return None;
        }
        let held = if !policy::has_place(spec, pod) {
            Held::WithoutPlace
        } else if has_failed {
            let before = pod.index_failures.counted + pod.index_failures.ignored;
            Held::Failed { counts: policy::counts(spec, pod), fails_index: policy::fails_index(spec, pod), before }
        } else {
            Held::Succeeded
        };
        Some(Self {
            at: pod.finished(),
            fails_job: has_failed && policy::fails_job(spec, pod),
            held: pod.has_finalizer.then_some(held),
        })
    }
}

fn rank(pod: &Pod) -> Rank {
    let ready = pod.ready.filter(|(ready, _)| *ready).map(|(_, since)| since);
    (pod.phase, pod.is_ready(), Reverse(ready), Reverse(pod.restarts), Reverse(pod.created))
}
