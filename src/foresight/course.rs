//! What a forecast is drawn from: in which state each run is from when to when.

use std::collections::BTreeMap;
use std::iter::Peekable;

use super::Forecast;
use crate::controller::{Delay, Event, Failure, JobEvent, JobName, Moment, Object, PodEvent, What, starts};
use crate::schedule::Instant;

/// A run in one state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Stretch {
    /// The state.
    pub state: State,
    /// Since when.
    pub from: Moment,
    /// Until when; the same for what takes no time.
    pub until: Moment,
    /// The run of the CronJob; `None`: a Job of its own.
    pub run: Option<Instant>,
}

/// The state of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum State {
    /// Its Job is active, and none of its attempts has failed.
    Running,
    /// It is due, and its Job is not there yet.
    Waiting,
    /// Its Job is active, and an attempt has failed.
    Retrying,
    /// Its Job is made later than it was due: the moment of that.
    Late,
    /// It is never started: the moment when it was due.
    LeftOut,
}

impl Forecast<'_> {
    /// Tells a visitor of each run in each of its states, once it is known how long that lasts.
    pub fn stretches(&self, visit: &mut dyn FnMut(Stretch)) {
        let schedule = match self.object {
            Object::CronJob(cron_job) => cron_job.schedule.as_ref(),
            Object::Job(_) => None,
        };
        let due = schedule.into_iter().flat_map(|schedule| schedule.runs_after(self.from));
        let due = starts(due.take_while(|run| *run < self.until)).peekable();
        let mut course = Course { due, active: BTreeMap::new(), visit };
        for (number, job) in (0..).zip(self.live().iter().flat_map(|live| &live.jobs)) {
            if job.ended.is_none() {
                let since = job.started.unwrap_or(Moment::of(self.from));
                course.active.insert(number, Active { run: job.scheduled, since, state: State::Running });
            }
        }
        self.simulate(&mut |event| course.add(event));
        course.finish(Moment::of(self.until), |run| self.may_start(run));
    }
}

struct Course<'v, I: Iterator<Item = Instant>> {
    /// The runs that have not started.
    due: Peekable<I>,
    active: BTreeMap<u64, Active>,
    visit: &'v mut dyn FnMut(Stretch),
}

/// A Job that is active.
#[derive(Clone, Copy)]
struct Active {
    run: Option<Instant>,
    since: Moment,
    state: State,
}

impl<I: Iterator<Item = Instant>> Course<'_, I> {
    fn add(&mut self, event: Event) {
        match event.what {
            What::Job(job, JobEvent::Created) => self.start(job, event.at),
            What::Job(job, JobEvent::Complete(_) | JobEvent::Failed(_) | JobEvent::Gone(_)) => {
                if let Some(active) = self.active.remove(&job.number) {
                    (self.visit)(active.until(event.at));
                }
            }
            What::Pod(job, _, PodEvent::ContainerFailed(_))
            | What::Pod(job, _, PodEvent::Failed(Failure::Exit(_) | Failure::Disrupted)) => self.fail(job, event.at),
            _ => {}
        }
    }

    fn start(&mut self, job: JobName, at: Moment) {
        self.active.insert(job.number, Active { run: job.scheduled, since: at, state: State::Running });
        let Some(run) = job.scheduled else { return };
        while let Some(before) = self.due.next_if(|due| *due < run) {
            self.leave_out(before);
        }
        self.due.next_if(|due| *due == run);
        if at - Moment::of(run) >= Delay::SECOND {
            let waiting = Stretch { state: State::Waiting, from: Moment::of(run), until: at, run: Some(run) };
            (self.visit)(waiting);
            (self.visit)(Stretch { state: State::Late, from: at, ..waiting });
        }
    }

    fn leave_out(&mut self, run: Instant) {
        let at = Moment::of(run);
        (self.visit)(Stretch { state: State::LeftOut, from: at, until: at, run: Some(run) });
    }

    fn fail(&mut self, job: JobName, at: Moment) {
        let Some(active) = self.active.get_mut(&job.number) else { return };
        if active.state == State::Running {
            let running = active.until(at);
            *active = Active { since: at, state: State::Retrying, ..*active };
            (self.visit)(running);
        }
    }

    fn finish(mut self, until: Moment, may_start: impl Fn(Instant) -> bool) {
        for active in std::mem::take(&mut self.active).into_values() {
            (self.visit)(active.until(until));
        }
        while let Some(run) = self.due.next() {
            if self.due.peek().is_none() && may_start(run) {
                (self.visit)(Stretch { state: State::Waiting, from: Moment::of(run), until, run: Some(run) });
            } else {
                self.leave_out(run);
            }
        }
    }
}

impl Active {
    fn until(self, until: Moment) -> Stretch {
        Stretch { state: self.state, from: self.since, until, run: self.run }
    }
}
