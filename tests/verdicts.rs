//! What servers of every version answer to a manifest for each kind of answer they have, as `tests/oracle/record.py`
//! wrote it down. Compared as the differential search compares.
#![expect(clippy::disallowed_methods, reason = "reads a fixture")]
#![expect(clippy::print_stderr, reason = "shows the figures and every difference")]

#[path = "oracle/search/explained.rs"]
mod explained;
#[path = "verdicts/limits.rs"]
mod limits;
#[path = "oracle/search/verdict.rs"]
mod verdict;

use std::collections::BTreeMap;

use batchlint::k8s::schema::Version;
use explained::{Difference, explain};
use serde_json::{Value as Json, json};
use verdict::{differences, of_batchlint, of_server};

/// What came of the comparisons under one version.
#[derive(Debug, Default)]
struct Tally {
    compared: usize,
    not_comparable: usize,
    explained: BTreeMap<&'static str, usize>,
    differing: usize,
}

impl Tally {
    fn compare(&mut self, yaml: &str, version: Version, answer: &Json) {
        let (Some(server), Some(ours)) = (of_server(answer), of_batchlint(yaml, version)) else {
            self.not_comparable += 1;
            return;
        };
        self.compared += 1;
        let mut found = differences(&server, &ours);
        found.retain(|what| {
            let name = explain(&Difference { what, yaml, server: &server, ours: &ours });
            name.inspect(|name| *self.explained.entry(name).or_default() += 1).is_none()
        });
        if !found.is_empty() {
            self.differing += 1;
            eprintln!("{version}: {found:#?}\n{yaml}\nserver: {server:?}\nours: {ours:?}\n");
        }
    }
}

/// An answer of the fixture in the form that the oracle gives it.
fn answer(recorded: &Json) -> Json {
    let mut answer = recorded.clone();
    if let Some(causes) = recorded["causes"].as_array() {
        answer["causes"] = causes.iter().map(|cause| json!({ "reason": cause[0], "field": cause[1] })).collect();
    }
    answer
}

#[test]
fn every_version_gets_its_own_answers() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/server/verdicts.jsonl");
    let fixture = std::fs::read_to_string(path).expect("the fixture is there");
    let mut tallies: BTreeMap<Version, Tally> = BTreeMap::new();
    for line in fixture.lines() {
        let case: Json = serde_json::from_str(line).expect("a line is JSON");
        let yaml = case["yaml"].as_str().expect("a case has a manifest");
        for recorded in case["answers"].as_array().expect("a case has answers") {
            let answer = answer(recorded);
            for version in recorded["versions"].as_array().expect("an answer has versions") {
                let version = version.as_str().and_then(|version| version.parse().ok()).expect("a version");
                tallies.entry(version).or_default().compare(yaml, version, &answer);
            }
        }
    }
    for (version, tally) in &tallies {
        eprintln!("{version}: {tally:?}");
        assert!(tally.compared > tally.not_comparable, "{version}: hardly anything was compared");
        assert_eq!(tally.differing, 0, "{version}");
    }
    assert!(tallies.len() > 5, "versions are missing");
}
