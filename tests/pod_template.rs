//! What API servers answered to pod templates: one example at least of each cause they name.
#![expect(clippy::disallowed_methods, reason = "reads a fixture")]

use batchlint::k8s::schema::Version;
use batchlint::k8s::validation::check_value;
use batchlint::{k8s, yaml};
use serde::Deserialize;

/// A manifest, and the answer to it.
#[derive(Deserialize)]
struct Case {
    version: String,
    yaml: String,
    /// Each `Reason field`; none where the server accepts it.
    causes: Vec<String>,
}

fn cases() -> Vec<Case> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/server/pod-template.jsonl");
    let text = std::fs::read_to_string(path).expect("the fixture is there");
    text.lines().map(|line| serde_json::from_str(line).expect("a line is a case")).collect()
}

fn minor(version: &str) -> u8 {
    version.strip_prefix("1.").and_then(|minor| minor.parse().ok()).expect("a version is 1.x")
}

fn described(problem: &k8s::Problem) -> String {
    let reason = problem.reason.map_or("", k8s::Reason::name);
    format!("{} {}", reason.trim_start_matches("FieldValue"), problem.field)
}

#[test]
fn the_causes_are_the_servers() {
    let mut different = Vec::new();
    for mut case in cases() {
        let file = yaml::parse(&case.yaml);
        let root = file.documents.first().and_then(yaml::Document::root).expect("a case has a document");
        let verdict = check_value(root, Version::new(minor(&case.version)));
        let mut causes: Vec<String> = verdict.causes().map(described).collect();
        causes.sort();
        case.causes.sort();
        if causes != case.causes {
            different
                .push(format!("{}:\n{}\nours: {causes:#?}\nthe server's: {:#?}", case.version, case.yaml, case.causes));
        }
    }
    assert!(different.is_empty(), "{} answers differ:\n{}", different.len(), different.join("\n\n"));
}

#[test]
fn each_message_has_a_place() {
    for case in cases() {
        let file = yaml::parse(&case.yaml);
        let root = file.documents.first().and_then(yaml::Document::root).expect("a case has a document");
        for problem in check_value(root, Version::new(minor(&case.version))).problems() {
            assert!(!problem.span.is_empty(), "nothing is underlined for {}: {}", problem.field, problem.message);
            assert!(!problem.message.ends_with('.'), "a full stop: {}", problem.message);
            assert!(!problem.message.contains("invalid"), "says no more than the server: {}", problem.message);
        }
    }
}
