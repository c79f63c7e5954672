//! What happens to one object, as far as it matters to all together.

use std::collections::BTreeSet;

use super::ledger::{Ledger, Load};
use super::starts::Starts;
use crate::analysis::Requests;
use crate::controller::{Event, JobEvent, Minutes, Moment, PodEvent, PodName, Repetition, Watcher, What};
use crate::foresight::Forecast;

/// Changes that are kept, since they may come again.
const MOST_KEPT: usize = 10_000;

/// Listens to what happens to one object.
pub(super) struct Listener<'g> {
    requests: &'g Requests,
    minutes: &'g mut Minutes,
    ledger: &'g mut Ledger,
    pub(super) starts: Starts,
    jobs: BTreeSet<u64>,
    /// The pods that have not ended, those of Jobs that are gone, too.
    pods: BTreeSet<(u64, PodName)>,
    /// What has changed since the mark.
    kept: Option<Vec<Change>>,
}

/// How many more there are of each.
#[derive(Clone, Copy)]
struct Change {
    at: Moment,
    jobs: i64,
    pods: i64,
    is_start: bool,
}

impl<'g> Listener<'g> {
    pub(super) fn new(forecast: &'g Forecast<'_>, minutes: &'g mut Minutes, ledger: &'g mut Ledger) -> Self {
        let (jobs, pods, starts) = (BTreeSet::new(), BTreeSet::new(), Starts::default());
        let requests = &forecast.plan.requests;
        let mut listener = Self { requests, minutes, ledger, starts, jobs, pods, kept: None };
        // A cluster has Jobs already, by their numbers from 0 on.
        let live = forecast.live();
        let active = (0..).zip(live.iter().flat_map(|live| &live.jobs)).filter(|(_, job)| job.ended.is_none());
        listener.jobs.extend(active.map(|(number, _)| number));
        let jobs = i64::try_from(listener.jobs.len()).unwrap_or(i64::MAX);
        listener.take(Change { at: Moment::of(forecast.from), jobs, pods: 0, is_start: false });
        listener
    }

    fn change(&mut self, event: Event) -> Change {
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
        Change { at: event.at, jobs, pods, is_start: matches!(event.what, What::Job(_, JobEvent::Created)) }
    }

    fn take(&mut self, change: Change) {
        let Change { at, jobs, pods, is_start } = change;
        if is_start {
            self.minutes.add(at.instant());
            self.starts.add(at.instant());
        }
        if (jobs, pods) != (0, 0) {
            let of_pods = |each: i64| i128::from(pods) * i128::from(each);
            let [cpu_millis, memory_bytes] = [self.requests.cpu_millis, self.requests.memory_bytes].map(of_pods);
            self.ledger.add(at, Load { jobs, pods, cpu_millis, memory_bytes });
        }
    }
}

impl Watcher for Listener<'_> {
    fn see(&mut self, event: Event) {
        let change = self.change(event);
        self.take(change);
        if let Some(kept) = self.kept.as_mut().filter(|kept| kept.len() < MOST_KEPT) {
            kept.push(change);
        } else {
            self.kept = None;
        }
    }

    fn mark(&mut self) -> bool {
        self.kept = Some(Vec::new());
        true
    }

    fn see_again(&mut self, repetition: Repetition) -> bool {
        let Some(kept) = self.kept.take() else { return false };
        for times in 1..=repetition.times {
            let by = Repetition { times, ..repetition };
            kept.iter().for_each(|change| self.take(Change { at: by.last(change.at), ..*change }));
        }
        let later = |number: u64| number + repetition.jobs_made();
        self.jobs = self.jobs.iter().map(|job| later(*job)).collect();
        self.pods = self.pods.iter().map(|(job, pod)| (later(*job), *pod)).collect();
        true
    }
}
