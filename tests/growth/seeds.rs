//! Texts in which something is found, and what is found in them: the rulebook's pages, and what API servers were asked.

use std::collections::HashMap;
use std::fs;
use std::path::Path;
use std::rc::Rc;

use batchlint::analysis::{Settings, analyse};
use batchlint::config::Config;
use batchlint::k8s::schema::Version;
use batchlint::lint::lint;
use batchlint::schedule::Instant;
use batchlint::text::{Source, Span};
use serde_json::Value as Json;

use crate::more;

/// 2026-11-21 00:00:00 UTC: what the examples' dates are counted from.
const NOW: Instant = Instant::from_unix(1_795_219_200);

/// What can be found.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Kind {
    /// A rule's finding, by the rule's name.
    Rule(&'static str),
    /// A problem of the API, by the place in `src/k8s/validation/` that reports it.
    Problem(String),
}

/// A text with something to find in it.
#[derive(Debug)]
pub(crate) struct Seed {
    pub(crate) text: String,
    pub(crate) version: Version,
}

/// Something found in a seed.
#[derive(Debug, Clone)]
pub(crate) struct Found {
    pub(crate) kind: Kind,
    /// The field, without the numbers of items.
    pub(crate) field: String,
    pub(crate) seed: Rc<Seed>,
    pub(crate) span: Span,
}

/// Every rule, and what it finds under a version of Kubernetes.
pub(crate) fn config(version: Version) -> Config {
    Config::new(settings(version)).with_pedantic(true)
}

fn settings(version: Version) -> Settings {
    Settings::at(NOW).with_kubernetes(version)
}

/// Each kind in each field once, in the shortest text that has it; `most` fields a kind.
pub(crate) fn collect(most: usize) -> Vec<Found> {
    let mut seeds = seeds();
    seeds.sort_by_key(|seed| seed.text.len());
    let mut known: HashMap<Kind, Vec<String>> = HashMap::new();
    let mut all = Vec::new();
    for seed in seeds.into_iter().map(Rc::new) {
        for found in look(&seed) {
            let fields = known.entry(found.kind.clone()).or_default();
            if fields.len() < most && !fields.contains(&found.field) {
                fields.push(found.field.clone());
                all.push(found);
            }
        }
    }
    all.sort_by(|left, right| (&left.kind, &left.field).cmp(&(&right.kind, &right.field)));
    all
}

/// All that is found in a seed: by the rules, and what of it the API would name.
pub(crate) fn look(seed: &Rc<Seed>) -> Vec<Found> {
    let source = Source::new("seed.yaml", seed.text.as_str());
    let found = |kind, field: &str, span| Found { kind, field: without_numbers(field), seed: Rc::clone(seed), span };
    let report = lint(&source, &config(seed.version));
    let of_rule = |one: &batchlint::Finding| (one.rule, one.field.clone().unwrap_or_default(), one.span);
    let by_rules = report.findings.iter().map(of_rule);
    let mut all: Vec<Found> = by_rules.map(|(rule, field, span)| found(Kind::Rule(rule), &field, span)).collect();
    let analysis = analyse(source, &settings(seed.version));
    for manifest in analysis.manifests() {
        for problem in analysis.verdict(manifest).problems() {
            let check = format!("{}:{}", problem.check.file(), problem.check.line());
            all.push(found(Kind::Problem(check), &problem.field, problem.span));
        }
    }
    all
}

/// A field's path, the same for every item of a list.
fn without_numbers(field: &str) -> String {
    field.chars().filter(|letter| !letter.is_ascii_digit()).collect()
}

fn seeds() -> Vec<Seed> {
    let mut seeds = Vec::new();
    for folder in ["rules", "fixtures/clean", "fixtures/found", "fixtures/fixes", "fixtures/server/bases"] {
        let files = walkdir::WalkDir::new(root().join(folder)).sort_by_file_name().into_iter();
        for file in
            files.map(|file| file.expect("the repository can be read")).filter(|file| file.file_type().is_file())
        {
            let text = fs::read_to_string(file.path()).expect("a fixture is text");
            seeds.extend(texts(file.path(), &text).into_iter().map(|text| Seed { text, version: Version::NEWEST }));
        }
    }
    seeds.extend(recorded("fixtures/server/verdicts.jsonl"));
    seeds.extend(recorded("fixtures/server/pod-template.jsonl"));
    seeds.extend(more::manifests().into_iter().map(|(version, text)| Seed { text, version }));
    seeds
}

/// The manifests in a file: the examples of a page, the first text of a fix, or all of it.
fn texts(path: &Path, text: &str) -> Vec<String> {
    match path.extension().and_then(|extension| extension.to_str()) {
        Some("md") => {
            let blocks = text.split("\n```yaml\n").skip(1);
            blocks.filter_map(|block| block.split("\n```").next()).map(unflagged).collect()
        }
        Some("txt") => {
            let wrong = text.split("\n=====\n").next().and_then(|wrong| wrong.split_once('\n'));
            wrong.map(|(_, wrong)| format!("{wrong}\n")).into_iter().collect()
        }
        _ => vec![text.to_owned()],
    }
}

/// An example without its flags.
fn unflagged(block: &str) -> String {
    let lines = block.lines().map(|line| line.split(" # flagged: ").next().unwrap_or_default().trim_end());
    lines.map(|line| format!("{line}\n")).collect()
}

/// What servers were asked, under a version for each answer they gave.
fn recorded(path: &str) -> Vec<Seed> {
    let lines = fs::read_to_string(root().join(path)).expect("the fixture is there");
    let mut seeds = Vec::new();
    for line in lines.lines() {
        let case: Json = serde_json::from_str(line).expect("a line is JSON");
        let text = case["yaml"].as_str().expect("a case has a manifest").to_owned();
        let answers = case["answers"].as_array().cloned().unwrap_or_default();
        let versions = answers.iter().filter_map(|answer| answer["versions"][0].as_str());
        for version in versions.chain(case["version"].as_str()) {
            seeds.push(Seed { text: text.clone(), version: version.parse().expect("a version") });
        }
    }
    seeds
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}
