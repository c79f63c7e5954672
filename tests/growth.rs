//! Whatever can be found can be found many times: each rule and each problem of the API has a document that grows.
//!
//! How the time of a check grows with it is for the search to say: `cargo run --release --example growth`.

#![expect(clippy::disallowed_methods, reason = "reads fixtures and sources from disk")]

#[path = "growth/checks.rs"]
mod checks;
#[path = "growth/grow.rs"]
#[expect(dead_code, reason = "the search has further questions")]
mod grow;
#[path = "growth/more.rs"]
mod more;
#[path = "growth/seeds.rs"]
mod seeds;
#[path = "growth/splice.rs"]
mod splice;

use std::collections::BTreeSet;
use std::rc::Rc;

use batchlint::rule::Check;
use batchlint::rules;
use seeds::{Found, Kind, Seed, look};

/// Places that report what no short file can have: what is no mapping is no object of a file, what changes is in two, and
/// what is too large to be sent is that once.
const OUT_OF_REACH: [&str; 3] =
    ["src/k8s/validation/request.rs", "src/k8s/validation/root.rs", "src/k8s/validation/update"];

/// What is said once, however much of it there is: of all that runs together, and of a file that is a template.
const ONCE: [Kind; 2] = [Kind::Rule("runs-start-together"), Kind::Rule("template-not-rendered")];

const TIMES: usize = 3;

#[test]
fn whatever_can_be_found_is_found_as_often_as_wanted() {
    let found = seeds::collect(1);
    let known: BTreeSet<&Kind> = found.iter().map(|found| &found.kind).collect();
    let rules = rules::all().map(|entry| Kind::Rule(entry.name));
    let expected: BTreeSet<Kind> = rules.chain(checks::all().into_iter().map(Kind::Problem)).collect();
    let mut missing: Vec<&Kind> = expected.iter().filter(|kind| !known.contains(kind)).collect();
    missing.retain(|kind| !is_out_of_reach(kind));
    assert!(missing.is_empty(), "tests/growth/more.rs wants a manifest with each of these: {missing:#?}");
    let unknown: Vec<_> = known.into_iter().filter(|kind| !expected.contains(kind)).collect();
    assert!(unknown.is_empty(), "tests/growth/checks.rs did not see that the code reports these: {unknown:#?}");
    let alone: Vec<&Kind> = found.iter().filter(|found| !grows(found)).map(|found| &found.kind).collect();
    assert_eq!(alone, ONCE.each_ref(), "on the left, what no document has {TIMES} times");
}

fn is_out_of_reach(kind: &Kind) -> bool {
    match kind {
        Kind::Problem(place) => OUT_OF_REACH.iter().any(|file| place.starts_with(file)),
        // Of changes there are two texts, and of what is built several.
        Kind::Rule(rule) => rules::find(rule)
            .is_some_and(|entry| matches!(entry.rule.check, Check::Change(_) | Check::Patch(_) | Check::Helm(_))),
    }
}

fn grows(found: &Found) -> bool {
    grow::ways(found).iter().any(|document| {
        let seed = Rc::new(Seed { text: document.times(TIMES), version: document.version });
        look(&seed).iter().filter(|again| again.kind == found.kind).count() >= TIMES
    })
}
