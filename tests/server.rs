//! The verdict and the causes, compared with the recorded answers of API servers.
#![expect(clippy::disallowed_methods, reason = "reads the recordings beside the checkout")]
#![expect(clippy::print_stderr, reason = "shows the figures and every difference")]

#[path = "server/compare.rs"]
mod compare;
#[path = "server/recording.rs"]
mod recording;
mod shared;

use std::collections::BTreeMap;

use batchlint::k8s::schema::Version;
use batchlint::yaml;
use compare::{Outcome, compare};
use recording::{Case, Server, read};

/// Differences that are shown of each group.
const SHOWN: usize = 400;

#[derive(Default)]
struct Tally {
    outcomes: BTreeMap<&'static str, usize>,
    differences: Vec<String>,
}

impl Tally {
    fn add(&mut self, id: &str, version: Version, file: &yaml::File, server: &Server) {
        let outcome = compare(file, version, server);
        *self.outcomes.entry(outcome.name()).or_default() += 1;
        match outcome {
            Outcome::Different(what) => self.differences.push(format!("{id} ({version}): {what}")),
            Outcome::Reader(what) => self.differences.push(format!("{id} ({version}): {what}")),
            _ => {}
        }
    }

    /// Shows the figures; how many answers differ.
    fn finish(self, name: &str) -> usize {
        for difference in self.differences.iter().take(SHOWN) {
            eprintln!("{name} {difference}");
        }
        eprintln!("{name}: {:?}", self.outcomes);
        let count = |outcome: &str| self.outcomes.get(outcome).copied().unwrap_or_default();
        assert!(count("agreed") > 0, "{name} has no cases");
        count("different") + count("read otherwise")
    }
}

fn differences(name: &str) -> Option<usize> {
    let mut tally = Tally::default();
    for case in read(name)? {
        tally.add(&case.id, Version::new(36), &yaml::parse(&case.yaml), &case.server);
    }
    Some(tally.finish(name))
}

#[test]
fn recorded_manifests_get_the_servers_answer() {
    let Some(differences) = differences("manifests.jsonl") else { return };
    assert_eq!(differences, 0);
}

#[test]
fn recorded_texts_get_the_servers_answer() {
    let Some(differences) = differences("text.jsonl") else { return };
    assert_eq!(differences, 0);
}

#[test]
fn other_versions_give_their_own_answers() {
    let Some(answers) = recording::read_versions("versions.jsonl") else { return };
    let cases: BTreeMap<String, Case> = ["manifests.jsonl", "text.jsonl"]
        .iter()
        .flat_map(|name| read(name).unwrap_or_default())
        .map(|case| (case.id.clone(), case))
        .collect();
    let versions: Vec<Version> =
        Version::all().filter(|version| version.minor() != 27 && version.minor() != 36).collect();
    let mut tallies: BTreeMap<Version, Tally> = BTreeMap::new();
    for (id, case) in &cases {
        let file = yaml::parse(&case.yaml);
        for version in &versions {
            let other = answers.get(id).and_then(|answers| answers.get(version));
            let server = other.cloned().unwrap_or_else(|| case.server.of_other_version());
            tallies.entry(*version).or_default().add(id, *version, &file, &server);
        }
    }
    for (version, tally) in tallies {
        let differences = tally.finish(&format!("versions.jsonl {version}"));
        assert_eq!(differences, 0, "{version}");
    }
}

#[test]
fn wild_manifests_get_the_servers_answer() {
    let Some(cases) = recording::read_wild() else { return };
    let mut tally = Tally::default();
    for case in cases {
        tally.add(&case.id, Version::new(36), &yaml::parse(&case.yaml), &case.server);
    }
    assert_eq!(tally.finish("plain-verdicts.jsonl"), 0);
}
