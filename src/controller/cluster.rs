//! The API server's part that the controllers can tell from the real one, in memory: objects, how they are deleted, and
//! what is told of it to whom.

mod ended;
mod job;
mod pods;
mod shift;
mod watch;

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

pub(crate) use ended::EndedJobs;
pub(crate) use job::{Finished, Job, Status};
pub(crate) use shift::{Shift, Snapshot};
pub(crate) use watch::{BATCH, BackOff, Controllers};

use super::assumptions::{Assumptions, Work};
use super::event::{self, Event, JobEvent, JobName, PodEvent, Reason, What};
use super::moment::Moment;
pub(crate) use super::pod::{Deletion, Ended, IndexFailures, Kubelet, Phase, Pod};
use super::spec;
use super::watcher::Watcher;
use crate::schedule::Instant;

/// What is there, and the clock.
pub(crate) struct Cluster<'a> {
    pub(crate) now: Moment,
    pub(crate) assumptions: &'a Assumptions<'a>,
    pub(crate) cron_job: Option<CronJob>,
    /// By number; also those that are deleted while pods of theirs are left.
    pub(crate) jobs: BTreeMap<u64, Job>,
    /// `None` while they are away.
    pub(crate) controllers: Option<Controllers>,
    /// What was told since the last look at the schedule, where it is of interest.
    pub(crate) recorded: Option<Vec<Event>>,
    /// How often the object is still to be changed.
    pub(crate) changes_to_come: usize,
    jobs_made: u64,
    /// In order of time, then in the order in which they were set.
    timers: BTreeMap<(Moment, u64), Timer>,
    timers_made: u64,
    watcher: &'a mut dyn Watcher,
}

/// A CronJob as the API keeps it.
#[derive(Debug)]
pub(crate) struct CronJob {
    pub(crate) spec: Rc<spec::CronJob>,
    pub(crate) created: Instant,
    pub(crate) last_schedule: Option<Instant>,
    /// Its Jobs that it takes to be active.
    pub(crate) active: BTreeSet<u64>,
    /// Those of them that are gone.
    pub(crate) gone: BTreeSet<u64>,
    /// Its Jobs that have ended and are there.
    pub(crate) ended: EndedJobs,
    /// Its Jobs that are there, by the minute that they are named after.
    names: BTreeMap<i64, u64>,
}

impl CronJob {
    pub(crate) fn of(spec: Rc<spec::CronJob>, created: Instant) -> Self {
        Self {
            spec,
            created,
            last_schedule: None,
            active: BTreeSet::new(),
            gone: BTreeSet::new(),
            ended: EndedJobs::default(),
            names: BTreeMap::new(),
        }
    }

    /// The Job that has the name of a run's.
    pub(crate) fn job_named_after(&self, run: Instant) -> Option<u64> {
        let name = JobName { number: 0, scheduled: Some(run) };
        self.names.get(&name.minute()?).copied()
    }

    fn note(&mut self, job: &Job) {
        let (number, Some(minute)) = (job.name.number, job.name.minute()) else { return };
        if !job.is_gone {
            self.names.insert(minute, number);
            self.ended.add(job);
            return;
        }
        self.ended.remove(job);
        self.names.remove(&minute);
        if self.active.contains(&number) {
            self.gone.insert(number);
        }
    }
}

/// What comes by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Timer {
    /// A pod's container starts, for the first time or again.
    Start(u64, u32),
    /// A pod's container ends by itself.
    End(u64, u32),
    /// A pod that was told to stop has stopped.
    Stopped(u64, u32),
    /// A Job without pods ends.
    JobEnds(u64),
    /// A Job without pods is deleted after its time.
    JobExpires(u64),
}

impl<'a> Cluster<'a> {
    /// How much is told between two looks at the schedule that is kept.
    const MOST_RECORDED: usize = 10_000;

    pub(crate) fn new(now: Moment, assumptions: &'a Assumptions<'a>, watcher: &'a mut dyn Watcher) -> Self {
        Self {
            now,
            assumptions,
            cron_job: None,
            jobs: BTreeMap::new(),
            controllers: None,
            recorded: None,
            changes_to_come: 0,
            jobs_made: 0,
            timers: BTreeMap::new(),
            timers_made: 0,
            watcher,
        }
    }

    pub(crate) fn set_timer(&mut self, at: Moment, timer: Timer) {
        self.timers_made += 1;
        self.timers.insert((at, self.timers_made), timer);
    }

    pub(crate) fn next_timer(&self) -> Option<Moment> {
        self.timers.first_key_value().map(|((at, _), _)| *at)
    }

    /// What comes by itself now, if anything.
    pub(crate) fn take_timer(&mut self) -> Option<Timer> {
        if self.now < self.next_timer()? {
            return None;
        }
        self.timers.pop_first().map(|(_, timer)| timer)
    }

    pub(crate) fn tell(&mut self, what: What) {
        let event = Event { at: self.now, what };
        if let Some(recorded) = self.recorded.as_mut().filter(|recorded| recorded.len() < Self::MOST_RECORDED) {
            recorded.push(event);
        } else {
            self.recorded = None;
        }
        self.watcher.see(event);
    }

    /// Who is told.
    pub(crate) fn watcher(&mut self) -> &mut dyn Watcher {
        self.watcher
    }

    /// Tells of what happens as it did before.
    pub(crate) fn tell_again(&mut self, event: Event) {
        self.watcher.see(event);
    }

    /// How many Jobs there were.
    pub(crate) fn jobs_made(&self) -> u64 {
        self.jobs_made
    }

    /// Moves the clock to where so many more Jobs have been made.
    pub(crate) fn move_to(&mut self, now: Moment, jobs: u64) {
        self.now = now;
        self.jobs_made += jobs;
    }

    pub(crate) fn tell_of_job(&mut self, number: u64, event: JobEvent) {
        self.tell(What::Job(self.jobs[&number].name, event));
    }

    pub(crate) fn tell_of_pod(&mut self, number: u64, pod: u32, event: PodEvent) {
        let job = &self.jobs[&number];
        self.tell(What::Pod(job.name, job.pods[&pod].name, event));
    }

    pub(crate) fn create_job(&mut self, spec: Rc<spec::Job>, scheduled: Option<Instant>) -> u64 {
        let started = matches!(self.assumptions.work, Work::Jobs(_)).then(|| self.now.whole());
        let status = Status { started, ..Status::default() };
        let number = self.adopt_job(|name| Job { status, ..Job::new(name, spec) }, scheduled);
        self.let_end(number, self.now);
        self.tell_of_job(number, JobEvent::Created);
        self.tell_job_added(number);
        number
    }

    /// Takes a Job in of which nothing is told.
    pub(crate) fn adopt_job(&mut self, job: impl FnOnce(JobName) -> Job, scheduled: Option<Instant>) -> u64 {
        let number = self.jobs_made;
        self.jobs_made += 1;
        self.jobs.insert(number, job(JobName { number, scheduled }));
        self.note_job(number);
        number
    }

    /// Keeps the CronJob's account of its Jobs.
    fn note_job(&mut self, number: u64) {
        if let (Some(cron_job), Some(job)) = (&mut self.cron_job, self.jobs.get(&number)) {
            cron_job.note(job);
        }
    }

    /// A Job of which only its end is told, and that has been active since a moment, will end.
    pub(crate) fn let_end(&mut self, number: u64, since: Moment) {
        if let Work::Jobs(ending) = self.assumptions.work {
            let after = ending(number).after;
            let deadline = self.jobs[&number].spec.active_deadline;
            let after = deadline.map_or(after, |deadline| deadline.min(after));
            self.set_timer(self.now.max(since + after), Timer::JobEnds(number));
        }
    }

    /// Changes what a Job asks for.
    pub(crate) fn edit_job(&mut self, number: u64, spec: Rc<spec::Job>) {
        if let Some(job) = self.jobs.get_mut(&number).filter(|job| !job.is_gone) {
            let was = std::mem::replace(&mut job.spec, spec);
            self.tell_job_edited(number, was.active_deadline);
        }
    }

    /// That a Job has ended.
    pub(crate) fn finish_job(&mut self, number: u64, finished: Finished, reason: Reason) {
        let Some(job) = self.jobs.get_mut(&number) else { return };
        job.status.finished = Some(finished);
        self.note_job(number);
        let event = if finished.is_complete { JobEvent::Complete(reason) } else { JobEvent::Failed(reason) };
        self.tell_of_job(number, event);
    }

    /// Deletes a Job, and its pods after it.
    pub(crate) fn delete_job(&mut self, number: u64, why: event::Deletion) {
        let Some(job) = self.jobs.get_mut(&number).filter(|job| !job.is_gone) else { return };
        job.is_gone = true;
        self.note_job(number);
        self.tell_of_job(number, JobEvent::Gone(why));
        self.tell_job_removed(number);
        self.delete_pods(number);
        self.drop_if_empty(number);
    }

    /// Deletes a Job once its pods are gone.
    pub(crate) fn delete_job_after_pods(&mut self, number: u64, why: event::Deletion) {
        let Some(job) = self.jobs.get_mut(&number).filter(|job| !job.is_gone && job.deletion.is_none()) else { return };
        if !job.has_pods() {
            return self.delete_job(number, why);
        }
        job.deletion = Some(why);
        self.tell_job_changed(number);
        self.delete_pods(number);
        self.delete_if_awaited(number);
    }

    fn delete_pods(&mut self, number: u64) {
        let Some(job) = self.jobs.get_mut(&number) else { return };
        let (name, settled) = (job.name, std::mem::take(&mut job.settled));
        let pods: Vec<u32> = job.pods.keys().copied().collect();
        for pod in settled {
            self.tell(What::Pod(name, pod, PodEvent::Gone));
        }
        for pod in pods {
            self.delete_pod(number, pod);
        }
    }

    fn drop_if_empty(&mut self, number: u64) {
        if self.jobs.get(&number).is_some_and(|job| job.is_gone && !job.has_pods()) {
            self.jobs.remove(&number);
        }
    }

    fn delete_if_awaited(&mut self, number: u64) {
        let waiting = self.jobs.get(&number).filter(|job| !job.is_gone && !job.has_pods());
        if let Some(why) = waiting.and_then(|job| job.deletion) {
            self.delete_job(number, why);
        }
    }
}
