//! What comes again and again is simulated once: from a look at the schedule to the next such look, where the state of all
//! things is the one of an earlier look and the runs are as far apart, the same happens.

use std::collections::HashMap;

use super::cluster::{Cluster, Shift, Snapshot};
use super::cron_job::PADDING;
use super::event::Event;
use super::moment::{Delay, Moment};
use crate::schedule::{Instant, Schedule, Seconds};

/// How many states are kept; where there are more, nothing comes again soon enough.
const MOST_STATES: usize = 1_000;
/// How many runs one stretch may hold, and events.
const MOST_RUNS: usize = 8;
const MOST_EVENTS: usize = 10_000;

/// What is known of the states at looks at the schedule.
#[derive(Debug, Default)]
pub(crate) struct Period {
    states: Vec<State>,
    /// States by what is quickly told of them.
    index: HashMap<Sketch, Vec<usize>>,
    /// The state at the last look, and when that was.
    from: Option<(usize, Place)>,
}

#[derive(Debug)]
struct State {
    snapshot: Snapshot,
    stretches: Vec<Stretch>,
}

/// What happens from a look to the next.
#[derive(Debug)]
struct Stretch {
    /// The runs after the last one that was started, until the one of the next look.
    runs: Vec<Seconds>,
    events: Vec<Event>,
    /// How long it is, and how many Jobs are made.
    length: Shift,
    to: usize,
}

/// A look: of which run, and how many Jobs were made before.
#[derive(Debug, Clone, Copy)]
struct Place {
    run: Instant,
    jobs: u64,
}

type Sketch = (u64, i64, Instant, usize, usize);

impl Place {
    fn shift(self) -> Shift {
        Shift { seconds: Seconds::new(self.run.unix()), jobs: self.jobs }
    }
}

impl Period {
    /// At a look at the schedule when nothing else is due: tells again what is known of what follows, up to a moment,
    /// and moves the cluster there.
    pub(crate) fn at_look(&mut self, cluster: &mut Cluster<'_>, until: Moment) {
        let events = cluster.recorded.take();
        let Some(repeats) = cluster.assumptions.repeats.filter(|_| self.states.len() < MOST_STATES) else { return };
        let Some(spec) = cluster.cron_job.as_ref().map(|cron_job| cron_job.spec.clone()) else { return };
        let Some(schedule) = &spec.schedule else { return };
        let mut place = Place { run: (cluster.now - PADDING).instant(), jobs: cluster.jobs_made() };
        let Some(mut state) = self.find(cluster, place, repeats) else {
            self.from = None;
            return;
        };
        if let (Some((from, begun)), Some(events)) = (self.from.take(), events) {
            self.note(schedule, (from, begun), events, (state, place));
        }
        let start = place.jobs;
        let begun = place.run;
        while let Some(stretch) = self.states[state].known(schedule, place, until) {
            for event in &stretch.events {
                cluster.tell_again(place.shift().event(*event));
            }
            place.run = stretch.length.instant(place.run);
            place.jobs += stretch.length.jobs;
            state = stretch.to;
        }
        if place.run != begun {
            cluster.move_to(Moment::of(place.run) + PADDING, place.jobs - start);
            cluster.restore(&self.states[state].snapshot, place.shift());
        }
        self.from = Some((state, place));
        cluster.recorded = Some(Vec::new());
    }

    /// What is known does not hold any more: the object is another one, or the controllers were away.
    pub(crate) fn forget(&mut self, cluster: &mut Cluster<'_>) {
        *self = Self::default();
        cluster.recorded = None;
    }

    /// The state that the cluster is in.
    fn find(&mut self, cluster: &Cluster<'_>, place: Place, repeats: u64) -> Option<usize> {
        let snapshot = cluster.snapshot(place.shift().back())?;
        let (jobs, timers) = snapshot.sizes();
        // Jobs are named after the minute.
        let of_minute = place.run.unix().rem_euclid(Seconds::MINUTE.get());
        let sketch = (place.jobs % repeats.max(1), of_minute, snapshot.last_schedule, jobs, timers);
        let alike = self.index.entry(sketch).or_default();
        if let Some(known) = alike.iter().find(|known| self.states[**known].snapshot == snapshot) {
            return Some(*known);
        }
        alike.push(self.states.len());
        self.states.push(State { snapshot, stretches: Vec::new() });
        Some(self.states.len() - 1)
    }

    fn note(
        &mut self,
        schedule: &Schedule,
        (from, begun): (usize, Place),
        events: Vec<Event>,
        (to, end): (usize, Place),
    ) {
        let state = &mut self.states[from];
        let runs = state.runs(schedule, begun).take_while(|run| begun.run + *run <= end.run);
        let runs: Vec<Seconds> = runs.take(MOST_RUNS + 1).collect();
        if runs.len() > MOST_RUNS || events.len() > MOST_EVENTS {
            return;
        }
        let back = begun.shift().back();
        let events = events.into_iter().map(|event| back.event(event)).collect();
        let length = Shift { seconds: end.run - begun.run, jobs: end.jobs - begun.jobs };
        state.stretches.push(Stretch { runs, events, length, to });
    }
}

impl State {
    /// The runs after the last one that was started, from the one of the look on.
    fn runs<'a>(&self, schedule: &'a Schedule, place: Place) -> impl Iterator<Item = Seconds> + use<'a> {
        let last = place.shift().instant(self.snapshot.last_schedule);
        schedule.runs_after(last).map(move |run| run - place.run)
    }

    /// What follows, if it is known and all of it comes before a moment.
    fn known(&self, schedule: &Schedule, place: Place, until: Moment) -> Option<&Stretch> {
        let stretch = self.stretches.iter().find(|stretch| {
            let runs = self.runs(schedule, place).take(stretch.runs.len());
            runs.eq(stretch.runs.iter().copied())
        })?;
        let end = Moment::of(stretch.length.instant(place.run)) + PADDING;
        (end < until).then_some(stretch)
    }
}

/// Whether the controller looks at the schedule next, and nothing else is due then.
pub(crate) fn is_look(cluster: &Cluster<'_>, next: Moment) -> bool {
    let Some(controllers) = &cluster.controllers else { return false };
    let later = |other: Option<Moment>| other.is_none_or(|other| next < other);
    controllers.cron_job.waits_until(next)
        && later(controllers.jobs.next())
        && later(controllers.ttl.next())
        && later(cluster.next_timer())
        && controllers.orphans.is_empty()
        && cluster.assumptions.latency == Delay::default()
}
