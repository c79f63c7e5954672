//! What happens, as it is told.

use super::moment::Moment;
use crate::schedule::{Instant, Seconds};

/// Something that happens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Event {
    /// When.
    pub at: Moment,
    /// What.
    pub what: What,
}

/// What happens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum What {
    /// The object is changed.
    Changed,
    /// Something happens to a Job.
    Job(JobName, JobEvent),
    /// Something happens to a pod.
    Pod(JobName, PodName, PodEvent),
    /// The CronJob controller does not start a run, or says why it may not.
    CronJob(CronJobEvent),
}

/// Which Job.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct JobName {
    /// Counted from 0 in the order in which they are made.
    pub number: u64,
    /// The run of the CronJob that it is for; `None`: a Job of its own.
    pub scheduled: Option<Instant>,
}

impl JobName {
    /// What the name of a CronJob's Job ends in: minutes since 1970.
    #[must_use]
    pub fn minute(self) -> Option<i64> {
        self.scheduled.map(|run| run.unix().div_euclid(Seconds::MINUTE.get()))
    }
}

/// Which pod of a Job.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct PodName {
    /// Counted from 1 in the order in which they are made; where pods have indexes, those of this index.
    pub number: u32,
    /// Its completion index.
    pub index: Option<i32>,
}

/// What happens to a Job.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum JobEvent {
    /// It is made.
    Created,
    /// It is suspended.
    Suspended,
    /// It is no longer suspended.
    Resumed,
    /// It is going to have failed, once its pods have stopped.
    FailureTarget(Reason),
    /// It has failed.
    Failed(Reason),
    /// It is going to be complete, once its pods have stopped.
    SuccessCriteriaMet(Reason),
    /// It is complete.
    Complete(Reason),
    /// It is deleted.
    Gone(Deletion),
}

/// Why a Job ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// As many pods as wanted have succeeded.
    CompletionsReached,
    /// Its success policy is met.
    SuccessPolicy,
    /// More pods have failed than may.
    BackoffLimitExceeded,
    /// It was active for longer than it may.
    DeadlineExceeded,
    /// A pod failed in a way that fails the Job.
    PodFailurePolicy,
    /// More indexes have failed than may.
    MaxFailedIndexesExceeded,
    /// All indexes have ended, and some failed.
    FailedIndexes,
}

impl Reason {
    /// As Kubernetes calls it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::CompletionsReached => "CompletionsReached",
            Self::SuccessPolicy => "SuccessPolicy",
            Self::BackoffLimitExceeded => "BackoffLimitExceeded",
            Self::DeadlineExceeded => "DeadlineExceeded",
            Self::PodFailurePolicy => "PodFailurePolicy",
            Self::MaxFailedIndexesExceeded => "MaxFailedIndexesExceeded",
            Self::FailedIndexes => "FailedIndexes",
        }
    }
}

/// Why a Job is deleted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Deletion {
    /// A further run takes its place: `concurrencyPolicy: Replace`.
    Replaced,
    /// The history has no room for it: `successfulJobsHistoryLimit`, `failedJobsHistoryLimit`.
    Pruned,
    /// Its time is over: `ttlSecondsAfterFinished`.
    Expired,
}

/// What happens to a pod.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum PodEvent {
    /// It is made.
    Created,
    /// Its container runs, for the first time or again.
    Running,
    /// Its container failed with this exit code, and is restarted in place.
    ContainerFailed(i32),
    /// It has succeeded.
    Succeeded,
    /// It has failed.
    Failed(Failure),
    /// It is told to stop, and has its grace period for it.
    Terminating,
    /// It is deleted, and its logs with it.
    Gone,
}

/// How a pod failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Failure {
    /// Its container ended with this exit code.
    Exit(i32),
    /// It was evicted.
    Disrupted,
    /// It was told to stop, and has.
    Terminated,
}

/// What the CronJob controller says of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum CronJobEvent {
    /// It does not start for now, as another is active: `JobAlreadyActive`. It is said at every look.
    AlreadyActive(Instant),
    /// It is too late for it: `MissSchedule`. It is said at every look.
    Missed(Instant),
    /// More than a hundred runs were missed: `TooManyMissedTimes`. The latest of them is started all the same.
    TooManyMissed,
    /// The schedule's next run is none: `InvalidSchedule`. The controller does not look again.
    InvalidSchedule,
    /// A Job of the same minute has its name.
    NameTaken(Instant),
    /// It has seen that a Job ended: `SawCompletedJob`.
    SawCompleted(JobName),
}
