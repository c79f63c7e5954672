//! What comes again and is not simulated again is told as if it were.

use batchlint::controller::{
    Assumptions, Attempt, Beginning, CronJobEvent, Delay, Event, JobName, Moment, Outcome, Pods, Repetition, Scenario,
    Watcher, What, Work, simulate, watch,
};
use batchlint::foresight::Summary;
use batchlint::schedule::{Instant, Seconds};
use serde_json::{Value as Json, json};

use super::recorded::object;

/// Zones whose clocks change in all the ways there are, in the autumn of 2026.
const ZONES: [&str; 6] =
    ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Africa/Cairo", "America/Santiago", "Pacific/Chatham"];
const SCHEDULES: [&str; 8] = [
    "7 * * * *",
    "30 2 * * *",
    "0 0 * * 1,2",
    "45 */7 1-15 * *",
    "@every 100m",
    "50 2,3 * * 0",
    "*/30 * * * *",
    "*/20 8-17 * * 1-5",
];

/// Whatever the zone, the schedule and the policy.
fn specs() -> impl Iterator<Item = Json> {
    let in_zone = |(at, zone): (usize, &'static &str)| {
        let policies = ["Allow", "Forbid", "Replace"].into_iter().cycle().skip(at);
        SCHEDULES.iter().zip(policies).map(move |(schedule, policy)| {
            let job = json!({"backoffLimit": 2, "activeDeadlineSeconds": 5_000, "ttlSecondsAfterFinished": 90_000,
                "template": {"spec": {"restartPolicy": "Never"}}});
            json!({"kind": "CronJob", "spec": {"schedule": schedule, "timeZone": zone, "concurrencyPolicy": policy,
                "jobTemplate": {"spec": job}}})
        })
    };
    ZONES.iter().enumerate().flat_map(in_zone)
}

#[test]
fn an_autumn_of_clock_changes_is_the_same_told_run_by_run() {
    let (mut compared, mut told_again) = (0, 0);
    for spec in specs() {
        let single = events(&spec, None);
        let mut recorder = Recorder::default();
        in_autumn(&spec, Some(7), |scenario| watch(scenario, &mut recorder));
        assert_same(&single, &events(&spec, Some(7)), &spec);
        assert_same(&single, &recorder.events, &spec);
        compared += single.len();
        told_again += recorder.told_again;
    }
    assert!(compared > 100_000, "{compared}");
    assert!(told_again > compared / 2, "{told_again} of {compared}");
}

#[test]
fn figures_are_the_same_counted_run_by_run() {
    for spec in specs() {
        let summary = |repeats| in_autumn(&spec, repeats, Summary::of);
        assert_eq!(summary(None), summary(Some(7)), "{spec}");
    }
}

fn assert_same(single: &[Event], again: &[Event], spec: &Json) {
    let differs = single.iter().zip(again).find(|(one, other)| one != other);
    assert_eq!(differs, None, "{spec}");
    assert_eq!(single.len(), again.len(), "{spec}");
}

/// Writes down each event, also those that come again.
#[derive(Default)]
struct Recorder {
    events: Vec<Event>,
    mark: usize,
    told_again: usize,
}

impl Watcher for Recorder {
    fn see(&mut self, event: Event) {
        self.events.push(event);
    }

    fn mark(&mut self) -> bool {
        self.mark = self.events.len();
        true
    }

    fn see_again(&mut self, repetition: Repetition) -> bool {
        let once = self.events.split_off(self.mark);
        for times in 0..=repetition.times {
            self.events.extend(once.iter().map(|event| later(*event, Repetition { times, ..repetition })));
        }
        self.told_again += once.len() * usize::try_from(repetition.times).expect("a number that fits");
        true
    }
}

fn later(event: Event, by: Repetition) -> Event {
    let run = |run: Instant| run + by.length();
    let job = |name: JobName| JobName { number: name.number + by.jobs_made(), scheduled: name.scheduled.map(run) };
    let what = match event.what {
        What::Job(name, what) => What::Job(job(name), what),
        What::Pod(name, pod, what) => What::Pod(job(name), pod, what),
        What::CronJob(CronJobEvent::AlreadyActive(at)) => What::CronJob(CronJobEvent::AlreadyActive(run(at))),
        What::CronJob(CronJobEvent::Missed(at)) => What::CronJob(CronJobEvent::Missed(run(at))),
        What::CronJob(CronJobEvent::NameTaken(at)) => What::CronJob(CronJobEvent::NameTaken(run(at))),
        What::CronJob(CronJobEvent::SawCompleted(name)) => What::CronJob(CronJobEvent::SawCompleted(job(name))),
        what => what,
    };
    Event { at: by.last(event.at), what }
}

/// Of seven Jobs one fails at first, and one takes longer than it may.
fn outcome(attempt: Attempt) -> Outcome {
    match (attempt.job % 7, attempt.of_job) {
        (3, 0) => Outcome::Exits { after: Delay::from_seconds(40), code: 1 },
        (5, _) => Outcome::Hangs,
        _ => Outcome::Exits { after: Delay::from_millis(700_300), code: 0 },
    }
}

fn events(spec: &Json, repeats: Option<u64>) -> Vec<Event> {
    let mut events = Vec::new();
    in_autumn(spec, repeats, |scenario| simulate(scenario, &mut |event| events.push(event)));
    events
}

/// From September on, with the controllers away for a day of it.
fn in_autumn<T>(spec: &Json, repeats: Option<u64>, ask: impl FnOnce(&Scenario<'_>) -> T) -> T {
    let pods = Pods { start: Delay::from_millis(2_500), stop: Delay::SECOND, outcome: &outcome };
    let created = Moment::of(Instant::from_unix(1_788_220_800));
    ask(&Scenario {
        object: object(spec),
        beginning: Beginning::Created(created),
        until: created + Delay::from(Seconds::DAY * 75) + Delay::from_millis(7_777),
        assumptions: Assumptions { work: Work::Pods(pods), latency: Delay::default(), repeats },
        outages: vec![created + Delay::from_seconds(900_000)..created + Delay::from_seconds(1_000_000)],
        changes: Vec::new(),
    })
}
