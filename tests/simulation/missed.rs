//! Which run the controller takes to be due, and when it looks again.

use std::path::Path;

use batchlint::controller::{Count, Delay, Missed, Moment};
use batchlint::schedule::{Expression, Instant, Schedule, Seconds, Zone};
use serde_json::Value as Json;

use super::recorded::{judge, lines, read, whole};
use super::values::time;

#[test]
fn the_missed_run_is_the_recorded_one() {
    let Some(cases) = lines("conformance/controller-missed.jsonl") else { return };
    let differing: Vec<_> = cases.iter().filter_map(|case| Some((case.to_string(), differs(case)?))).collect();
    judge("controller-missed", cases.len(), &differing);
}

#[test]
fn the_missed_run_is_the_one_of_the_fixtures() {
    let cases = read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/controller/missed.jsonl"));
    let differing: Vec<_> = cases.iter().filter_map(|case| Some((case.to_string(), differs(case)?))).collect();
    judge("fixtures", cases.len(), &differing);
}

fn differs(case: &Json) -> Option<String> {
    let schedule = schedule(case["schedule"].as_str().expect("a text"), &case["tz"]);
    let missed = Missed {
        schedule: &schedule,
        since: Instant::from_unix(whole(if case["last"].is_null() { &case["created"] } else { &case["last"] })),
        deadline: case["starting_deadline_seconds"].as_i64().map(Seconds::new),
    };
    let (seconds, nanos) = time(case["now"].as_str().expect("a time"));
    let now = Moment::of(Instant::from_unix(seconds)) + Delay::from_micros(nanos / 1_000);
    let again = missed.look_again(now).map(|again| (again - now).micros() * 1_000 - nanos % 1_000);
    let (run, count) = match missed.unmet(now) {
        Ok(unmet) => (unmet.run.map(Instant::unix), name(unmet.missed)),
        Err(_) => (None, "none"),
    };
    // Go's zero time is so long ago that it is the shortest length of time from now.
    let requeue = case["requeue_ns"].as_i64().filter(|wait| *wait > i64::MIN);
    let recorded = (case["recent"].as_i64(), case["missed"].as_str().unwrap_or("none"), requeue);
    ((run, count, again) != recorded).then(|| format!("{:?}", (run, count, again)))
}

fn name(count: Count) -> &'static str {
    match count {
        Count::None => "none",
        Count::Few => "few",
        Count::Many => "many",
    }
}

/// A schedule in a zone; without one, in UTC.
pub(crate) fn schedule(text: &str, zone: &Json) -> Schedule {
    let zone = zone.as_str().filter(|zone| !zone.is_empty()).unwrap_or("UTC");
    let expression = Expression::parse(text).expect("a schedule");
    Schedule::new(&expression, Zone::load(zone).expect("a zone"))
}
