//! One simulation for one answer.

use std::ops::Range;

use super::answer::{Answer, First};
use super::{Question, Row};
use crate::controller::{
    Assumptions, Attempt, Beginning, Delay, Event, JobEnd, Moment, Object, Outcome, Pods, Scenario, What, Work,
    simulate,
};
use crate::foresight::summary::Count;
use crate::foresight::{Plan, Premises};
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
        let (mut count, mut first) = (Count::default(), First::default());
        simulate(&scenario, &mut |event| {
            if self.counts(event) {
                count.add(event);
                first.add(event);
            }
        });
        let due = (self.due.len() as u64, self.due.last().copied());
        Answer { summary: count.finish(due, |_| false), first }
    }

    /// Whether it happens to a run of the window, or to a Job of its own.
    fn counts(&self, event: Event) -> bool {
        let (What::Job(job, _) | What::Pod(job, ..)) = event.what else { return false };
        job.scheduled.is_none_or(|run| run <= self.window.end)
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
