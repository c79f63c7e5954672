//! What comes again and is not simulated again is told as if it were.

use batchlint::controller::{
    Assumptions, Attempt, Beginning, Delay, Event, Moment, Outcome, Pods, Scenario, Work, simulate,
};
use batchlint::schedule::Instant;
use serde_json::{Value as Json, json};

use super::recorded::object;

/// Zones whose clocks change in all the ways there are, in the autumn of 2026.
const ZONES: [&str; 6] =
    ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Africa/Cairo", "America/Santiago", "Pacific/Chatham"];
const SCHEDULES: [&str; 6] =
    ["7 * * * *", "30 2 * * *", "0 0 * * 1,2", "45 */7 1-15 * *", "@every 100m", "50 2,3 * * 0"];

#[test]
fn an_autumn_of_clock_changes_is_the_same_told_run_by_run() {
    let mut compared = 0;
    for (at, zone) in ZONES.iter().enumerate() {
        for (schedule, policy) in SCHEDULES.iter().zip(["Allow", "Forbid", "Replace"].iter().cycle().skip(at)) {
            let spec = json!({"kind": "CronJob", "spec": {
                "schedule": schedule, "timeZone": zone, "concurrencyPolicy": policy,
                "jobTemplate": {"spec": {"backoffLimit": 2, "activeDeadlineSeconds": 5_000, "template": {"spec": {"restartPolicy": "Never"}}}}}});
            let (single, again) = (events(&spec, None), events(&spec, Some(7)));
            let differs = single.iter().zip(&again).find(|(one, other)| one != other);
            assert_eq!(differs, None, "{spec}");
            assert_eq!(single.len(), again.len(), "{spec}");
            compared += single.len();
        }
    }
    assert!(compared > 60_000, "{compared}");
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
    let pods = Pods { start: Delay::from_millis(2_500), stop: Delay::SECOND, outcome: &outcome };
    let created = Moment::of(Instant::from_unix(1_788_220_800));
    let scenario = Scenario {
        object: object(spec),
        beginning: Beginning::Created(created),
        until: created + Delay::from_seconds(75 * 86_400),
        assumptions: Assumptions { work: Work::Pods(pods), latency: Delay::default(), repeats },
        outages: vec![created + Delay::from_seconds(900_000)..created + Delay::from_seconds(1_000_000)],
        changes: Vec::new(),
    };
    let mut events = Vec::new();
    simulate(&scenario, &mut |event| events.push(event));
    events
}
