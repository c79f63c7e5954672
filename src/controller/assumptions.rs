//! What no manifest tells, and the simulation therefore assumes.

use std::fmt;

use super::moment::Delay;

/// What is assumed of the world around the controllers.
#[derive(Debug, Clone, Copy)]
pub struct Assumptions<'a> {
    /// What the Jobs do.
    pub work: Work<'a>,
    /// How long the CronJob controller takes from the time that it is to look until it does.
    pub latency: Delay,
    /// After how many Jobs what they do begins anew: 1 where all do the same. `None`: never. What comes again is not
    /// simulated again.
    pub repeats: Option<u64>,
}

/// What Jobs do.
#[derive(Clone, Copy)]
pub enum Work<'a> {
    /// Their pods run.
    Pods(Pods<'a>),
    /// Each ends as it is told, by its number from 0, without pods.
    Jobs(&'a dyn Fn(u64) -> JobEnd),
}

/// What pods do.
#[derive(Clone, Copy)]
pub struct Pods<'a> {
    /// From a pod's creation until its container runs.
    pub start: Delay,
    /// How long a container takes to stop when it is told to.
    pub stop: Delay,
    /// What comes of each run of a container.
    pub outcome: &'a dyn Fn(Attempt) -> Outcome,
}

/// A run of a container: which it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Attempt {
    /// The number of the Job, from 0.
    pub job: u64,
    /// The pod's completion index.
    pub index: Option<i32>,
    /// How many container runs of the Job were before it.
    pub of_job: u32,
    /// How many container runs of its index were before it; of the Job, where pods have no indexes.
    pub of_index: u32,
    /// Whether the pod's container has run before.
    pub is_restart: bool,
}

/// What comes of a run of a container.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It ends by itself: with 0 it has succeeded.
    Exits {
        /// How long it runs.
        after: Delay,
        /// The exit code.
        code: i32,
    },
    /// Its pod is evicted.
    Evicted {
        /// How long it runs.
        after: Delay,
        /// The exit code that its container ends with.
        code: i32,
    },
    /// It never ends.
    Hangs,
    /// Its pod stays `Pending`: there is no image, no Secret, no quota.
    NeverStarts,
}

impl Outcome {
    /// How long the container runs; `None`: for ever, or never.
    pub(crate) fn after(self) -> Option<Delay> {
        match self {
            Self::Exits { after, .. } | Self::Evicted { after, .. } => Some(after),
            Self::Hangs | Self::NeverStarts => None,
        }
    }
}

/// How a Job ends whose pods are left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct JobEnd {
    /// How long it is active, unless its deadline ends it before.
    pub after: Delay,
    /// Whether it has failed.
    pub fails: bool,
}

impl fmt::Debug for Work<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Pods(pods) => pods.fmt(out),
            Self::Jobs(_) => out.write_str("Jobs"),
        }
    }
}

impl fmt::Debug for Pods<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Pods").field("start", &self.start).field("stop", &self.stop).finish_non_exhaustive()
    }
}
