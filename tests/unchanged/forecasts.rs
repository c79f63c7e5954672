//! What comes of Jobs and CronJobs: of those whose runs were recorded, with other numbers in them, whatever is assumed.

use std::fs;

use batchlint::analysis::{RunTime, Settings, Trait, analyse};
use batchlint::config::Config;
use batchlint::controller::{Event, Watcher};
use batchlint::foresight::{Assumed, Claim, Fleet, Forecast, Script, Source as Says, Table, World, gathered, plans};
use batchlint::render::Look;
use batchlint::render::simulate::{html, json, script, text};
use batchlint::schedule::{Instant, Seconds, Zone};
use batchlint::text::Source;
use serde_json::Value;

use crate::digest::Digests;
use crate::random::Random;
use crate::splice::splice;
use crate::{NOW, files, shared};

/// Events of a scenario that are kept: there are some with more than anybody waits for.
const MOST: usize = 2_000;

fn recorded() -> Option<Vec<String>> {
    let cases = fs::read_to_string(shared::find("conformance/job-runs.jsonl")?).expect("recorded runs");
    let without_events = |case: &str| {
        let mut case: Value = serde_json::from_str(case).expect("a case");
        case.as_object_mut().expect("an object").remove("events");
        case.to_string()
    };
    Some(cases.lines().map(without_events).collect())
}

/// The text with a few other numbers in it.
fn renumbered(text: &str, random: &mut Random) -> String {
    const NUMBERS: [&str; 10] = ["0", "1", "2", "3", "5", "7", "10", "29", "30", "60"];
    let mut text = text.to_owned();
    for _ in 0..random.below(4) {
        let start = text.floor_char_boundary(random.below(text.len()));
        let Some(at) = text[start..].find([':', '[']).map(|at| start + at + 1) else { continue };
        let at = at + text[at..].len() - text[at..].trim_start().len();
        let length = text[at..].find(|char: char| !char.is_ascii_digit()).unwrap_or(0);
        // Instants stay what they are.
        if (1..8).contains(&length) {
            text.replace_range(at..at + length, NUMBERS[random.below(NUMBERS.len())]);
        }
    }
    text
}

/// The line with whole seconds, so that much happens at once; and with pods that stop just as their grace period ends.
fn on_the_second(line: &str, random: &mut Random) -> String {
    let Ok(mut case) = serde_json::from_str::<Value>(line) else { return line.to_owned() };
    let whole = |value: &mut Value| *value = value.as_f64().map_or(0, |seconds| seconds as i64).into();
    for name in ["pod_start_seconds", "pod_stop_seconds"] {
        case.get_mut(name).into_iter().for_each(whole);
    }
    for pod in case["pods"].as_array_mut().into_iter().flatten() {
        pod.get_mut("seconds").into_iter().for_each(whole);
    }
    if random.chance(50) {
        let pod = ["/object/spec/template/spec", "/object/spec/jobTemplate/spec/template/spec"];
        let pod = pod.iter().find_map(|path| case.pointer(path));
        let grace = pod.and_then(|pod| pod["terminationGracePeriodSeconds"].as_i64()).unwrap_or(30);
        case["pod_stop_seconds"] = grace.into();
    }
    case.to_string()
}

#[test]
fn what_scenarios_tell() {
    let (Some(recorded), mut digests) = (recorded(), Digests::default()) else { return };
    let settings = Settings::at(NOW);
    for number in 0..1_500 {
        let mut random = Random::new(40, number);
        let line = renumbered(random.pick(&recorded).expect("there are some"), &mut random);
        let line = if random.chance(30) { on_the_second(&line, &mut random) } else { line };
        let line = if random.chance(25) { splice(&line, &recorded, &mut random) } else { line };
        match Script::read(&line, &settings) {
            Ok(read) => {
                let mut listener = Listener::default();
                read.watch(&mut listener);
                digests.add("events", &listener.events);
                if !listener.has_enough() {
                    let mut out = Vec::new();
                    script::write(&read, &mut out).expect("a buffer takes everything");
                    digests.add_lines("written", &String::from_utf8_lossy(&out));
                }
            }
            Err(fault) => digests.add("faults", &(fault.to_string(), fault)),
        }
    }
    insta::assert_snapshot!(digests.table());
}

/// Listens to the first events.
#[derive(Default)]
struct Listener {
    events: Vec<Event>,
}

impl Watcher for Listener {
    fn see(&mut self, event: Event) {
        self.events.push(event);
    }

    fn has_enough(&self) -> bool {
        self.events.len() >= MOST
    }
}

#[test]
fn what_is_foreseen() {
    let (Some(recorded), Some(wild), mut digests) = (recorded(), shared::find("wild/plain"), Digests::default()) else {
        return;
    };
    let objects: Vec<String> = recorded
        .iter()
        .map(|line| serde_json::from_str::<Value>(line).expect("a case")["object"].to_string())
        .collect();
    let wild: Vec<String> = files(&wild).into_iter().map(|(_, text)| text).step_by(9).collect();
    let config = Config::at(NOW);
    for number in 0..25 {
        let mut random = Random::new(41, number);
        let mut all = Vec::new();
        for at in 0..1 + random.below(4) {
            let is_wild = random.chance(30);
            let text = random.pick(if is_wild { &wild } else { &objects }).expect("there are some");
            let text = if is_wild { text.clone() } else { renumbered(text, &mut random) };
            // Each stands in a namespace of its own.
            let text = text.replacen("\"default\"", &format!("\"n{at}\""), 1);
            all.extend(plans(&analyse(Source::new(format!("{at}.yaml"), text), config.settings()), &config));
        }
        let (plans, assumed) = (gathered(all), assumed(&mut random));
        tell(&plans, &assumed, &mut random, &mut digests);
    }
    insta::assert_snapshot!(digests.table());
}

fn tell(plans: &[batchlint::foresight::Plan], assumed: &Assumed, random: &mut Random, digests: &mut Digests) {
    let zone = Zone::load(["UTC", "America/New_York", "Asia/Kolkata"][random.below(3)]).expect("a zone");
    let look = Look { width: 30 + random.below(110), color: random.chance(30), unicode: random.chance(80) };
    let forecasts: Vec<Forecast<'_>> = plans.iter().filter_map(|plan| Forecast::of(plan, assumed)).collect();
    for forecast in &forecasts {
        digests.add("summaries", &forecast.summary());
        digests.add("standing", &(forecast.is_on_assumptions(), forecast.live()));
        let mut stretches = Vec::new();
        forecast.cut(forecast.from + Seconds::DAY).stretches(&mut |stretch| stretches.push(stretch));
        digests.add("stretches", &stretches);
    }
    for plan in plans {
        digests.add("tables", &Table::of(plan, &assumed.world));
    }
    digests.add("fleets", &Fleet::of(&forecasts));
    let is_whole = random.chance(20) && forecasts.len() < 3;
    let mut printed = |what: &str, write: &dyn Fn(&mut Vec<u8>) -> std::io::Result<()>| {
        let mut out = Vec::new();
        write(&mut out).expect("a buffer takes everything");
        digests.add_lines(what, &String::from_utf8_lossy(&out));
    };
    printed("for people", &|out| text::write((plans, assumed), (zone, is_whole), look, out));
    printed("as JSON", &|out| json::write(plans, assumed, out));
    if random.chance(20) {
        printed("as a page", &|out| html::write((plans, assumed), zone, out));
    }
}

/// What is assumed, and of what length of time.
fn assumed(random: &mut Random) -> Assumed {
    let from = NOW + Seconds::HOUR * random.below(3_000) as i64;
    let seconds = |random: &mut Random| Seconds::new([0, 1, 45, 90, 600, 2_400, 4_000, 90_000][random.below(8)]);
    let mut claims = Vec::new();
    for _ in 0..random.below(3) {
        let (some, other) = (seconds(random), seconds(random));
        let what = match random.below(6) {
            0 => Trait::Fails([None, Some(1), Some(3)][random.below(3)]),
            1 => Trait::Evicted(1 + random.below(3) as u32),
            2 if random.chance(50) => Trait::Hangs(true),
            3 if random.chance(50) => Trait::NeverStarts(true),
            4 => Trait::Takes(RunTime { least: some.min(other), most: some.max(other) }),
            _ => Trait::Takes(RunTime::of(some)),
        };
        claims.push(Claim { of: None, what, source: Says::CommandLine });
    }
    let stretch = |random: &mut Random| {
        let start = from + Seconds::MINUTE * random.below(600) as i64;
        start..start + Seconds::MINUTE * (1 + random.below(200) as i64)
    };
    let stretches = |random: &mut Random| -> Vec<std::ops::Range<Instant>> {
        (0..random.below(5).saturating_sub(2)).map(|_| stretch(random)).collect()
    };
    let hours = [1, 1, 2, 5, 9, 30][random.below(6)];
    let length = (!random.chance(4)).then(|| Seconds::HOUR * hours);
    let world = World { from, length, outages: stretches(random), suspended: stretches(random) };
    Assumed { claims, world, seed: 1 + random.below(9) as u64 }
}
