//! What comes of all objects together: how much of it at once, and in which minutes most of it starts.

use std::collections::BTreeSet;
use std::ops::Range;

use super::Forecast;
use super::peak::Peak;
use super::shared::{Shared, shared};
use super::spread::spread;
use crate::controller::{Event, Hot, JobEvent, Minutes, Moment, PodEvent, PodName, What};
use crate::schedule::{Instant, Seconds, Spread};

/// Minutes that are named.
const HOT: usize = 5;
/// Changes that are kept before those of one moment are put together.
const LOOSE: usize = 1 << 14;

/// All objects together.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Fleet {
    /// When: as long as all of them are watched, and four weeks at the most.
    pub window: Range<Instant>,
    /// How many Jobs start in each minute.
    pub minutes: Minutes,
    /// The minutes in which most start.
    pub hot: Vec<Hot>,
    /// Most Jobs that are active at once.
    pub jobs: Peak,
    /// Most pods that have not ended.
    pub pods: Peak,
    /// Most CPU that these request, in thousandths of a core.
    pub cpu_millis: Peak,
    /// Most memory that they request, in bytes.
    pub memory_bytes: Peak,
    /// The claims that runs have at once, though one node can use them at a time.
    pub shared: Vec<Shared>,
    /// Schedules by which fewer runs are due in one minute, where many are.
    pub spread: Option<Spread>,
}

/// What there is, or what changes of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Load {
    jobs: i64,
    pods: i64,
    cpu_millis: i128,
    memory_bytes: i128,
}

impl Fleet {
    /// What comes of all of these together, or `None` where there is none of them.
    #[must_use]
    pub fn of(forecasts: &[Forecast<'_>]) -> Option<Self> {
        let window = window(forecasts)?;
        let (mut minutes, mut ledger) = (Minutes::of(&window), Ledger::default());
        for forecast in forecasts {
            let mut count = Count { forecast, jobs: BTreeSet::new(), pods: BTreeSet::new() };
            count.begin(&mut ledger);
            forecast.cut(window.end).simulate(&mut |event| {
                start(event).into_iter().for_each(|at| minutes.add(at));
                count.add(event, &mut ledger);
            });
        }
        let mut hot = minutes.hottest(HOT);
        name(&mut hot, forecasts);
        let [jobs, pods, cpu_millis, memory_bytes] = ledger.peaks(Moment::of(window.start));
        let (shared, spread) = (shared(forecasts, window.end), spread(forecasts));
        Some(Self { window, minutes, hot, jobs, pods, cpu_millis, memory_bytes, shared, spread })
    }
}

/// As long as all of them are watched.
fn window(forecasts: &[Forecast<'_>]) -> Option<Range<Instant>> {
    let from = forecasts.iter().map(|forecast| forecast.from).min()?;
    let until = forecasts.iter().map(|forecast| forecast.until).min()?;
    Some(from..until.min(from.saturating_add(Minutes::MOST)))
}

/// Adds whose starts are in these minutes, by looking at them once more.
fn name(hot: &mut [Hot], forecasts: &[Forecast<'_>]) {
    let Some(last) = hot.iter().map(|hot| hot.minute).max() else { return };
    for (number, forecast) in forecasts.iter().enumerate() {
        forecast.cut(last.saturating_add(Seconds::MINUTE)).simulate(&mut |event| {
            if let Some(at) = start(event) {
                hot.iter_mut().for_each(|hot| hot.add(number, at));
            }
        });
    }
}

/// When a Job starts.
fn start(event: Event) -> Option<Instant> {
    matches!(event.what, What::Job(_, JobEvent::Created)).then(|| event.at.instant())
}

/// What there is of one object.
struct Count<'f> {
    forecast: &'f Forecast<'f>,
    jobs: BTreeSet<u64>,
    /// The pods that have not ended, those of Jobs that are gone, too.
    pods: BTreeSet<(u64, PodName)>,
}

impl Count<'_> {
    /// A cluster has Jobs already, by their numbers from 0 on.
    fn begin(&mut self, ledger: &mut Ledger) {
        let live = self.forecast.live();
        let active = (0..).zip(live.iter().flat_map(|live| &live.jobs)).filter(|(_, job)| job.ended.is_none());
        for (number, _) in active {
            self.jobs.insert(number);
            ledger.add(Moment::of(self.forecast.from), Load { jobs: 1, ..Load::default() });
        }
    }

    fn add(&mut self, event: Event, ledger: &mut Ledger) {
        let jobs = match event.what {
            What::Job(job, JobEvent::Created) => i64::from(self.jobs.insert(job.number)),
            What::Job(job, JobEvent::Complete(_) | JobEvent::Failed(_) | JobEvent::Gone(_)) => {
                -i64::from(self.jobs.remove(&job.number))
            }
            _ => 0,
        };
        let pods = match event.what {
            What::Pod(job, pod, PodEvent::Created) => i64::from(self.pods.insert((job.number, pod))),
            What::Pod(job, pod, PodEvent::Succeeded | PodEvent::Failed(_) | PodEvent::Gone) => {
                -i64::from(self.pods.remove(&(job.number, pod)))
            }
            _ => 0,
        };
        if (jobs, pods) != (0, 0) {
            let requests = &self.forecast.plan.requests;
            let of_pods = |each: i64| i128::from(pods) * i128::from(each);
            let [cpu_millis, memory_bytes] = [requests.cpu_millis, requests.memory_bytes].map(of_pods);
            ledger.add(event.at, Load { jobs, pods, cpu_millis, memory_bytes });
        }
    }
}

/// What changes, and when. Many objects do the same at the same times, so that what is kept is bounded by the moments.
#[derive(Default)]
struct Ledger {
    changes: Vec<(Moment, Load)>,
    /// How many there were when those of one moment were last put together.
    settled: usize,
}

impl Ledger {
    fn add(&mut self, at: Moment, load: Load) {
        self.changes.push((at, load));
        if self.changes.len() >= 2 * self.settled.max(LOOSE) {
            self.settle();
        }
    }

    fn settle(&mut self) {
        self.changes.sort_by_key(|(at, _)| *at);
        self.changes.dedup_by(|(later, more), (at, load)| {
            let is_same = later == at;
            if is_same {
                load.add(more);
            }
            is_same
        });
        self.settled = self.changes.len();
    }

    /// The most of each kind, where there is none from the beginning on.
    fn peaks(mut self, from: Moment) -> [Peak; 4] {
        self.settle();
        let (mut load, mut peaks) = (Load::default(), [Peak { most: 0, at: from }; 4]);
        for (at, change) in &self.changes {
            load.add(change);
            for (peak, most) in peaks.iter_mut().zip(load.kinds()).filter(|(peak, most)| *most > peak.most) {
                *peak = Peak { most, at: *at };
            }
        }
        peaks
    }
}

impl Load {
    fn add(&mut self, other: &Self) {
        self.jobs += other.jobs;
        self.pods += other.pods;
        self.cpu_millis += other.cpu_millis;
        self.memory_bytes += other.memory_bytes;
    }

    fn kinds(&self) -> [i128; 4] {
        [self.jobs.into(), self.pods.into(), self.cpu_millis, self.memory_bytes]
    }
}
