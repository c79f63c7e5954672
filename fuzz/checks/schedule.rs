//! Any text as a schedule; on a second line a time zone, on a third the Unix time from which runs are counted. One
//! search after the other, and all at once, find the same runs.

use std::io;

use batchlint::agenda::{Explained, explain};
use batchlint::render::Look;
use batchlint::render::schedule::{json, text};
use batchlint::schedule::{Expression, Instant, Schedule, Seconds, Zone, clock_changes, describe, zone_server_errors};

const LOOK: Look = Look { width: 80, color: true, unicode: true };
/// The years 1 to 9900: Kubernetes' instants end with the year 9999.
const EARLIEST: i64 = -62_135_596_800;
const LATEST: i64 = 250_246_713_600;
/// The runs that are looked for one by one.
const RUNS: usize = 40;

pub(crate) fn check(bytes: &[u8]) {
    let Ok(input) = std::str::from_utf8(bytes) else { return };
    let mut lines = input.splitn(3, '\n');
    let schedule = lines.next().unwrap_or_default();
    let zone = lines.next();
    let from: i64 = lines.next().and_then(|text| text.parse().ok()).unwrap_or(1_795_219_200);
    let from = Instant::from_unix(from.clamp(EARLIEST, LATEST));

    let explained = explain(schedule, (zone, None), |_| from, 5);
    look_at(&explained, zone);
    text::write(&explained, Some(Zone::utc()), LOOK, &mut io::sink()).expect("a sink takes everything");
    json::write(&explained, &mut io::sink()).expect("a sink takes everything");
    if let (Ok(expression), Some(compiled)) = (&explained.expression, explained.compiled()) {
        assert!(!describe(expression, zone).is_empty());
        let runs = run(&compiled, from);
        if expression.every().is_none() && compiled.zone() == Zone::utc() {
            look_before(&compiled, &runs);
        }
        change_clocks(expression, compiled.zone(), from);
    }
}

fn look_at(explained: &Explained<'_>, zone: Option<&str>) {
    if let Err(error) = &explained.expression {
        assert!(explained.schedule.get(error.span().range()).is_some(), "{error:?} is not in the text");
        assert!(!explained.server.is_empty(), "the server takes what cannot be understood: {error}");
    }
    if let Some(zone) = zone {
        assert!(Zone::load(zone).is_ok() || !zone_server_errors(zone).is_empty(), "the server takes an unknown zone");
    }
}

/// The runs, found one by one and all at once.
fn run(schedule: &Schedule, from: Instant) -> Vec<Instant> {
    let mut search = schedule.runs_after(from);
    let chain: Vec<Instant> = search.by_ref().take(RUNS).collect();
    let ending = search.ending();
    let before = match (chain.last(), ending) {
        (Some(last), None) => *last,
        _ => Instant::MAX,
    };
    let expected: Vec<Instant> =
        chain.iter().copied().take_while(|run| *run < before).filter(|run| *run > from).collect();
    let mut found = Vec::new();
    assert_eq!((schedule.runs_between(from, before, &mut found), &found), (ending, &expected));
    assert_eq!(schedule.count_between(from, before), found.len() as u64);
    chain
}

/// Where no clock is changed, whoever looks a second before a run finds it.
fn look_before(schedule: &Schedule, runs: &[Instant]) {
    let missed = runs.iter().find(|run| schedule.next_after(**run - Seconds::new(1)) != Some(**run));
    assert_eq!(missed, None);
}

fn change_clocks(expression: &Expression, zone: Zone, from: Instant) {
    let until = from.saturating_add(Seconds::new(2 * 366 * Seconds::DAY.get()));
    let changes = clock_changes(expression, zone, from..until);
    assert!(changes.len() <= 1_000, "{} clock changes in two years", changes.len());
}
