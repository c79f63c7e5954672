//! Who is told what happens.

use super::event::Event;
use super::moment::Moment;
use crate::schedule::Seconds;

/// Who is told what happens, in order of time. What comes again and again need not be told each time.
pub trait Watcher {
    /// Something happens.
    fn see(&mut self, event: Event);

    /// Whether it wants to be told no more.
    fn has_enough(&self) -> bool {
        false
    }

    /// Whether pods that start, end or stop at the very moment of a controller's look do so before it: Kubernetes takes now
    /// the one, now the other first.
    fn comes_before_look(&self, _at: Moment) -> bool {
        false
    }

    /// Until when things may come again for it; what happens later is told one by one.
    fn until(&self) -> Option<Moment> {
        None
    }

    /// What follows may come again: how things stand is to be remembered. Whether it is, so that [`Self::see_again`] can
    /// be asked.
    fn mark(&mut self) -> bool {
        false
    }

    /// All that was told since the mark comes again. Whether that is taken in; where it is not, it is told one by one.
    fn see_again(&mut self, _repetition: Repetition) -> bool {
        false
    }
}

/// What happened comes again, so many times on end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Repetition {
    /// How many times more.
    pub times: u64,
    /// How much later each time.
    pub period: Seconds,
    /// How many Jobs were made in that time.
    pub jobs: u64,
}

impl Repetition {
    /// The moment at which something happens again for the last time.
    #[must_use]
    pub fn last(self, moment: Moment) -> Moment {
        moment + self.length().into()
    }

    /// From the first time to the last.
    #[must_use]
    pub fn length(self) -> Seconds {
        self.period * i64::try_from(self.times).unwrap_or(i64::MAX)
    }

    /// How many Jobs are made in all of it.
    #[must_use]
    pub fn jobs_made(self) -> u64 {
        self.jobs * self.times
    }
}

/// A function is told of each event.
impl<F: FnMut(Event)> Watcher for F {
    fn see(&mut self, event: Event) {
        self(event);
    }
}
