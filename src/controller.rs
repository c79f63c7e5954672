//! What Kubernetes' controllers do with an object: the one account that rules, `runs` and checks over many files ask.

mod assumptions;
mod census;
mod cluster;
mod cron_job;
mod cycle;
mod event;
mod indexes;
mod job;
mod kubelet;
mod live;
mod minutes;
mod moment;
mod outlook;
mod period;
mod pod;
mod policy;
mod queue;
mod simulation;
mod spec;
mod timetable;
mod ttl;
mod untold;
mod watcher;

pub use assumptions::{Assumptions, Attempt, JobEnd, Outcome, Pods, Work};
pub use cron_job::{Count, Missed, NeverRuns, Unmet as UnmetRun};
pub use event::{CronJobEvent, Deletion, Event, Failure, JobEvent, JobName, PodEvent, PodName, Reason, What};
pub use live::{Live, LiveJob};
pub use minutes::{Hot, Minutes};
pub use moment::{Delay, Moment};
pub use outlook::{Never, Outlook, Undecided, Unmet, Unsaid};
pub use simulation::{Beginning, Scenario, simulate, watch};
pub use spec::{
    Concurrency, CronJob, ExitCodes, FailureAction, FailureRule, FailureWhen, Job, Object, Pod, SuccessRule,
};
pub use timetable::{TimeZone, Timetable, count_starts, starts};
pub use watcher::{Repetition, Watcher};
