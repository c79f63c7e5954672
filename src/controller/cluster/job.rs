//! A Job as the API keeps it.

use std::collections::BTreeMap;
use std::rc::Rc;

use crate::controller::census::{EndedIndexes, Pods};
use crate::controller::event::{self, JobName, PodName, Reason};
use crate::controller::moment::Moment;
use crate::controller::spec;

/// A Job, with its pods.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Job {
    pub(crate) name: JobName,
    pub(crate) spec: Rc<spec::Job>,
    pub(crate) status: Status,
    /// Of its status: `completedIndexes` and `failedIndexes`.
    pub(crate) ended: EndedIndexes,
    /// Those that the controllers have still to do with, in the order in which they were made.
    pub(crate) pods: Pods,
    /// Those that have ended and are counted: they stay as long as the Job.
    pub(crate) settled: Vec<PodName>,
    pub(crate) pods_made: u32,
    /// How many container runs there were.
    pub(crate) runs: u32,
    /// Pods and runs of each index.
    pub(crate) of_index: BTreeMap<i32, Counts>,
    /// That it is being deleted, and waits for its pods.
    pub(crate) deletion: Option<event::Deletion>,
    /// Whether it is deleted, and only its pods are left.
    pub(crate) is_gone: bool,
}

/// How many there were.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Counts {
    pub(crate) pods: u32,
    pub(crate) runs: u32,
}

/// A Job's `status`, but for the indexes that have ended.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(crate) struct Status {
    pub(crate) started: Option<Moment>,
    pub(crate) active: i32,
    pub(crate) ready: Option<i32>,
    pub(crate) terminating: Option<i32>,
    pub(crate) succeeded: i32,
    pub(crate) failed: i32,
    /// The condition `Suspended`, once it was true.
    pub(crate) suspended: Option<bool>,
    /// The condition `FailureTarget`.
    pub(crate) failure_target: Option<Reason>,
    /// The condition `SuccessCriteriaMet`.
    pub(crate) success_criteria_met: Option<Reason>,
    /// The condition `Complete` or `Failed`.
    pub(crate) finished: Option<Finished>,
}

/// How a Job ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Finished {
    pub(crate) is_complete: bool,
    pub(crate) at: Moment,
}

impl Job {
    pub(crate) fn new(name: JobName, spec: Rc<spec::Job>) -> Self {
        Self {
            name,
            spec,
            status: Status::default(),
            ended: EndedIndexes::default(),
            pods: Pods::default(),
            settled: Vec::new(),
            pods_made: 0,
            runs: 0,
            of_index: BTreeMap::new(),
            deletion: None,
            is_gone: false,
        }
    }

    pub(crate) fn is_finished(&self) -> bool {
        self.status.finished.is_some()
    }

    pub(crate) fn has_pods(&self) -> bool {
        !self.pods.is_empty() || !self.settled.is_empty()
    }

    /// The pod that it makes next.
    pub(crate) fn next_pod(&mut self, index: Option<i32>) -> (u32, PodName) {
        self.pods_made += 1;
        let number = match index {
            None => self.pods_made,
            Some(index) => {
                let of_index = self.of_index.entry(index).or_default();
                of_index.pods += 1;
                of_index.pods
            }
        };
        (self.pods_made, PodName { number, index })
    }
}
