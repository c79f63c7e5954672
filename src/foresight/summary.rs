//! What comes of an object in figures.

use std::collections::{BTreeMap, BTreeSet};

use crate::controller::{
    Beginning, Delay, Deletion, Event, JobEvent, JobName, Moment, Object, PodEvent, PodName, Repetition, Scenario,
    Watcher, What, count_starts, watch,
};
use crate::schedule::{Instant, Seconds};

/// What came of the runs and the Jobs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Summary {
    /// Runs that the schedule has; of those that share a minute, one.
    pub due: u64,
    /// Jobs that were made.
    pub started: u64,
    /// Those that were made within a second of their time.
    pub on_time: u64,
    /// Those that were made later.
    pub late: u64,
    /// How late the latest was.
    pub longest_lateness: Delay,
    /// Runs that were never started.
    pub left_out: u64,
    /// Runs that may yet start at the end.
    pub waiting: u64,
    /// Jobs that a later one took the place of.
    pub replaced: u64,
    /// Jobs that are complete.
    pub complete: u64,
    /// Jobs that have failed.
    pub failed: u64,
    /// Jobs that are still active at the end.
    pub active: u64,
    /// Most Jobs that were active at once.
    pub most_jobs: u64,
    /// Most pods that were there and had not ended.
    pub most_pods: u64,
    /// Pods that were made.
    pub pods: u64,
    /// How long the pods, with their logs, of Jobs that failed are there after the end, if one failed.
    pub failed_kept: Option<Kept>,
    /// The same of Jobs that are complete.
    pub complete_kept: Option<Kept>,
}

/// How long something is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kept {
    /// The shortest time after which it was gone.
    For(Delay),
    /// None was gone at the end.
    Throughout,
}

/// Counts events.
#[derive(Debug, Default)]
pub(super) struct Tally {
    count: Count,
    mark: Option<Count>,
}

/// What was counted, and what that goes on from.
#[derive(Debug, Clone, Default)]
struct Count {
    summary: Summary,
    last_started: Option<Instant>,
    /// The Jobs that are there.
    jobs: BTreeMap<u64, Job>,
    /// The pods that have not ended, those of Jobs that are gone, too.
    running: BTreeSet<(u64, PodName)>,
}

/// What is there of a Job.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Job {
    /// How many pods it has, ended or not.
    pods: u64,
    /// When it ended, and whether it has failed.
    ended: Option<(Moment, bool)>,
    /// Whether its logs are counted as gone.
    is_counted: bool,
}

impl Watcher for Tally {
    fn see(&mut self, event: Event) {
        self.count.add(event);
    }

    fn mark(&mut self) -> bool {
        self.mark = Some(self.count.clone());
        true
    }

    fn see_again(&mut self, repetition: Repetition) -> bool {
        let mark = self.mark.take().filter(|mark| mark.comes_again_in(&self.count, repetition));
        if let Some(mark) = &mark {
            self.count.repeat(mark, repetition);
        }
        mark.is_some()
    }
}

impl Tally {
    /// What was counted until now.
    pub(super) fn so_far(&self) -> &Summary {
        &self.count.summary
    }

    /// The whole, with how many runs are due, the last of them, and whether it may start yet if it did not.
    pub(super) fn finish(self, (due, last): (u64, Option<Instant>), may_start: impl Fn(Instant) -> bool) -> Summary {
        let mut summary = Summary { due, ..self.count.summary };
        let waits = last.is_some_and(|last| Some(last) > self.count.last_started && may_start(last));
        let rest = summary.due.saturating_sub(summary.started);
        summary.waiting = u64::from(waits).min(rest);
        summary.left_out = rest - summary.waiting;
        summary
    }
}

impl Count {
    /// That of a beginning: a cluster has Jobs already, by their numbers from 0 on.
    fn at(beginning: &Beginning) -> Self {
        let Beginning::Live(live) = beginning else { return Self::default() };
        let mut count = Self::default();
        for (number, job) in (0..).zip(&live.jobs) {
            let pods = u64::from(job.active.unsigned_abs());
            let ended = job.ended.map(|(at, is_complete)| (at, !is_complete));
            count.summary.active += u64::from(ended.is_none());
            count.jobs.insert(number, Job { pods, ended, is_counted: ended.is_some() });
        }
        count.summary.most_jobs = count.summary.active;
        count
    }

    /// Whether another count goes on from where this one does, one period later.
    fn comes_again_in(&self, later: &Self, repetition: Repetition) -> bool {
        let once = Repetition { times: 1, ..repetition };
        let has_started = self.summary.started < later.summary.started;
        let last_started = self.last_started.map(|run| if has_started { run + once.length() } else { run });
        self.summary.active == later.summary.active
            && last_started == later.last_started
            && (self.jobs.len(), self.running.len()) == (later.jobs.len(), later.running.len())
            && self.jobs.iter().map(|job| again(job, once)).eq(later.jobs.iter().map(|(number, job)| (*number, *job)))
            && self.running.iter().map(|(job, pod)| (job + once.jobs, *pod)).eq(later.running.iter().copied())
    }

    /// Counts what came since another count again: what is most and what is shortest stays what it is.
    fn repeat(&mut self, since: &Self, repetition: Repetition) {
        let (summary, before) = (&mut self.summary, &since.summary);
        for (count, before) in [
            (&mut summary.started, before.started),
            (&mut summary.on_time, before.on_time),
            (&mut summary.late, before.late),
            (&mut summary.replaced, before.replaced),
            (&mut summary.complete, before.complete),
            (&mut summary.failed, before.failed),
            (&mut summary.pods, before.pods),
        ] {
            *count += (*count - before) * repetition.times;
        }
        if since.last_started != self.last_started {
            self.last_started = self.last_started.map(|run| run + repetition.length());
        }
        self.jobs = self.jobs.iter().map(|job| again(job, repetition)).collect();
        self.running = self.running.iter().map(|(job, pod)| (job + repetition.jobs_made(), *pod)).collect();
    }

    fn add(&mut self, event: Event) {
        match event.what {
            What::Job(job, what) => self.add_job(event.at, job, what),
            What::Pod(job, pod, what) => self.add_pod(event.at, (job.number, pod), what),
            _ => {}
        }
    }

    fn add_job(&mut self, at: Moment, name: JobName, event: JobEvent) {
        match event {
            JobEvent::Created => self.start(at, name),
            JobEvent::Complete(_) => self.end(at, name, false),
            JobEvent::Failed(_) => self.end(at, name, true),
            JobEvent::Gone(why) => {
                let Some(job) = self.jobs.remove(&name.number) else { return };
                if why == Deletion::Replaced {
                    self.summary.replaced += 1;
                }
                match job.ended {
                    None => self.summary.active -= 1,
                    Some(ended) if !job.is_counted => self.keep(at, ended),
                    Some(_) => {}
                }
            }
            _ => {}
        }
    }

    fn start(&mut self, at: Moment, name: JobName) {
        self.jobs.insert(name.number, Job::default());
        let summary = &mut self.summary;
        summary.started += 1;
        summary.active += 1;
        summary.most_jobs = summary.most_jobs.max(summary.active);
        let lateness = name.scheduled.map_or(Delay::default(), |run| at - Moment::of(run));
        if lateness < Delay::SECOND {
            summary.on_time += 1;
        } else {
            summary.late += 1;
            summary.longest_lateness = summary.longest_lateness.max(lateness);
        }
        self.last_started = self.last_started.max(name.scheduled);
    }

    fn end(&mut self, at: Moment, name: JobName, fails: bool) {
        let summary = &mut self.summary;
        summary.active -= 1;
        let (count, kept) = if fails {
            (&mut summary.failed, &mut summary.failed_kept)
        } else {
            (&mut summary.complete, &mut summary.complete_kept)
        };
        *count += 1;
        kept.get_or_insert(Kept::Throughout);
        let Some(job) = self.jobs.get_mut(&name.number) else { return };
        job.ended = Some((at, fails));
        // Its pods were deleted to end it.
        if job.pods == 0 {
            job.is_counted = true;
            self.keep(at, (at, fails));
        }
    }

    fn add_pod(&mut self, at: Moment, (number, pod): (u64, PodName), event: PodEvent) {
        let summary = &mut self.summary;
        match event {
            PodEvent::Created => {
                self.running.insert((number, pod));
                summary.pods += 1;
                summary.most_pods = summary.most_pods.max(self.running.len() as u64);
            }
            PodEvent::Succeeded | PodEvent::Failed(_) | PodEvent::Gone => {
                self.running.remove(&(number, pod));
            }
            _ => {}
        }
        let Some(job) = self.jobs.get_mut(&number) else { return };
        match event {
            PodEvent::Created => job.pods += 1,
            PodEvent::Gone => {
                job.pods = job.pods.saturating_sub(1);
                if let Some(ended) = job.ended.filter(|_| job.pods == 0 && !job.is_counted) {
                    job.is_counted = true;
                    self.keep(at, ended);
                }
            }
            _ => {}
        }
    }

    /// What was left of a Job is gone.
    fn keep(&mut self, at: Moment, (ended, fails): (Moment, bool)) {
        let kept = if fails { &mut self.summary.failed_kept } else { &mut self.summary.complete_kept };
        let length = at - ended;
        *kept = match *kept {
            Some(Kept::For(shortest)) => Some(Kept::For(shortest.min(length))),
            _ => Some(Kept::For(length)),
        };
    }
}

/// A Job as it is there when things have come again.
fn again((number, job): (&u64, &Job), repetition: Repetition) -> (u64, Job) {
    let ended = job.ended.map(|(at, fails)| (repetition.last(at), fails));
    (number + repetition.jobs_made(), Job { ended, ..*job })
}

impl Summary {
    /// What comes of a scenario.
    #[must_use]
    pub fn of(scenario: &Scenario<'_>) -> Self {
        let mut tally = Tally { count: Count::at(&scenario.beginning), mark: None };
        watch(scenario, &mut tally);
        let Object::CronJob(cron_job) = &scenario.object else { return tally.finish((0, None), |_| false) };
        let (from, until) = (scenario.beginning.at().instant(), scenario.until.instant());
        let due = cron_job.schedule.as_ref().map_or((0, None), |schedule| count_starts(schedule, from, until));
        let deadline = cron_job.starting_deadline;
        let is_suspended = is_suspended_at_end(scenario);
        tally.finish(due, |run| !is_suspended && deadline.is_none_or(|most| until - run <= most))
    }

    /// How late the latest start was, in whole seconds.
    #[must_use]
    pub fn seconds_late(&self) -> Seconds {
        seconds(self.longest_lateness)
    }
}

impl Kept {
    /// For how long, in whole seconds; `None`: to the end.
    #[must_use]
    pub fn seconds(self) -> Option<Seconds> {
        match self {
            Self::For(length) => Some(seconds(length)),
            Self::Throughout => None,
        }
    }
}

/// Whether the object is suspended at the end, by its own word or as it was changed.
fn is_suspended_at_end(scenario: &Scenario<'_>) -> bool {
    let changed = scenario.changes.iter().rev().find(|(at, _)| *at <= scenario.until);
    match changed.map_or(&scenario.object, |(_, object)| object) {
        Object::CronJob(cron_job) => cron_job.is_suspended,
        Object::Job(job) => job.is_suspended,
    }
}

/// A length in whole seconds.
pub(super) fn seconds(length: Delay) -> Seconds {
    Seconds::new(length.micros() / Delay::SECOND.micros())
}
