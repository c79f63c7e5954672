//! What is said of schedules, and when they run: recorded ones and those with a piece of another one in them, in any zone,
//! from any instant.

use std::fs;

use batchlint::agenda::explain;
use batchlint::render::Look;
use batchlint::render::schedule::{json, text};
use batchlint::schedule::{
    Expression, Instant, Schedule, Scheduled, Seconds, Zone, clock_changes, describe, nearest_zone, server_errors,
    spread, zone_server_errors,
};

use crate::digest::Digests;
use crate::random::Random;
use crate::splice::splice;
use crate::{NOW, shared, string};

/// 2000 and 2061: most changes of clocks that are known lie between.
const YEARS: (i64, i64) = (946_684_800, 2_871_763_200);

/// Schedules, and names of zones.
pub(crate) struct Recorded {
    schedules: Vec<String>,
    /// Those that are some.
    pub(crate) right: Vec<(String, Expression)>,
    zones: Vec<String>,
}

impl Recorded {
    pub(crate) fn read() -> Option<Self> {
        let lines = |name: &str, member: &str| -> Option<Vec<String>> {
            let cases = fs::read_to_string(shared::find(name)?).expect("recorded cases");
            Some(cases.lines().filter_map(|case| string(case, member)).collect())
        };
        let mut schedules = lines("conformance/schedules.jsonl", "schedule")?;
        let foreign = include_str!("../../fixtures/schedules/foreign.txt").lines();
        schedules.extend(foreign.filter(|line| !line.starts_with('#')).map(str::to_owned));
        schedules.extend(lines("conformance/next-runs.jsonl", "schedule")?.into_iter().step_by(20));
        let parsed = schedules.iter().filter_map(|text| Some((text.clone(), Expression::parse(text).ok()?)));
        Some(Self { right: parsed.collect(), schedules, zones: lines("conformance/time-zones.jsonl", "timeZone")? })
    }

    /// The name of a zone, or what could be meant as one.
    fn zone(&self, random: &mut Random) -> String {
        let name = random.pick(&self.zones).expect("there are some");
        match random.below(6) {
            0 => splice(name, &self.zones, random),
            1 => name.to_lowercase(),
            _ => name.clone(),
        }
    }

    /// One in which clocks change, mostly.
    pub(crate) fn known_zone(&self, random: &mut Random) -> Zone {
        const CHANGING: [&str; 8] = [
            "America/New_York",
            "Europe/Berlin",
            "Australia/Lord_Howe",
            "America/Santiago",
            "Africa/Casablanca",
            "Africa/Cairo",
            "Asia/Beirut",
            "America/Asuncion",
        ];
        let changing = random.pick(&CHANGING).and_then(|name| Zone::load(name).ok());
        let any = random.pick(&self.zones).and_then(|name| Zone::load(name).ok());
        if random.chance(60) { changing } else { any }.unwrap_or_else(Zone::utc)
    }
}

/// An instant; half of them within a day of a change of clocks, where there is one.
fn instant(zone: Zone, random: &mut Random) -> Instant {
    let below = |random: &mut Random, limit: i64| random.below(usize::try_from(limit).expect("positive")) as i64;
    let any = Instant::from_unix(YEARS.0 + below(random, YEARS.1 - YEARS.0));
    let change = zone.transitions(any..any + Seconds::DAY * 400).next().filter(|_| random.chance(50));
    change.map_or(any, |change| change.at + Seconds::new(below(random, 2 * 86_400) - 86_400))
}

#[test]
fn what_is_said_of_schedules() {
    let (Some(recorded), mut digests) = (Recorded::read(), Digests::default()) else { return };
    for number in 0..4_000 {
        let mut random = Random::new(20, number);
        let text = random.pick(&recorded.schedules).expect("there are some");
        let text = if random.chance(60) { splice(text, &recorded.schedules, &mut random) } else { text.clone() };
        let zone = random.chance(50).then(|| recorded.zone(&mut random));
        explain_in(&text, zone.as_deref(), &mut random, &mut digests);
        digests.add("errors of the server", &server_errors(&text));
        if let Ok(expression) = Expression::parse(&text) {
            digests.add("words", &describe(&expression, zone.as_deref()));
            digests.add("oddities", &(expression.oddities(), expression.rhythm(), expression.named_hours()));
        }
    }
    for number in 0..4_000 {
        let name = recorded.zone(&mut Random::new(21, number));
        digests.add("errors of zones", &zone_server_errors(&name));
        digests.add("nearest zones", &nearest_zone(&name));
    }
    insta::assert_snapshot!(digests.table());
}

/// All that `schedule` prints, in some width.
fn explain_in(schedule: &str, zone: Option<&str>, random: &mut Random, digests: &mut Digests) {
    let controller = random.chance(30).then(|| Zone::load("America/Denver").expect("a zone"));
    let count = 1 + random.below(7);
    let explained = explain(schedule, (zone, controller), |zone| instant(zone, random), count);
    let look = Look { width: 24 + random.below(100), color: random.chance(50), unicode: random.chance(80) };
    let reader = random.chance(50).then(|| Zone::load("Asia/Kolkata").expect("a zone"));
    let mut out = Vec::new();
    text::write(&explained, reader, look, &mut out).expect("a buffer takes everything");
    digests.add_lines("for people", &String::from_utf8_lossy(&out));
    out.clear();
    json::write(&explained, &mut out).expect("a buffer takes everything");
    digests.add_lines("as JSON", &String::from_utf8_lossy(&out));
}

#[test]
fn when_schedules_run() {
    let (Some(recorded), mut digests) = (Recorded::read(), Digests::default()) else { return };
    for number in 0..2_500 {
        let mut random = Random::new(22, number);
        let (_, expression) = random.pick(&recorded.right).expect("there are some");
        let zone = recorded.known_zone(&mut random);
        let schedule = Schedule::new(expression, zone);
        let from = instant(schedule.zone(), &mut random);
        let until = from + Seconds::HOUR * [3, 50, 700][random.below(3)];
        digests.add("next runs", &(schedule.next_run(from), schedule.next_after(from)));
        let mut runs = Vec::new();
        let ending = schedule.runs_between(from, until, &mut runs);
        digests.add("runs", &(runs, ending));
        digests.add("counts", &(schedule.count_between(from, until), schedule.last_between(from, until)));
        digests.add("recurrences", &schedule.recurrence(from));
        if number % 4 == 0 {
            digests.add("clock changes", &clock_changes(expression, zone, from..from + Seconds::DAY * 500));
        }
    }
    insta::assert_snapshot!(digests.table());
}

#[test]
fn how_zones_tell_the_time() {
    let (Some(recorded), mut digests) = (Recorded::read(), Digests::default()) else { return };
    for number in 0..6_000 {
        let mut random = Random::new(23, number);
        let zone = recorded.known_zone(&mut random);
        let at = instant(zone, &mut random);
        let (local, other) = (zone.local(at), recorded.known_zone(&mut random));
        digests.add("told", &(zone.told(at), local.clock(), local.with_weekday(), zone.offset_at(at)));
        digests.add("resolved", &zone.resolve(at.local(other.offset_at(at))));
        digests.add("changes", &zone.transitions(at..at + Seconds::DAY * 800).collect::<Vec<_>>());
        digests.add("agreement", &zone.agrees_with(other, at..at + Seconds::DAY * random.below(900) as i64));
        digests.add("successors", &(zone.successor(), zone.newer_offsets().collect::<Vec<_>>()));
    }
    insta::assert_snapshot!(digests.table());
}

#[test]
fn how_schedules_are_spread() {
    let (Some(recorded), mut digests) = (Recorded::read(), Digests::default()) else { return };
    let plain: Vec<&str> = recorded
        .right
        .iter()
        .map(|(text, _)| text.as_str())
        .filter(|text| text.starts_with(['0', '3', '*', '@']) && text.len() < 20)
        .collect();
    for number in 0..150 {
        let mut random = Random::new(25, number);
        let zones = [Zone::utc(), recorded.known_zone(&mut random)];
        let common = ["0 * * * *", "0 0 * * *", "@daily", "30 2 * * *"];
        let all: Vec<Scheduled<'_>> = (0..2 + random.below(12))
            .map(|_| Scheduled {
                schedule: if random.chance(70) {
                    common[random.below(common.len())]
                } else {
                    random.pick(&plain).copied().expect("there are some")
                },
                zone: zones[random.below(2)],
                may_move: random.chance(80),
                weight: 1 + random.below(3) as u32,
            })
            .collect();
        digests.add("spread", &spread(&all, NOW + Seconds::HOUR * random.below(5_000) as i64));
    }
    insta::assert_snapshot!(digests.table());
}
