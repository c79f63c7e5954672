//! One simulation for one answer.

use std::ops::Range;

use super::answer::{Answer, First};
use super::{Question, Row};
use crate::controller::{
    Assumptions, Attempt, Beginning, Delay, Event, JobEnd, Moment, Object, Outcome, Pods, Repetition, Scenario,
    Watcher, What, Work, watch,
};
use crate::foresight::summary::Tally;
use crate::foresight::{Plan, Premises, Summary};
use crate::schedule::{Instant, Seconds};

/// An object, and the stretch of time whose runs are counted.
#[derive(Clone)]
pub(super) struct Trial<'a> {
    pub(super) plan: &'a Plan,
    pub(super) object: &'a Object,
    pub(super) window: Range<Instant>,
    /// The runs in it.
    pub(super) due: &'a [Instant],
    /// How long to look on, so that what comes of the last of them is seen.
    pub(super) settling: Seconds,
}

/// What happens to the object and its controllers from outside.
#[derive(Default)]
pub(super) struct Circumstances {
    pub(super) outages: Vec<Range<Moment>>,
    pub(super) changes: Vec<(Moment, Object)>,
    /// When nothing more is of interest.
    pub(super) has_enough: Option<fn(&Summary) -> bool>,
}

impl Trial<'_> {
    /// Each Job is active for so long.
    pub(super) fn takes(&self, length: Seconds, circumstances: Circumstances) -> Answer {
        let end = |_| JobEnd { after: Delay::from(length), fails: false };
        self.answer(Work::Jobs(&end), circumstances, length)
    }

    /// Containers do that.
    pub(super) fn runs(&self, outcome: impl Fn(Attempt) -> Outcome) -> Answer {
        let outcome = |attempt| self.plan.within_deadline(outcome(attempt));
        let pods = Pods { start: Premises::POD_START.into(), stop: Premises::POD_STOP.into(), outcome: &outcome };
        self.answer(Work::Pods(pods), Circumstances::default(), Seconds::default())
    }

    fn answer(&self, work: Work<'_>, circumstances: Circumstances, length: Seconds) -> Answer {
        let until = self.window.end.saturating_add(self.settling).saturating_add(length);
        let scenario = Scenario {
            object: self.object.clone(),
            beginning: Beginning::Created(Moment::of(self.window.start)),
            until: Moment::of(until),
            assumptions: Assumptions { work, latency: Delay::default(), repeats: Some(1) },
            outages: circumstances.outages,
            changes: circumstances.changes,
        };
        let (tally, first) = (Tally::default(), First::default());
        let mut listener = Listener { last: self.window.end, tally, first, has_enough: circumstances.has_enough };
        watch(&scenario, &mut listener);
        let due = (self.due.len() as u64, self.due.last().copied());
        Answer { summary: listener.tally.finish(due, |_| false), first: listener.first }
    }
}

/// Counts what happens to the runs of a window, and to Jobs of their own.
struct Listener {
    /// The end of the window.
    last: Instant,
    tally: Tally,
    first: First,
    has_enough: Option<fn(&Summary) -> bool>,
}

impl Watcher for Listener {
    fn see(&mut self, event: Event) {
        let (What::Job(job, _) | What::Pod(job, ..)) = event.what else { return };
        if job.scheduled.is_none_or(|run| run <= self.last) {
            self.tally.see(event);
            self.first.add(event);
        }
    }

    fn has_enough(&self) -> bool {
        self.has_enough.is_some_and(|has_enough| has_enough(self.tally.so_far()))
    }

    fn until(&self) -> Option<Moment> {
        Some(Moment::of(self.last))
    }

    fn mark(&mut self) -> bool {
        self.tally.mark()
    }

    /// The first Job does nothing in what comes again: it would do so again each time, and there is no other first one.
    fn see_again(&mut self, repetition: Repetition) -> bool {
        self.tally.see_again(repetition)
    }
}

/// What ends at once takes so long.
const AT_ONCE: Delay = Delay::SECOND;

/// Each attempt fails at once.
pub(super) fn fails(_: Attempt) -> Outcome {
    Outcome::Exits { after: AT_ONCE, code: 1 }
}

/// The first attempt is evicted, and the others succeed.
pub(super) fn evicted(attempt: Attempt) -> Outcome {
    match attempt.of_job {
        0 => Outcome::Evicted { after: AT_ONCE, code: 137 },
        _ => Outcome::Exits { after: AT_ONCE, code: 0 },
    }
}

/// The rows of what hangs and of what never starts: one where the same comes of both.
pub(super) fn stuck(hangs: Answer, never_starts: Answer) -> Vec<Row> {
    if hangs.is_as(&never_starts) {
        vec![Row::new(Question::Stuck, hangs)]
    } else {
        vec![Row::new(Question::Hangs, hangs), Row::new(Question::NeverStarts, never_starts)]
    }
}
