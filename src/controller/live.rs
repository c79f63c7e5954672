//! Objects that are there when the simulation begins.

use std::rc::Rc;

use super::census::EndedIndexes;
use super::cluster::{Cluster, CronJob, Finished, Job, Status};
use super::event::PodName;
use super::moment::Moment;
use super::spec::{self, Object};
use crate::schedule::Instant;

/// Where an object stands: what its `status` says, and its Jobs'. The controllers are taken to start then, so that the
/// waits after failures that they have in memory are not known.
#[derive(Debug, Clone)]
pub struct Live {
    /// When the simulation begins.
    pub at: Moment,
    /// `creationTimestamp`.
    pub created: Instant,
    /// `status.lastScheduleTime` of a CronJob.
    pub last_schedule: Option<Instant>,
    /// The Jobs of a CronJob, in the order in which they were made; of a Job, itself.
    pub jobs: Vec<LiveJob>,
}

/// Where a Job stands.
#[derive(Debug, Clone, Copy)]
pub struct LiveJob {
    /// The run that it is for; `None`: a Job of its own.
    pub scheduled: Option<Instant>,
    /// `status.startTime`.
    pub started: Option<Moment>,
    /// `status.active`: its pods are taken to have run since it started.
    pub active: i32,
    /// `status.succeeded`.
    pub succeeded: i32,
    /// `status.failed`.
    pub failed: i32,
    /// When it ended, and whether it is complete.
    pub ended: Option<(Moment, bool)>,
}

/// Puts what is there into the cluster; nothing is told of it.
pub(crate) fn begin(cluster: &mut Cluster<'_>, object: Object, live: &Live) {
    match object {
        Object::CronJob(spec) => {
            let job = Rc::clone(&spec.job);
            cluster.cron_job = Some(CronJob::of(Rc::new(spec), live.created));
            let jobs: Vec<u64> = live.jobs.iter().map(|live| adopt(cluster, &job, *live)).collect();
            if let Some(cron_job) = &mut cluster.cron_job {
                cron_job.last_schedule = live.last_schedule;
                let is_active = |job: &u64| cluster.jobs.get(job).is_some_and(|job| !job.is_finished());
                cron_job.active = jobs.into_iter().filter(is_active).collect();
            }
        }
        Object::Job(spec) => {
            let spec = Rc::new(spec);
            for job in live.jobs.iter().take(1) {
                adopt(cluster, &spec, *job);
            }
        }
    }
    cluster.start_controllers();
}

fn adopt(cluster: &mut Cluster<'_>, spec: &Rc<spec::Job>, live: LiveJob) -> u64 {
    let status = Status {
        started: live.started.map(Moment::whole),
        active: live.active,
        ready: Some(live.active),
        terminating: Some(0),
        succeeded: live.succeeded,
        failed: live.failed,
        suspended: spec.is_suspended.then_some(true),
        finished: live.ended.map(|(at, is_complete)| Finished { is_complete, at: at.whole() }),
        ..Status::default()
    };
    let mut ended = EndedIndexes::default();
    if spec.is_indexed {
        // Which indexes have succeeded is not told: the first, since they are begun in order.
        ended.succeeded.merge(0..live.succeeded);
    }
    let settled = settled(live, spec.is_indexed);
    let pods_made = u32::try_from(settled.len()).unwrap_or(u32::MAX);
    let job = |name| Job { status, ended, settled, pods_made, ..Job::new(name, Rc::clone(spec)) };
    let number = cluster.adopt_job(job, live.scheduled);
    let since = live.started.unwrap_or(cluster.now);
    if live.ended.is_none() {
        cluster.let_end(number, since);
    }
    for pod in 0..live.active {
        let index = spec.is_indexed.then_some(live.succeeded + pod);
        cluster.adopt_pod(number, index, since);
    }
    number
}

/// The pods that have ended; of indexes, that failed is not told which.
fn settled(live: LiveJob, is_indexed: bool) -> Vec<PodName> {
    let number = |pod: i32| u32::try_from(pod).unwrap_or(0) + 1;
    if is_indexed {
        (0..live.succeeded).map(|index| PodName { number: 1, index: Some(index) }).collect()
    } else {
        (0..live.succeeded.saturating_add(live.failed))
            .map(|pod| PodName { number: number(pod), index: None })
            .collect()
    }
}
