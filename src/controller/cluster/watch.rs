//! What the controllers are told of changes, and what they put on their queues for it.
//!
//! pkg/controller/job/job_controller.go, pkg/controller/cronjob/cronjob_controllerv2.go,
//! pkg/controller/ttlafterfinished/ttlafterfinished_controller.go: the informers' handlers, as of v1.36.

use std::collections::{BTreeMap, BTreeSet};

use super::{Cluster, Job};
use crate::controller::moment::{Delay, Moment};
use crate::controller::queue::Queue;

/// How long the Job controller gathers what happens to pods and status.
pub(crate) const BATCH: Delay = Delay::SECOND;

/// What the controllers hold in memory: it is lost when they stop.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Controllers {
    pub(crate) cron_job: Queue<()>,
    pub(crate) jobs: Queue<u64>,
    pub(crate) ttl: Queue<u64>,
    /// Pods that no Job counts any more, by Job and pod.
    pub(crate) orphans: BTreeSet<(u64, u32)>,
    pub(crate) back_off: BTreeMap<u64, BackOff>,
}

/// How many pods of a Job have failed since one succeeded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct BackOff {
    pub(crate) failures: i32,
    pub(crate) last: Option<Moment>,
}

impl Controllers {
    fn new(latency: Delay) -> Self {
        Self {
            cron_job: Queue::new(latency),
            jobs: Queue::new(Delay::default()),
            ttl: Queue::new(Delay::default()),
            orphans: BTreeSet::new(),
            back_off: BTreeMap::new(),
        }
    }
}

impl Cluster<'_> {
    /// The controllers stop: what they held in memory is lost.
    pub(crate) fn stop_controllers(&mut self) {
        self.controllers = None;
    }

    /// The controllers start, and are told of all that is there.
    pub(crate) fn start_controllers(&mut self) {
        self.controllers = Some(Controllers::new(self.assumptions.latency));
        if self.cron_job.is_some() {
            self.wake_cron_job();
        }
        let jobs: Vec<u64> = self.jobs.keys().copied().collect();
        for job in jobs {
            self.tell_job_is_there(job);
        }
    }

    fn tell_job_is_there(&mut self, number: u64) {
        let (now, job) = (self.now, &self.jobs[&number]);
        let pods: Vec<u32> = job.pods.keys().copied().collect();
        let (is_gone, has_settled) = (job.is_gone, !job.settled.is_empty());
        if !is_gone {
            self.tell_job_added(number);
        }
        for pod in pods {
            self.tell_pod_changed(number, pod);
        }
        if has_settled && let Some(controllers) = &mut self.controllers {
            controllers.jobs.add_after(number, BATCH, now);
        }
    }

    pub(crate) fn wake_cron_job(&mut self) {
        if let Some(controllers) = &mut self.controllers {
            controllers.cron_job.add((), self.now);
        }
    }

    /// A Job is made, or is there when the controllers start.
    pub(super) fn tell_job_added(&mut self, number: u64) {
        let Some(controllers) = &mut self.controllers else { return };
        let job = &self.jobs[&number];
        controllers.jobs.add(number, self.now);
        tell_ttl(&mut controllers.ttl, job, self.now);
        if job.name.scheduled.is_some() {
            controllers.cron_job.add((), self.now);
        }
    }

    /// A Job's status has changed.
    pub(crate) fn tell_job_changed(&mut self, number: u64) {
        let now = self.now;
        if let Some(controllers) = self.tell_of_job_otherwise(number) {
            controllers.jobs.add_after(number, BATCH, now);
        }
    }

    /// A Job's spec has changed; `was` is its deadline before.
    pub(super) fn tell_job_edited(&mut self, number: u64, was: Option<Delay>) {
        let (now, job) = (self.now, &self.jobs[&number]);
        let (deadline, started) = (job.spec.active_deadline, job.status.started);
        let Some(controllers) = self.tell_of_job_otherwise(number) else { return };
        controllers.jobs.add(number, now);
        if let (Some(deadline), Some(started)) = (deadline, started)
            && was != Some(deadline)
        {
            controllers.jobs.add_after(number, started + deadline - now, now);
        }
    }

    /// Tells all but the Job controller of a change; the controllers, where that one is to look at the Job, too.
    fn tell_of_job_otherwise(&mut self, number: u64) -> Option<&mut Controllers> {
        let controllers = self.controllers.as_mut()?;
        let job = &self.jobs[&number];
        tell_ttl(&mut controllers.ttl, job, self.now);
        if job.name.scheduled.is_some() {
            controllers.cron_job.add((), self.now);
        }
        if job.is_finished() {
            controllers.orphans.extend(uncounted(number, job));
            return None;
        }
        Some(controllers)
    }

    /// A Job is deleted.
    pub(super) fn tell_job_removed(&mut self, number: u64) {
        let Some(controllers) = &mut self.controllers else { return };
        let job = &self.jobs[&number];
        controllers.orphans.extend(uncounted(number, job));
        controllers.back_off.remove(&number);
        if job.name.scheduled.is_some() {
            controllers.cron_job.add((), self.now);
        }
    }

    /// A pod is made, has changed, or is there when the controllers start.
    pub(super) fn tell_pod_changed(&mut self, number: u64, pod: u32) {
        let Some(controllers) = &mut self.controllers else { return };
        let job = &self.jobs[&number];
        if !job.is_gone && !job.is_finished() {
            controllers.jobs.add_after(number, BATCH, self.now);
        } else if job.pods[&pod].deletion.is_some() && job.pods[&pod].has_finalizer {
            controllers.orphans.insert((number, pod));
        }
    }

    /// A pod is deleted.
    pub(super) fn tell_pod_removed(&mut self, number: u64) {
        let Some(controllers) = &mut self.controllers else { return };
        let job = &self.jobs[&number];
        if !job.is_gone && !job.is_finished() {
            controllers.jobs.add_after(number, BATCH, self.now);
        }
    }
}

fn tell_ttl(queue: &mut Queue<u64>, job: &Job, now: Moment) {
    if job.is_finished() && job.deletion.is_none() && job.spec.ttl_after_finished.is_some() {
        queue.add(job.name.number, now);
    }
}

fn uncounted(number: u64, job: &Job) -> impl Iterator<Item = (u64, u32)> {
    job.pods.iter().filter(|(_, pod)| pod.has_finalizer).map(move |(id, _)| (number, *id))
}
