//! The simulation of one object on what is assumed of it.

use std::ops::Range;

use super::assumed::{Assumed, Premises, draw, merged};
use super::plan::suspended;
use super::summary::Summary;
use super::{Plan, World};
use crate::controller::{
    Assumptions, Attempt, Beginning, Delay, Event, Live, Moment, Object, Pods, Scenario, Watcher, Work, simulate, watch,
};
use crate::schedule::{INSTANTS, Instant, Seconds};

/// How long an object is watched where nothing is said, and how many runs it has by then at least.
const WEEK: Seconds = Seconds::new(7 * 86_400);
const RUNS: usize = 5;

/// An object that can be simulated, and what is assumed of it.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Forecast<'p> {
    /// What it is.
    pub plan: &'p Plan,
    /// What it asks of the controllers.
    pub object: &'p Object,
    /// What is assumed of its work.
    pub premises: Premises,
    /// What lengths between two others are drawn by.
    pub seed: u64,
    /// When it is created, or where it stands then.
    pub from: Instant,
    /// When nobody watches any more.
    pub until: Instant,
    /// When the controllers are away.
    pub outages: Vec<Range<Moment>>,
    /// When it is suspended by what is assumed, not by its own word.
    pub suspended: Vec<Range<Moment>>,
}

impl<'p> Forecast<'p> {
    /// The forecast of an object, or `None` where it cannot be simulated.
    #[must_use]
    pub fn of(plan: &'p Plan, assumed: &Assumed) -> Option<Self> {
        let object = plan.object.as_ref().ok()?;
        let World { from, outages, suspended, .. } = &assumed.world;
        Some(Self {
            plan,
            object,
            premises: Premises::of(plan, &assumed.claims),
            seed: assumed.seed,
            from: *from,
            until: until(object, &assumed.world),
            outages: merged(outages, *from),
            suspended: merged(suspended, *from),
        })
    }

    /// Tells a visitor all that happens, in order of time; the same each time.
    pub fn simulate(&self, visit: &mut dyn FnMut(Event)) {
        self.in_full(|scenario| simulate(scenario, visit));
    }

    /// The same for a watcher, who need not be told each time what comes again and again.
    pub fn watch(&self, watcher: &mut dyn Watcher) {
        self.in_full(|scenario| watch(scenario, watcher));
    }

    /// The same, watched no longer than until then.
    #[must_use]
    pub fn cut(&self, until: Instant) -> Self {
        Self { until: self.until.min(until), ..self.clone() }
    }

    /// What comes of it in figures.
    #[must_use]
    pub fn summary(&self) -> Summary {
        self.in_full(Summary::of)
    }

    /// Hands out what is simulated.
    fn in_full<T>(&self, to: impl FnOnce(&Scenario<'_>) -> T) -> T {
        let label = self.plan.label();
        let outcome = |attempt: Attempt| {
            let drawn = if self.premises.are_constant() { 0 } else { draw(self.seed, &label, attempt) };
            self.plan.within_deadline(self.premises.outcome(attempt, drawn))
        };
        let repeats = self.premises.are_constant().then_some(1);
        let pods = Pods { start: Premises::POD_START.into(), stop: Premises::POD_STOP.into(), outcome: &outcome };
        let from = Moment::of(self.from);
        let begins_suspended = self.suspended.first().is_some_and(|range| range.start == from);
        let mut changes = Vec::new();
        for range in &self.suspended {
            changes.push((range.start, suspended(self.object, true)));
            changes.push((range.end, self.object.clone()));
        }
        let object = if begins_suspended { changes.remove(0).1 } else { self.object.clone() };
        to(&Scenario {
            object,
            beginning: self.live().map_or(Beginning::Created(from), Beginning::Live),
            until: Moment::of(self.until),
            assumptions: Assumptions { work: Work::Pods(pods), latency: Delay::default(), repeats },
            outages: self.outages.clone(),
            changes,
        })
    }

    /// Whether something is assumed of it that nobody would take for granted.
    #[must_use]
    pub fn is_on_assumptions(&self) -> bool {
        !self.premises.are_none() || !self.outages.is_empty() || !self.suspended.is_empty()
    }

    /// Whether it is suspended then, by its own word or by what is assumed.
    #[must_use]
    pub fn is_suspended_at(&self, at: Moment) -> bool {
        let by_itself = match self.object {
            Object::CronJob(cron_job) => cron_job.is_suspended,
            Object::Job(job) => job.is_suspended,
        };
        by_itself || self.suspended.iter().any(|range| range.contains(&at))
    }

    /// Where it stands when the simulation begins, if it is there already.
    #[must_use]
    pub fn live(&self) -> Option<Live> {
        self.plan.standing.as_ref()?.live(self.object, self.from)
    }

    /// Whether a run that did not start until the end may do so yet.
    pub(super) fn may_start(&self, run: Instant) -> bool {
        let Object::CronJob(cron_job) = self.object else { return false };
        !self.is_suspended_at(Moment::of(self.until))
            && cron_job.starting_deadline.is_none_or(|most| self.until - run <= most)
    }
}

fn until(object: &Object, world: &World) -> Instant {
    let week = world.from.saturating_add(WEEK);
    let until = match (world.length, object) {
        (Some(length), _) => world.from.saturating_add(length),
        (None, Object::CronJob(cron_job)) => {
            let runs = cron_job.schedule.iter().flat_map(|schedule| schedule.runs_after(world.from).take(RUNS));
            runs.last().map_or(week, |run| week.max(run.saturating_add(Seconds::HOUR)))
        }
        (None, Object::Job(_)) => week,
    };
    until.min(INSTANTS.end)
}
