//! The schedule engine against Kubernetes' recorded answers.
#![expect(
    clippy::disallowed_methods,
    clippy::print_stderr,
    reason = "a test reads its recordings and says when it has none"
)]

use std::path::Path;

use batchlint::schedule::{Ending, Expression, NextRun, Schedule, Zone, server_errors, zone_server_errors};
use serde_json::Value;

/// The lines of a recording; none, with a loud word, where the recordings are absent.
fn recording(name: &str) -> Vec<Value> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/conformance").join(name);
    match std::fs::read_to_string(&path) {
        Ok(text) => text.lines().map(|line| serde_json::from_str(line).expect("a recording is JSON lines")).collect(),
        Err(_) => {
            eprintln!("SKIPPED: no recording {name} beside the checkout");
            Vec::new()
        }
    }
}

fn strings(value: &Value) -> Vec<&str> {
    value.as_array().map_or(Vec::new(), |list| list.iter().filter_map(Value::as_str).collect())
}

#[test]
fn every_recorded_schedule_is_accepted_or_refused_in_the_servers_words() {
    for case in recording("schedules.jsonl") {
        let schedule = case["schedule"].as_str().expect("a case has a schedule");
        assert_eq!(server_errors(schedule), strings(&case["errors"]), "{schedule:?}");
        if let Err(error) = Expression::parse(schedule) {
            let place = schedule.get(error.span().range());
            assert!(place.is_some(), "{schedule:?} {error:?}");
            assert!(!error.to_string().contains("invalid"), "{error}");
        }
    }
}

#[test]
fn every_recorded_zone_name_is_accepted_or_refused_in_the_servers_words() {
    for case in recording("time-zones.jsonl") {
        let name = case["timeZone"].as_str().expect("a case has a zone");
        assert_eq!(zone_server_errors(name), strings(&case["errors"]), "{name:?}");
        assert_eq!(Zone::load(name).is_ok(), case["ok"] == true, "{name:?}");
    }
}

/// Unix seconds of an RFC 3339 time in UTC, fractions cut off.
fn unix(text: &str) -> i64 {
    let number = |range: std::ops::Range<usize>| text[range].parse::<i64>().expect("a time is RFC 3339");
    let date =
        batchlint::schedule::Date { year: number(0..4) as i32, month: number(5..7) as u8, day: number(8..10) as u8 };
    date.to_days() * 86_400 + number(11..13) * 3_600 + number(14..16) * 60 + number(17..19)
}

#[test]
fn every_recorded_chain_of_runs_is_found() {
    let mut wrong = 0;
    for case in recording("next-runs.jsonl") {
        let expression = Expression::parse(case["schedule"].as_str().expect("schedule")).expect("accepted");
        let zone = match case["tz"].as_str() {
            None | Some("") => Zone::utc(),
            Some(name) => Zone::load(name).expect("a zone"),
        };
        let schedule = Schedule::new(&expression, zone);
        let start = unix(case["start"].as_str().expect("start"));
        let expected: Vec<i64> = case["next"].as_array().expect("next").iter().filter_map(Value::as_i64).collect();

        let (mut at, mut found, mut end) = (start, Vec::new(), None);
        while found.len() < 20 {
            match schedule.next_run(at) {
                NextRun::At(run) => {
                    found.push(run);
                    at = run;
                }
                other => {
                    end = Some(other);
                    break;
                }
            }
        }
        let exhausted = case["exhausted"] == true;
        let empty = schedule.runs_after(start).next().is_none();
        // Kubernetes' search never ended for these: an empty field hides that from ours.
        let hung = !exhausted && expected.len() < 20;
        let same =
            found == expected && (hung || exhausted == (end == Some(NextRun::Never))) && (!hung || end.is_some());
        if !same {
            wrong += 1;
            eprintln!("{case}\n  found {found:?} {end:?} {empty}");
        }
    }
    assert_eq!(wrong, 0);
}

#[test]
fn runs_in_bulk_are_the_chain_of_single_searches() {
    for case in recording("next-runs.jsonl") {
        let expression = Expression::parse(case["schedule"].as_str().expect("schedule")).expect("accepted");
        let zone = Zone::load(case["tz"].as_str().filter(|tz| !tz.is_empty()).unwrap_or("UTC")).expect("a zone");
        let schedule = Schedule::new(&expression, zone);
        let start = unix(case["start"].as_str().expect("start"));

        let mut iterator = schedule.runs_after(start);
        let singly: Vec<i64> = iterator.by_ref().take(800).collect();
        let until = if singly.len() < 800 { i64::MAX } else { singly[799] + 1 };
        let mut bulk = Vec::new();
        let ending = schedule.runs_between(start, until, &mut bulk);
        assert_eq!(bulk, singly, "{case}");
        assert_eq!(ending, iterator.ending(), "{case}");
        assert_eq!(schedule.count_between(start, until), bulk.len() as u64);
        if let Some(Ending::Stuck { at }) = ending {
            assert!(at <= bulk.last().copied().unwrap_or(start));
        }
    }
}
