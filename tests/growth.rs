//! Whatever can be found can be found many times: a document for each rule and each problem of the API that grows.

#![expect(clippy::disallowed_methods, reason = "reads fixtures and sources from disk")]

#[path = "growth/checks.rs"]
mod checks;
#[path = "growth/seeds.rs"]
mod seeds;

use std::collections::BTreeSet;

use seeds::Kind;

#[test]
fn whatever_can_be_found_is_found_in_a_text() {
    let found: BTreeSet<Kind> = seeds::collect(1).into_iter().map(|found| found.kind).collect();
    let rules = batchlint::rules::all().map(|entry| Kind::Rule(entry.name));
    let expected: BTreeSet<Kind> = rules.chain(checks::all().into_iter().map(Kind::Problem)).collect();
    let missing: Vec<&Kind> = expected.difference(&found).collect();
    assert!(missing.is_empty(), "{} of {}: {missing:#?}", missing.len(), expected.len());
    let unknown: Vec<&Kind> = found.difference(&expected).collect();
    assert!(unknown.is_empty(), "{unknown:#?}");
}
