//! What happens over and over, found and passed over: where the state of all things comes again while the runs do, what
//! was between comes again as often as there is time for.
//!
//! A state is compared with one that is remembered, which is another one after 1, 2, 4, 8 … looks: so it comes again, and
//! soon, whatever led to it (Brent's algorithm).

use super::cluster::Shift;
use super::cron_job::PADDING;
use super::moment::Moment;
use super::watcher::{Repetition, Watcher};
use crate::schedule::{Instant, Recurrence, Schedule, Seconds};

/// The search for a cycle.
#[derive(Debug)]
pub(crate) struct Cycle {
    /// While the runs come again.
    recurrence: Option<Recurrence>,
    /// The state that is remembered, and where it was.
    mark: Option<(usize, Place)>,
    looks: u32,
    patience: u32,
}

impl Default for Cycle {
    fn default() -> Self {
        Self { recurrence: None, mark: None, looks: 0, patience: 1 }
    }
}

/// A look: of which run, and how many Jobs were made before.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Place {
    pub(crate) run: Instant,
    pub(crate) jobs: u64,
}

/// A look at the schedule.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Look {
    pub(crate) state: usize,
    pub(crate) place: Place,
    /// The last run that was started before it.
    pub(crate) last_run: Instant,
}

impl Place {
    pub(crate) fn shift(self) -> Shift {
        Shift::new(Seconds::new(self.run.unix()), self.jobs)
    }

    pub(crate) fn after(self, repetition: Repetition) -> Self {
        Self { run: self.run + repetition.length(), jobs: self.jobs + repetition.jobs_made() }
    }
}

impl Cycle {
    /// What from this look on comes again, up to a moment; the watcher has taken it in.
    pub(crate) fn repetition(
        &mut self,
        watcher: &mut dyn Watcher,
        schedule: &Schedule,
        look: Look,
        until: Moment,
    ) -> Option<Repetition> {
        let recurrence = self.recurrence_at(schedule, look.last_run)?;
        let repetition = self.found(&recurrence, look, until);
        if let Some(repetition) = repetition.filter(|repetition| watcher.see_again(*repetition)) {
            self.forget();
            return Some(repetition);
        }
        self.looks += 1;
        if repetition.is_some() || self.looks >= self.patience {
            self.patience = self.patience.saturating_mul(2);
            self.looks = 0;
            self.mark = watcher.mark().then_some((look.state, look.place));
        }
        None
    }

    /// What was found has passed, or does not hold any more.
    pub(crate) fn forget(&mut self) {
        *self = Self { recurrence: self.recurrence.take(), ..Self::default() };
    }

    /// How the runs come again from the last run on.
    fn recurrence_at(&mut self, schedule: &Schedule, last_run: Instant) -> Option<Recurrence> {
        if self.recurrence.as_ref().is_none_or(|known| known.within.end <= last_run) {
            self.mark = None;
            self.recurrence = schedule.recurrence(last_run);
        }
        self.recurrence.clone().filter(|known| known.within.contains(&last_run))
    }

    fn found(&self, recurrence: &Recurrence, look: Look, until: Moment) -> Option<Repetition> {
        let (_, from) = self.mark.filter(|(state, _)| *state == look.state)?;
        let period = look.place.run - from.run;
        if period <= Seconds::default() || period.get() % recurrence.period.get() != 0 {
            return None;
        }
        // The next run after the last look is still one that comes again, and the look itself is before the end.
        let last = (recurrence.within.end - recurrence.period).min((until - PADDING - PADDING).instant());
        let times = u64::try_from((last - look.place.run).get() / period.get()).ok().filter(|times| *times > 0)?;
        Some(Repetition { times, period, jobs: look.place.jobs - from.jobs })
    }
}
