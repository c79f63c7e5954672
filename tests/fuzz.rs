//! The checks of the fuzz targets, over the seeds that fuzzing begins with, and over damaged ones.

#![expect(
    clippy::disallowed_methods,
    clippy::print_stderr,
    reason = "reads the seeds from disk, and says how far it came"
)]

#[path = "../fuzz/checks/lint.rs"]
mod lint;
#[path = "yaml/mutate.rs"]
mod mutate;
#[path = "../fuzz/checks/scenario.rs"]
mod scenario;
#[path = "../fuzz/checks/schedule.rs"]
mod schedule;
#[path = "../fuzz/checks/script.rs"]
mod script;
#[path = "../fuzz/checks/template.rs"]
mod template;
#[path = "../fuzz/checks/yaml.rs"]
mod yaml;

use std::path::Path;
use std::time::{Duration, Instant};

use mutate::{Random, excerpt, mutate};

/// The static program's memory: what breaks it shows here, too.
#[cfg(all(target_os = "linux", target_env = "musl"))]
#[global_allocator]
static MEMORY: rusty_alloc_api::RustyAlloc = rusty_alloc_api::RustyAlloc;

type Check = fn(&[u8]);

#[test]
fn every_seed_of_the_linter_is_survived() {
    seeds("lint").iter().for_each(|seed| lint::check(seed));
}

#[test]
fn every_seed_of_the_scenarios_is_survived() {
    seeds("scenario").iter().for_each(|seed| scenario::check(seed));
}

#[test]
fn every_seed_of_the_schedules_is_survived() {
    seeds("schedule").iter().for_each(|seed| schedule::check(seed));
}

#[test]
fn every_seed_of_the_scripts_is_survived() {
    seeds("script").iter().for_each(|seed| script::check(seed));
}

#[test]
fn every_seed_of_the_templates_is_survived() {
    seeds("template").iter().for_each(|seed| template::check(seed));
}

#[test]
fn every_seed_of_the_reader_is_survived() {
    seeds("yaml").iter().for_each(|seed| yaml::check(seed));
}

/// For those who have no cargo-fuzz: `FUZZ_INPUTS=1000000 FUZZ_SEED=7 cargo test --release --test fuzz -- --ignored`; with
/// `FUZZ_TARGET=scenario`, of that target alone.
#[test]
#[ignore = "takes as long as it is told"]
fn damaged_seeds_are_survived() {
    let number = |name| std::env::var(name).ok().and_then(|value| value.parse().ok());
    let mut random = Random::new(number("FUZZ_SEED").unwrap_or(1));
    let checks: [(&str, Check); 6] = [
        ("lint", lint::check),
        ("scenario", scenario::check),
        ("schedule", schedule::check),
        ("script", script::check),
        ("template", template::check),
        ("yaml", yaml::check),
    ];
    let texts = |name| seeds(name).into_iter().filter_map(|seed| String::from_utf8(seed).ok()).collect::<Vec<_>>();
    let only = std::env::var("FUZZ_TARGET").ok();
    let checks = checks.into_iter().filter(|(name, _)| only.as_ref().is_none_or(|only| only == name));
    let checks: Vec<(Vec<String>, Check)> = checks.map(|(name, check)| (texts(name), check)).collect();
    let mut longest = (Duration::ZERO, String::new());
    for count in 0..number("FUZZ_INPUTS").unwrap_or(10_000) {
        let (texts, check) = &checks[random.below(checks.len())];
        let (text, other) = (&texts[random.below(texts.len())], &texts[random.below(texts.len())]);
        let damaged = mutate(&excerpt(text, &mut random), other, &mut random);
        let start = Instant::now();
        survive(&damaged, *check, count);
        longest = longest.max((start.elapsed(), damaged));
        if (count + 1).is_multiple_of(100_000) {
            eprintln!("{} survived, the longest took {:?}", count + 1, longest.0);
        }
    }
    eprintln!("the longest, {} bytes, took {:?}", longest.1.len(), longest.0);
    if longest.0 > Duration::from_secs(1) {
        eprintln!("{:?}", longest.1);
    }
}

/// Shows the input where the check fails, and how many were survived before.
fn survive(input: &str, check: Check, count: u64) {
    if let Err(panic) = std::panic::catch_unwind(|| check(input.as_bytes())) {
        panic!("after {count}: {input:?}: {:?}", panic.downcast_ref::<String>());
    }
}

fn seeds(target: &str) -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/seeds").join(target);
    let mut paths: Vec<_> =
        folder.read_dir().expect("there are seeds").map(|entry| entry.expect("it can be read").path()).collect();
    paths.sort();
    assert!(paths.len() > 10, "too few seeds of {target}");
    paths.iter().map(|path| std::fs::read(path).expect("it can be read")).collect()
}
