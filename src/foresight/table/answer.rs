//! What comes of an object where something is with it.

use crate::controller::{Delay, Deletion, Event, JobEvent, Moment, PodEvent, Reason, What};
use crate::foresight::Summary;

/// What comes of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Answer {
    /// Of all runs of the window, in figures.
    pub summary: Summary,
    /// Of the first Job.
    pub first: First,
}

/// What comes of the first Job.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct First {
    /// How often a container was started.
    pub attempts: u32,
    /// How it ended, if it did.
    pub end: Option<End>,
    created: Option<Moment>,
}

/// How a Job ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct End {
    /// How long after its creation.
    pub after: Delay,
    /// In which way.
    pub way: Way,
}

/// In which way a Job ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// It is complete.
    Complete,
    /// It has failed.
    Failed(Reason),
    /// It was deleted, as the next one took its place.
    Replaced,
}

impl Answer {
    /// Whether all is as the schedule wants it: every run starts on time, by itself, and is complete.
    pub(super) fn is_well(&self) -> bool {
        self.summary.left_out == 0 && !is_spoilt(&self.summary)
    }

    /// Whether every run is started, and none ends early.
    pub(super) fn is_kept(&self) -> bool {
        self.summary.left_out == 0 && !is_lost(&self.summary)
    }

    /// Whether the same comes of it, but for what was started and how long after that it ended.
    pub(super) fn is_as(&self, other: &Self) -> bool {
        let way = |answer: &Self| answer.first.end.map(|end| end.way);
        let figures = |summary: Summary| Summary { failed_kept: None, complete_kept: None, ..summary };
        way(self) == way(other) && figures(self.summary) == figures(other.summary)
    }
}

/// Whether a run was late, was not alone, or ended early.
pub(super) fn is_spoilt(summary: &Summary) -> bool {
    is_lost(summary) || summary.late > 0 || summary.most_jobs > 1
}

/// Whether a run ended early.
pub(super) fn is_lost(summary: &Summary) -> bool {
    summary.replaced > 0 || summary.failed > 0
}

impl First {
    pub(super) fn add(&mut self, event: Event) {
        match event.what {
            What::Pod(job, _, PodEvent::Running) if job.number == 0 => self.attempts += 1,
            What::Job(job, what) if job.number == 0 => match what {
                JobEvent::Created => self.created = Some(event.at),
                JobEvent::Complete(_) => self.end(event.at, Way::Complete),
                // The end is decided then, and is there when the pods have stopped.
                JobEvent::FailureTarget(why) | JobEvent::Failed(why) => self.end(event.at, Way::Failed(why)),
                JobEvent::Gone(Deletion::Replaced) => self.end(event.at, Way::Replaced),
                _ => {}
            },
            _ => {}
        }
    }

    fn end(&mut self, at: Moment, way: Way) {
        let after = at - self.created.unwrap_or(at);
        self.end.get_or_insert(End { after, way });
    }
}
