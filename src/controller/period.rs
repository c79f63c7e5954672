//! What comes again and again is simulated once: from a look at the schedule to the next such look, where the state of all
//! things is the one of an earlier look and the runs are as far apart, the same happens.

use super::cluster::{Cluster, Shift, Snapshot};
use super::cron_job::PADDING;
use super::cycle::{Cycle, Look, Place};
use super::event::Event;
use super::moment::{Delay, Moment};
use crate::hash::HashMap;
use crate::schedule::{Instant, Schedule, Seconds};

/// How many states are kept: where there are more, nothing comes again soon enough.
const MOST_STATES: usize = 256;
/// How many Jobs and pods a state may have that is kept.
const MOST_JOBS: usize = 64;
const MOST_PODS: usize = 256;
/// How many runs a stretch may hold.
const MOST_RUNS: usize = 8;
/// How many events are kept of all stretches.
const MOST_EVENTS: usize = 100_000;

/// What is known of the states at looks at the schedule.
#[derive(Debug, Default)]
pub(crate) struct Period {
    states: Vec<State>,
    /// States by what is quickly told of them.
    index: HashMap<Sketch, Vec<usize>>,
    /// How many events are kept.
    events: usize,
    successors: Successors,
    cycle: Cycle,
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

type Sketch = (u64, i64, Instant, usize, usize);

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
            self.cycle.forget();
            return;
        };
        if let (Some((from, begun)), Some(events)) = (self.from.take(), events) {
            self.note(schedule, (from, begun), events, (state, place));
        }
        let here = place;
        let again_until = cluster.watcher().until().map_or(until, |most| most.min(until));
        while !cluster.watcher().has_enough() {
            let look = Look { state, place, last_run: self.states[state].last_run(place) };
            if let Some(repetition) = self.cycle.repetition(cluster.watcher(), schedule, look, again_until) {
                place = place.after(repetition);
            }
            let Some(stretch) = self.states[state].known(schedule, &mut self.successors, place, until) else { break };
            let shift = place.shift();
            for event in &stretch.events {
                cluster.tell_again(shift.event(*event));
            }
            place.run = stretch.length.instant(place.run);
            place.jobs += stretch.length.jobs;
            state = stretch.to;
        }
        if place.run != here.run {
            cluster.move_to(Moment::of(place.run) + PADDING, place.jobs - here.jobs);
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
        let pods = cluster.jobs.values().map(|job| job.pods.len() + job.settled.len());
        if cluster.jobs.len() > MOST_JOBS || pods.sum::<usize>() > MOST_PODS {
            return None;
        }
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
        let mut runs = Vec::new();
        let mut run = state.last_run(begun);
        while run < end.run {
            let Some(next) = self.successors.after(schedule, run).filter(|next| run < *next) else { return };
            run = next;
            runs.push(run - begun.run);
            if runs.len() > MOST_RUNS {
                return;
            }
        }
        self.events += events.len();
        if self.events > MOST_EVENTS {
            return;
        }
        let back = begun.shift().back();
        let events = events.into_iter().map(|event| back.event(event)).collect();
        let length = Shift::new(end.run - begun.run, end.jobs - begun.jobs);
        state.stretches.push(Stretch { runs, events, length, to });
    }
}

impl State {
    /// The last run that was started before a look.
    fn last_run(&self, place: Place) -> Instant {
        place.shift().instant(self.snapshot.last_schedule)
    }

    /// What follows, if it is known and all of it comes before a moment.
    fn known(&self, schedule: &Schedule, successors: &mut Successors, place: Place, until: Moment) -> Option<&Stretch> {
        let last = self.last_run(place);
        let stretch = self.stretches.iter().find(|stretch| {
            let mut run = last;
            stretch.runs.iter().all(|distance| {
                let next = successors.after(schedule, run);
                run = next.unwrap_or(run);
                next.is_some_and(|next| next - place.run == *distance)
            })
        })?;
        let end = Moment::of(stretch.length.instant(place.run)) + PADDING;
        (end < until).then_some(stretch)
    }
}

/// The next runs that were asked for last.
#[derive(Debug, Default)]
struct Successors {
    known: [Option<(Instant, Option<Instant>)>; Self::MOST],
    oldest: usize,
}

impl Successors {
    const MOST: usize = 4;

    /// The next run after an instant.
    fn after(&mut self, schedule: &Schedule, instant: Instant) -> Option<Instant> {
        let known = self.known.iter().flatten().find(|(after, _)| *after == instant);
        if let Some((_, next)) = known {
            return *next;
        }
        let next = schedule.next_after(instant);
        self.known[self.oldest] = Some((instant, next));
        self.oldest = (self.oldest + 1) % Self::MOST;
        next
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
