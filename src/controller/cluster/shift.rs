//! The same state at another time, with other numbers.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::watch::{BackOff, Controllers};
use super::{Cluster, CronJob, Deletion, Ended, Finished, Job, Pod, Status, Timer};
use crate::controller::event::{CronJobEvent, Event, JobName, What};
use crate::controller::moment::{Delay, Moment};
use crate::schedule::{Instant, Seconds};

/// How much later, by whole seconds, and how many Jobs on. Numbers go round at 0.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Shift {
    pub(crate) seconds: Seconds,
    pub(crate) jobs: u64,
    delay: Delay,
}

/// All that is there, but the clock and the object.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Snapshot {
    pub(crate) last_schedule: Instant,
    active: BTreeSet<u64>,
    jobs: BTreeMap<u64, Job>,
    controllers: Controllers,
    timers: Vec<(Moment, Timer)>,
}

impl Cluster<'_> {
    /// What is there, shifted; `None` while the controllers are away, and before the first run.
    pub(crate) fn snapshot(&self, shift: Shift) -> Option<Snapshot> {
        let cron_job = self.cron_job.as_ref().filter(|cron_job| cron_job.gone.is_empty())?;
        Some(Snapshot {
            last_schedule: shift.instant(cron_job.last_schedule?),
            active: cron_job.active.iter().map(|job| shift.number(*job)).collect(),
            jobs: self.jobs.iter().map(|(number, job)| (shift.number(*number), job.shifted(shift))).collect(),
            controllers: self.controllers.as_ref()?.shifted(shift),
            timers: self.timers.iter().map(|((at, _), timer)| (shift.moment(*at), timer.shifted(shift))).collect(),
        })
    }

    /// Puts there what was taken down, shifted.
    pub(crate) fn restore(&mut self, snapshot: &Snapshot, shift: Shift) {
        let jobs = snapshot.jobs.iter().map(|(number, job)| (shift.number(*number), job.shifted(shift)));
        self.jobs = jobs.collect();
        if let Some(cron_job) = &mut self.cron_job {
            *cron_job = CronJob {
                last_schedule: Some(shift.instant(snapshot.last_schedule)),
                active: snapshot.active.iter().map(|job| shift.number(*job)).collect(),
                ..CronJob::of(Rc::clone(&cron_job.spec), cron_job.created)
            };
            for job in self.jobs.values().filter(|job| !job.is_gone) {
                cron_job.note(job);
            }
        }
        self.controllers = Some(snapshot.controllers.shifted(shift));
        self.timers.clear();
        for (at, timer) in &snapshot.timers {
            self.set_timer(shift.moment(*at), timer.shifted(shift));
        }
    }
}

impl Snapshot {
    /// How many Jobs and timers there are.
    pub(crate) fn sizes(&self) -> (usize, usize) {
        (self.jobs.len(), self.timers.len())
    }
}

impl Shift {
    pub(crate) fn new(seconds: Seconds, jobs: u64) -> Self {
        Self { seconds, jobs, delay: Delay::from(seconds) }
    }

    /// The shift that undoes it.
    pub(crate) fn back(self) -> Self {
        Self::new(-self.seconds, self.jobs.wrapping_neg())
    }

    fn moment(self, moment: Moment) -> Moment {
        moment + self.delay
    }

    pub(crate) fn instant(self, instant: Instant) -> Instant {
        instant + self.seconds
    }

    fn number(self, number: u64) -> u64 {
        number.wrapping_add(self.jobs)
    }

    fn name(self, JobName { number, scheduled }: JobName) -> JobName {
        JobName { number: self.number(number), scheduled: scheduled.map(|run| self.instant(run)) }
    }

    /// The same event at another time.
    #[inline]
    pub(crate) fn event(self, event: Event) -> Event {
        let what = match event.what {
            What::Changed => What::Changed,
            What::Job(job, what) => What::Job(self.name(job), what),
            What::Pod(job, pod, what) => What::Pod(self.name(job), pod, what),
            What::CronJob(what) => What::CronJob(match what {
                CronJobEvent::AlreadyActive(run) => CronJobEvent::AlreadyActive(self.instant(run)),
                CronJobEvent::Missed(run) => CronJobEvent::Missed(self.instant(run)),
                CronJobEvent::NameTaken(run) => CronJobEvent::NameTaken(self.instant(run)),
                CronJobEvent::SawCompleted(job) => CronJobEvent::SawCompleted(self.name(job)),
                CronJobEvent::TooManyMissed | CronJobEvent::InvalidSchedule => what,
            }),
        };
        Event { at: self.moment(event.at), what }
    }
}

impl Job {
    fn shifted(&self, shift: Shift) -> Self {
        let finished = self.status.finished.map(|end| Finished { at: shift.moment(end.at), ..end });
        let started = self.status.started.map(|at| shift.moment(at));
        Self {
            name: shift.name(self.name),
            status: Status { started, finished, ..self.status },
            ended: self.ended.clone(),
            pods: self.pods.iter().map(|(id, pod)| (*id, pod.shifted(shift))).collect(),
            spec: self.spec.clone(),
            settled: self.settled.clone(),
            of_index: self.of_index.clone(),
            ..*self
        }
    }
}

impl Pod {
    fn shifted(&self, shift: Shift) -> Self {
        let mut pod = self.clone();
        pod.created = shift.moment(self.created);
        pod.ready = self.ready.map(|(ready, since)| (ready, shift.moment(since)));
        pod.ended = self.ended.map(|ended| Ended { at: shift.moment(ended.at), ..ended });
        pod.deletion = self.deletion.map(|deletion| Deletion { at: shift.moment(deletion.at), ..deletion });
        pod.kubelet.restarted = self.kubelet.restarted.map(|at| shift.moment(at));
        pod
    }
}

impl Controllers {
    fn shifted(&self, shift: Shift) -> Self {
        let number = |number| shift.number(number);
        let moment = |at| shift.moment(at);
        let back_off = |known: &BackOff| BackOff { last: known.last.map(moment), ..*known };
        Self {
            cron_job: self.cron_job.mapped(|()| (), moment),
            jobs: self.jobs.mapped(number, moment),
            ttl: self.ttl.mapped(number, moment),
            orphans: self.orphans.iter().map(|(job, pod)| (number(*job), *pod)).collect(),
            back_off: self.back_off.iter().map(|(job, known)| (number(*job), back_off(known))).collect(),
        }
    }
}

impl Timer {
    fn shifted(self, shift: Shift) -> Self {
        match self {
            Self::Start(job, pod) => Self::Start(shift.number(job), pod),
            Self::End(job, pod) => Self::End(shift.number(job), pod),
            Self::Stopped(job, pod) => Self::Stopped(shift.number(job), pod),
            Self::JobEnds(job) => Self::JobEnds(shift.number(job)),
            Self::JobExpires(job) => Self::JobExpires(shift.number(job)),
        }
    }
}
