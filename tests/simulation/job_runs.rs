//! Jobs and CronJobs with their pods: every event, to the millisecond.

use std::path::Path;

use serde_json::Value as Json;

use super::recorded::{judge, lines, read};
use super::timeline::{recorded, simulated};
use super::values::difference;

/// Here a pod stops at the very moment at which the controller looks at its Job, and Kubernetes takes now the one, now the
/// other first.
const TOSSED: [&str; 2] = ["j0504", "j1045"];

#[test]
fn jobs_and_their_pods_do_what_was_recorded() {
    let Some(scenarios) = lines("conformance/job-runs.jsonl") else { return };
    let differing: Vec<_> = scenarios.iter().filter_map(differs).collect();
    let differing: Vec<_> = differing.into_iter().filter(|(id, _)| !TOSSED.contains(&id.as_str())).collect();
    judge("job-runs", scenarios.len(), &differing);
}

/// Recorded from the same controllers, with edits.
#[test]
fn edited_objects_and_their_pods_do_what_was_recorded() {
    let scenarios = read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/controller/job-runs.jsonl"));
    let differing: Vec<_> = scenarios.iter().filter_map(differs).collect();
    judge("fixtures", scenarios.len(), &differing);
}

fn differs(scenario: &Json) -> Option<(String, String)> {
    let difference = difference(&simulated(scenario), &recorded(&scenario["events"]))?;
    Some((scenario["id"].as_str().expect("a name").to_owned(), difference))
}
