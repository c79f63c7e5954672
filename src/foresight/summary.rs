//! What comes of an object in figures.

use std::collections::{BTreeSet, HashMap};

use crate::controller::{Delay, Deletion, Event, JobEvent, JobName, LiveJob, Moment, PodEvent, PodName, What, starts};
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
    summary: Summary,
    last_started: Option<Instant>,
    /// The Jobs that are there.
    jobs: HashMap<u64, Job>,
    /// The pods that have not ended, those of Jobs that are gone, too.
    running: BTreeSet<(u64, PodName)>,
}

/// What is there of a Job.
#[derive(Debug, Default)]
struct Job {
    /// How many pods it has, ended or not.
    pods: u64,
    /// When it ended, and whether it has failed.
    ended: Option<(Moment, bool)>,
    /// Whether its logs are counted as gone.
    is_counted: bool,
}

impl Tally {
    /// Counts of a cluster that has these Jobs, by their numbers from 0 on.
    pub(super) fn with<'j>(jobs: impl Iterator<Item = &'j LiveJob>) -> Self {
        let mut tally = Self::default();
        for (number, job) in (0..).zip(jobs) {
            let pods = u64::from(job.active.unsigned_abs());
            let ended = job.ended.map(|(at, is_complete)| (at, !is_complete));
            tally.summary.active += u64::from(ended.is_none());
            tally.jobs.insert(number, Job { pods, ended, is_counted: ended.is_some() });
        }
        tally.summary.most_jobs = tally.summary.active;
        tally
    }

    pub(super) fn add(&mut self, event: Event) {
        match event.what {
            What::Job(job, what) => self.add_job(event.at, job, what),
            What::Pod(job, pod, what) => self.add_pod(event.at, (job.number, pod), what),
            _ => {}
        }
    }

    /// The whole, with the runs that are due and whether one that did not start may do so yet.
    pub(super) fn finish(
        mut self,
        runs: impl Iterator<Item = Instant>,
        may_start: impl Fn(Instant) -> bool,
    ) -> Summary {
        let mut last = None;
        for run in starts(runs) {
            self.summary.due += 1;
            last = Some(run);
        }
        let waits = last.is_some_and(|last| Some(last) > self.last_started && may_start(last));
        let rest = self.summary.due.saturating_sub(self.summary.started);
        self.summary.waiting = u64::from(waits).min(rest);
        self.summary.left_out = rest - self.summary.waiting;
        self.summary
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

impl Summary {
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

/// A length in whole seconds.
pub(super) fn seconds(length: Delay) -> Seconds {
    Seconds::new(length.micros() / Delay::SECOND.micros())
}
