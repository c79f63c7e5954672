//! The schedule engine against Kubernetes' recorded answers.
#![expect(
    clippy::disallowed_methods,
    clippy::print_stderr,
    reason = "a test reads its recordings and says when it has none"
)]

use std::path::Path;

use batchlint::schedule::{Date, Ending, Expression, NextRun, Schedule, Zone, server_errors, zone_server_errors};
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
    for case in recording("next-runs.jsonl").iter().step_by(5) {
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

/// FNV-1a, 64 bits.
fn digest(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

#[test]
fn every_zone_changes_its_clocks_when_those_of_clusters_do() {
    let (from, to) = (0, Date { year: 2100, month: 1, day: 1 }.to_days() * 86_400);
    let mut names = Vec::new();
    for line in fixture(include_str!("../fixtures/schedules/zones.tsv")) {
        let (name, count, hash) = (line[0], line[1], line[2]);
        let zone = Zone::load(name).expect("a name that Kubernetes accepts");
        let changes: Vec<_> = zone.transitions(from, to).filter(|change| change.before != change.after).collect();
        let list: String = changes.iter().map(|change| format!(";{},{}", change.at, change.after)).collect();
        assert_eq!(changes.len().to_string(), count, "{name}");
        assert_eq!(format!("{:016x}", digest(&format!("{}{list}", zone.offset_at(from)))), hash, "{name}");
        names.push(name);
    }
    names.sort_unstable();
    assert_eq!(Zone::names(), names, "these names and no others");
}

/// The lines of a fixture that are not comments, cut at tabs.
fn fixture(text: &str) -> impl Iterator<Item = Vec<&str>> {
    text.lines().filter(|line| !line.starts_with('#')).map(|line| line.split('\t').collect())
}

#[test]
fn runs_are_those_of_kubernetes_by_both_searches() {
    for line in fixture(include_str!("../fixtures/schedules/runs.tsv")) {
        let [text, zone, start, distances, ending] = line[..] else { panic!("five columns: {line:?}") };
        let schedule = Schedule::new(&Expression::parse(text).expect("accepted"), Zone::load(zone).expect("a zone"));
        let mut at: i64 = start.parse().expect("a number");
        for distance in distances.split(',').filter(|distance| !distance.is_empty()) {
            let run = at + distance.parse::<i64>().expect("a number");
            assert_eq!(schedule.next_run(at), NextRun::At(run), "{line:?}");
            assert_eq!(schedule.next_run_literally(at), NextRun::At(run), "{line:?}");
            at = run;
        }
        match ending {
            "never" => assert_eq!(schedule.next_run(at), NextRun::Never, "{line:?}"),
            "hang" => assert_eq!(schedule.next_run(at), NextRun::Endless, "{line:?}"),
            "stuck" => {
                let mut runs = schedule.runs_after(start.parse().expect("a number"));
                let last = runs.by_ref().last();
                assert!(matches!(runs.ending(), Some(Ending::Stuck { .. })), "{line:?} {last:?}");
            }
            more => assert_eq!(more, "more"),
        }
    }
}

#[test]
fn a_quiet_search_and_a_literal_one_agree_around_every_change_of_every_zone() {
    let schedules = ["0 0 * * *", "30 1 * * *", "17 */5 * * 1", "0 9 1,31 * 5", "45 3 * * 0", "0 0 29 2 *"];
    let schedules = schedules.map(|text| Expression::parse(text).expect("accepted"));
    for (index, name) in Zone::names().iter().enumerate() {
        let zone = Zone::load(name).expect("a name");
        for (turn, change) in zone.transitions(0, 4_102_444_800).enumerate() {
            // Each change is tried with one schedule and three starts: all together would take minutes.
            let schedule = Schedule::new(&schedules[(index + turn) % schedules.len()], zone);
            for start in [change.at - 30 * 3_600, change.at - 2_700, change.at + 1_799] {
                assert_eq!(schedule.next_run(start), schedule.next_run_literally(start), "{name} {change:?} {start}");
            }
        }
    }
}

#[test]
fn bulk_and_single_searches_agree_around_every_change_of_every_zone() {
    const DAY: i64 = 86_400;
    let texts = ["30 2 * * *", "0 0 * * *", "*/20 * * * *", "45 1,3,23 * * 0,6", "59 3 */2 * *", "17 2-3 * 3,10,11 0"];
    let schedules = texts.map(|text| Expression::parse(text).expect("accepted"));
    for (index, name) in Zone::names().iter().enumerate() {
        let zone = Zone::load(name).expect("a name");
        for (turn, change) in zone.transitions(0, 4_102_444_800).enumerate() {
            let schedule = Schedule::new(&schedules[(index + turn) % schedules.len()], zone);
            let (start, end) = (change.at - (turn as i64 % 5) * DAY - 1_801, change.at + 4 * DAY + turn as i64 * 613);
            // Half of them begin in the middle of the last or first hours.
            let start = if turn % 2 == 0 { start } else { change.at - 4_000 + turn as i64 % 9 * 977 };
            let mut singles = schedule.runs_after(start);
            let singly: Vec<i64> = singles.by_ref().take_while(|&run| run < end).collect();
            let mut bulk = Vec::new();
            schedule.runs_between(start, end, &mut bulk);
            assert_eq!(bulk, singly, "{name} {change:?} {start}");
            assert_eq!(schedule.count_between(start, end), bulk.len() as u64);
        }
    }
}

#[test]
fn the_crate_cron_agrees_where_both_dialects_mean_the_same() {
    use std::str::FromStr;
    // No day that is restricted twice, no weekday numbers (cron counts from 1), no zone: the rest is common ground.
    for text in [
        "* * * * *",
        "*/7 3-9 * * *",
        "30 4 * * *",
        "0 0 31 * *",
        "15 6 1-7 2,3 *",
        "0 9-17 * * MON-FRI",
        "59 23 29 2 *",
    ] {
        let ours = Schedule::new(&Expression::parse(text).expect("accepted"), Zone::utc());
        let theirs = cron::Schedule::from_str(&format!("0 {text}")).expect("common ground");
        let start = chrono::DateTime::from_timestamp(1_800_000_000, 0).expect("in range");
        let theirs: Vec<i64> =
            theirs.after(&start).take(500).map(|at| at.timestamp()).take_while(|&at| at < 4_000_000_000).collect();
        let ours: Vec<i64> = ours.runs_after(start.timestamp()).take(theirs.len()).collect();
        assert_eq!(ours, theirs, "{text}");
    }
}

#[test]
fn instants_at_the_ends_of_time_are_survived() {
    for text in ["* * * * *", "0 0 29 2 1", "@every 2562047h", ", * * * *", "0 0 31 2 *"] {
        for zone in ["UTC", "Pacific/Apia", "Africa/Monrovia"] {
            let schedule =
                Schedule::new(&Expression::parse(text).expect("accepted"), Zone::load(zone).expect("a zone"));
            for start in [i64::MIN, -62_135_596_801, -1, 0, 253_402_300_799, i64::MAX] {
                let next = schedule.next_after(start);
                assert!(next.is_none_or(|next| next > start), "{text} {zone} {start}");
                let mut runs = Vec::new();
                schedule.runs_between(start, start.saturating_add(86_400), &mut runs);
                assert!(runs.len() <= 1_440, "{text} {zone} {start}");
            }
        }
    }
}

#[test]
fn bulk_and_single_searches_agree_after_a_change_at_the_first_midnight_of_a_month() {
    let cases = [
        ("6 8 3 9 *", "Asia/Kathmandu", 504_987_914),
        ("53 5 * 2 0,6", "America/Asuncion", 814_846_562),
        ("26 * * 7-8/2,2-3 */4,1/2,3", "Asia/Yekaterinburg", 354_907_800),
        ("23 16 17 11 *", "America/Asuncion", 246_746_333),
        ("0 0 * * 0", "Australia/Lord_Howe", 1_822_000_000),
    ];
    for (text, zone, start) in cases {
        let schedule = Schedule::new(&Expression::parse(text).expect("accepted"), Zone::load(zone).expect("a zone"));
        let singly: Vec<i64> = schedule.runs_after(start).take(50).collect();
        let mut bulk = Vec::new();
        schedule.runs_between(start, singly[49] + 1, &mut bulk);
        assert_eq!(bulk, singly, "{text} {zone}");
    }
}
