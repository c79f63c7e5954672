//! A simulation that begins where an object stands goes on as the one from its creation.

use batchlint::controller::{
    Assumptions, Attempt, Beginning, Delay, Event, JobEvent, Live, LiveJob, Moment, Outcome, Pods, Scenario, What,
    Work, simulate,
};
use batchlint::schedule::Instant;
use serde_json::{Value as Json, json};

use super::recorded::object;

const HOUR: i64 = 3_600;

/// Runs take 90 minutes, so that every second one is late.
fn events(beginning: Beginning, hours: i64, spec: &Json) -> Vec<Event> {
    let outcome = |_: Attempt| Outcome::Exits { after: Delay::from_seconds(5_400), code: 0 };
    let pods = Pods { start: Delay::from_seconds(2), stop: Delay::SECOND, outcome: &outcome };
    let scenario = Scenario {
        object: object(spec),
        beginning,
        until: at(hours * HOUR),
        assumptions: Assumptions { work: Work::Pods(pods), latency: Delay::default(), repeats: None },
        outages: Vec::new(),
        changes: Vec::new(),
    };
    let mut events = Vec::new();
    simulate(&scenario, &mut |event| events.push(event));
    events
}

fn at(seconds: i64) -> Moment {
    Moment::of(Instant::from_unix(seconds))
}

/// What happens from a moment on, to the second, for a start is kept in whole seconds; without the Jobs' numbers, which
/// begin at 0 each time.
fn after(events: &[Event], moment: Moment) -> Vec<String> {
    let later = events.iter().filter(|event| moment < event.at);
    let lines = later.map(|event| match event.what {
        What::Job(job, what) => format!("{:?} {:?} {what:?}", event.at.instant(), job.scheduled),
        What::Pod(job, _, what) => format!("{:?} {:?} {what:?}", event.at.instant(), job.scheduled),
        what => format!("{:?} {what:?}", event.at.instant()),
    });
    let mut lines: Vec<String> = lines.filter(|line| !line.contains("SawCompleted")).collect();
    lines.sort();
    lines
}

/// The Jobs that were made until a moment, as they stand then.
fn standing(events: &[Event], moment: Moment) -> Vec<LiveJob> {
    let mut jobs: Vec<LiveJob> = Vec::new();
    for event in events.iter().filter(|event| event.at <= moment) {
        let What::Job(name, what) = event.what else { continue };
        let job = jobs.iter_mut().find(|job| job.scheduled == name.scheduled);
        match (what, job) {
            (JobEvent::Created, _) => jobs.push(LiveJob {
                scheduled: name.scheduled,
                started: Some(event.at),
                active: 1,
                succeeded: 0,
                failed: 0,
                ended: None,
            }),
            (JobEvent::Complete(_), Some(job)) => {
                *job = LiveJob { active: 0, succeeded: 1, ended: Some((event.at, true)), ..*job };
            }
            _ => {}
        }
    }
    jobs
}

#[test]
fn what_follows_does_not_depend_on_where_the_simulation_begins() {
    let spec = json!({"kind": "CronJob", "spec": {
        "schedule": "0 * * * *", "concurrencyPolicy": "Forbid", "jobTemplate": {"spec": {"ttlSecondsAfterFinished": 7200}}}});
    let whole = events(Beginning::Created(at(1)), 12, &spec);
    let now = at(4 * HOUR + 600);
    let jobs = standing(&whole, now);
    let live = Live {
        at: now,
        created: Instant::from_unix(1),
        last_schedule: jobs.last().and_then(|job| job.scheduled),
        jobs,
    };
    let rest = events(Beginning::Live(live), 12, &spec);
    assert_eq!(after(&rest, now), after(&whole, now));
    assert!(after(&rest, now).len() > 30, "{rest:#?}");
}
