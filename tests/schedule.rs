//! The schedule engine against Kubernetes' recorded answers.
#![expect(
    clippy::disallowed_methods,
    clippy::print_stderr,
    reason = "a test reads its recordings and shows what differs"
)]

mod shared;

use batchlint::schedule::{
    Date, Ending, Expression, Instant, LocalSecond, NextRun, Schedule, Seconds, Zone, advise, server_errors,
    zone_server_errors,
};
use serde_json::Value;

/// The lines of a recording; none where the recordings are absent.
fn recording(name: &str) -> Vec<Value> {
    let Some(path) = shared::find(&format!("conformance/{name}")) else { return Vec::new() };
    let text = std::fs::read_to_string(path).expect("the recording can be read");
    text.lines().map(|line| serde_json::from_str(line).expect("a recording is JSON lines")).collect()
}

fn strings(value: &Value) -> Vec<&str> {
    value.as_array().map_or(Vec::new(), |list| list.iter().filter_map(Value::as_str).collect())
}

#[test]
fn the_last_run_is_found_however_far_back_it_is() {
    let before = Instant::from_unix(1_795_219_200);
    for text in ["* * * * *", "@every 7h", "30 4 * * *", "0 0 * * 1", "0 0 31 * *", "0 0 29 2 *"] {
        let expression = Expression::parse(text).expect("accepted");
        let schedule = Schedule::new(&expression, Zone::utc());
        for hours in [0, 1, 7, 24, 24 * 40, 24 * 400, 24 * 1_500] {
            let (after, mut runs) = (before - Seconds::HOUR * hours, Vec::new());
            schedule.runs_between(after, before, &mut runs);
            assert_eq!(schedule.last_between(after, before), runs.last().copied(), "{text}, {hours} hours");
        }
    }
}

#[test]
fn every_recorded_schedule_is_accepted_or_refused_in_the_servers_words() {
    for case in recording("schedules.jsonl") {
        let schedule = case["schedule"].as_str().expect("a case has a schedule");
        assert_eq!(server_errors(schedule), strings(&case["errors"]), "{schedule:?}");
        if let Err(error) = Expression::parse(schedule) {
            let place = schedule.get(error.span().range());
            assert!(place.is_some(), "{schedule:?} {error:?}");
            let advice = advise(schedule, &error, None);
            assert!(schedule.get(advice.span.range()).is_some(), "{schedule:?} {advice:?}");
            let mended = advice.mend.map(|mend| Expression::parse(&mend.applied_to(schedule)));
            assert!(mended.is_none_or(|mended| mended.is_ok()), "{schedule:?}");
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

/// An RFC 3339 time in UTC, fractions cut off.
fn instant(text: &str) -> Instant {
    let number = |range: std::ops::Range<usize>| text[range].parse::<u32>().expect("a time is RFC 3339");
    let date = Date { year: number(0..4) as i32, month: number(5..7) as u8, day: number(8..10) as u8 };
    LocalSecond::new(date.to_days(), number(11..13) * 3_600 + number(14..16) * 60 + number(17..19)).instant(0)
}

/// From 1970 to 2100: the zones' clocks are known.
fn known_time() -> std::ops::Range<Instant> {
    Instant::from_unix(0)..instant("2100-01-01T00:00:00Z")
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
        let start = instant(case["start"].as_str().expect("start"));
        let expected = case["next"].as_array().expect("next").iter().filter_map(Value::as_i64);
        let expected: Vec<Instant> = expected.map(Instant::from_unix).collect();

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
        let start = instant(case["start"].as_str().expect("start"));

        let mut iterator = schedule.runs_after(start);
        let mut singly: Vec<Instant> = iterator.by_ref().take(800).collect();
        let until = if singly.len() < 800 { Instant::MAX } else { singly[799] + Seconds::new(1) };
        // In bulk only those come that are in the range.
        singly.retain(|run| *run > start);
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

/// The rest of a day comes at once, too: also beside a clock change, of whatever kind.
#[test]
fn runs_of_hours_around_every_clock_change_are_the_chain_of_single_searches() {
    let zones = ["UTC", "Europe/Berlin", "Australia/Lord_Howe", "Pacific/Chatham", "Asia/Gaza", "America/St_Johns"];
    let dense = ["* * * * *", "*/7 0-3,22,23 * * *", "15 2 * * 0", "0 0 1,31 * *"].map(Expression::parse);
    let schedules: Vec<Expression> = dense.into_iter().map(|parsed| parsed.expect("accepted")).collect();
    for (zone, expression) in zones.iter().flat_map(|zone| schedules.iter().map(move |schedule| (zone, schedule))) {
        let zone = Zone::load(zone).expect("a zone");
        let schedule = Schedule::new(expression, zone);
        let changes = zone.transitions(instant("1986-01-01T00:00:00Z")..instant("2027-01-01T00:00:00Z"));
        let changes = changes.map(|change| change.at).step_by(3).chain([instant("2026-02-28T12:00:00Z")]);
        for (number, change) in (0..).zip(changes) {
            let start = change - Seconds::new(number * 4_999 % 200_000);
            let end = start + Seconds::new(1 + number * 7_919 % 180_000);
            let mut chain = schedule.runs_after(start);
            let singly: Vec<Instant> =
                chain.by_ref().take_while(|run| *run < end).take(4_000).filter(|run| *run > start).collect();
            let mut bulk = Vec::new();
            schedule.runs_between(start, end, &mut bulk);
            assert_eq!(bulk, singly, "{expression:?} {zone:?} {start:?} {end:?}");
            assert_eq!(schedule.count_between(start, end), bulk.len() as u64);
        }
    }
}

/// FNV-1a, 64 bits.
fn digest(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

#[test]
fn every_zone_changes_its_clocks_when_those_of_clusters_do() {
    let mut names = Vec::new();
    for line in fixture(include_str!("../fixtures/schedules/zones.tsv")) {
        let (name, count, hash) = (line[0], line[1], line[2]);
        let zone = Zone::load(name).expect("a name that Kubernetes accepts");
        let changes: Vec<_> = zone.transitions(known_time()).filter(|change| change.before != change.after).collect();
        let list: String = changes.iter().map(|change| format!(";{},{}", change.at.unix(), change.after)).collect();
        assert_eq!(changes.len().to_string(), count, "{name}");
        assert_eq!(
            format!("{:016x}", digest(&format!("{}{list}", zone.offset_at(known_time().start)))),
            hash,
            "{name}"
        );
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
fn runs_are_those_of_kubernetes() {
    for line in fixture(include_str!("../fixtures/schedules/runs.tsv")) {
        let [text, zone, start, distances, ending] = line[..] else { panic!("five columns: {line:?}") };
        let schedule = Schedule::new(&Expression::parse(text).expect("accepted"), Zone::load(zone).expect("a zone"));
        let start = Instant::from_unix(start.parse().expect("a number"));
        let mut runs = schedule.runs_after(start);
        let mut at = start;
        for distance in distances.split(',').filter(|distance| !distance.is_empty()) {
            at = at + Seconds::new(distance.parse().expect("a number"));
            assert_eq!(runs.next(), Some(at), "{line:?}");
        }
        match ending {
            "more" => assert!(runs.next().is_some(), "{line:?}"),
            "never" => assert_eq!((runs.next(), runs.ending()), (None, Some(Ending::Exhausted)), "{line:?}"),
            "hang" => assert_eq!((runs.next(), runs.ending()), (None, Some(Ending::Endless)), "{line:?}"),
            "stuck" => {
                assert_eq!(runs.next(), None, "{line:?}");
                assert!(matches!(runs.ending(), Some(Ending::Stuck { .. })), "{line:?} {:?}", runs.ending());
            }
            other => panic!("{other}"),
        }
    }
}

#[test]
fn bulk_and_single_searches_agree_around_every_change_of_every_zone() {
    let texts = ["30 2 * * *", "0 0 * * *", "*/20 * * * *", "45 1,3,23 * * 0,6", "59 3 */2 * *", "17 2-3 * 3,10,11 0"];
    let schedules = texts.map(|text| Expression::parse(text).expect("accepted"));
    for (index, name) in Zone::names().iter().enumerate() {
        let zone = Zone::load(name).expect("a name");
        for (turn, change) in zone.transitions(known_time()).enumerate() {
            let schedule = Schedule::new(&schedules[(index + turn) % schedules.len()], zone);
            let turn = turn as i64;
            let start = change.at - Seconds::DAY * (turn % 5) - Seconds::new(1_801);
            let end = change.at + Seconds::DAY * 4 + Seconds::new(turn * 613);
            // Half of them begin in the middle of the last or first hours.
            let start = if turn % 2 == 0 { start } else { change.at + Seconds::new(turn % 9 * 977 - 4_000) };
            let mut singles = schedule.runs_after(start);
            let singly: Vec<Instant> =
                singles.by_ref().take_while(|&run| run < end).filter(|&run| run > start).collect();
            let mut bulk = Vec::new();
            schedule.runs_between(start, end, &mut bulk);
            assert_eq!(bulk, singly, "{name} {change:?} {start:?}");
            assert_eq!(schedule.count_between(start, end), bulk.len() as u64);
        }
    }
}

/// The searches pass whole days at once; here a range begins or ends within the day that they must not pass.
#[test]
fn bulk_and_single_searches_agree_where_a_range_begins_or_ends_on_the_day_of_a_change() {
    let texts = ["*/20 * * * *", "30 2 * * *", "0 0 * * *", "15 0-4,23 * * 0,6", "0 0,3 1-28/2 * *"];
    let schedules = texts.map(|text| Expression::parse(text).expect("accepted"));
    let odd = ["Australia/Lord_Howe", "Antarctica/Troll", "Pacific/Chatham", "America/St_Johns", "Africa/Cairo"];
    let zones = Zone::names().iter().copied().step_by(13).chain(odd);
    let changes = zones.flat_map(|name| {
        let zone = Zone::load(name).expect("a name");
        zone.transitions(known_time()).step_by(5).map(move |change| (zone, change))
    });
    for (turn, (zone, change)) in changes.enumerate() {
        let schedule = Schedule::new(&schedules[turn % schedules.len()], zone);
        let day = zone.local(change.at).date.to_days();
        let [midnight, next] = [day, day + 1].map(|day| zone.resolve(LocalSecond::new(day, 0)));
        let (second, day) = (Seconds::new(1), Seconds::DAY);
        for start in [midnight - day - second, midnight - second, midnight, change.at - second] {
            for end in
                [midnight + second, change.at, change.at + second, next - second, next, next + second, next + day]
            {
                let singles = schedule.runs_after(start).take_while(|&run| run < end);
                let singly: Vec<Instant> = singles.filter(|&run| run > start).collect();
                let mut bulk = Vec::new();
                schedule.runs_between(start, end, &mut bulk);
                assert_eq!(bulk, singly, "{} {change:?} {start:?} {end:?}", zone.name());
            }
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
        let start = Instant::from_unix(start.timestamp());
        let ours: Vec<i64> = ours.runs_after(start).take(theirs.len()).map(Instant::unix).collect();
        assert_eq!(ours, theirs, "{text}");
    }
}

#[test]
fn instants_at_the_ends_of_time_are_survived() {
    for text in ["* * * * *", "0 0 29 2 1", "@every 2562047h", ", * * * *", "0 0 31 2 *"] {
        for zone in ["UTC", "Pacific/Apia", "Africa/Monrovia"] {
            let schedule =
                Schedule::new(&Expression::parse(text).expect("accepted"), Zone::load(zone).expect("a zone"));
            for start in [i64::MIN, -62_135_596_801, -1, 0, 253_402_300_799, i64::MAX].map(Instant::from_unix) {
                let next = schedule.next_after(start);
                assert!(next.is_none_or(|next| next > start), "{text} {zone} {start:?}");
                let mut runs = Vec::new();
                schedule.runs_between(start, start.saturating_add(Seconds::DAY), &mut runs);
                assert!(runs.len() <= 1_440, "{text} {zone} {start:?}");
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
        let start = Instant::from_unix(start);
        let singly: Vec<Instant> = schedule.runs_after(start).take(50).collect();
        let mut bulk = Vec::new();
        schedule.runs_between(start, singly[49] + Seconds::new(1), &mut bulk);
        assert_eq!(bulk, singly, "{text} {zone}");
    }
}

#[test]
fn a_run_that_lies_behind_leads_on_and_is_none_of_the_range() {
    let schedule =
        Schedule::new(&Expression::parse("0 3 5 * *").expect("accepted"), Zone::load("NZ-CHAT").expect("a zone"));
    // The clock goes back at 14:00; the search goes back with it, to the first 03:00 of the two.
    let start = instant("2037-04-04T13:59:59Z");
    let [first, second] = ["2037-04-04T13:15:00Z", "2037-04-04T14:15:00Z"].map(instant);
    assert_eq!(schedule.next_run(start), NextRun::At(first));
    assert_eq!(schedule.runs_after(start).take(2).collect::<Vec<_>>(), [first, second]);
    let (end, mut bulk) = (instant("2037-04-06T00:00:00Z"), Vec::new());
    assert_eq!(schedule.runs_between(start, end, &mut bulk), None);
    assert_eq!((&bulk[..], schedule.count_between(start, end)), (&[second][..], 1));
}
