//! What the server fills in for a Job, compared with what the recorded controllers did.
#![expect(clippy::disallowed_methods, reason = "reads the recordings beside the checkout")]

mod shared;

use batchlint::k8s::defaulted::Job;
use batchlint::k8s::objects::{self, FromNode};
use batchlint::k8s::schema::Version;
use batchlint::yaml::{self, Document};
use serde_json::Value as Json;

#[test]
fn a_job_starts_with_the_pods_that_its_defaults_say() {
    let Some(path) = shared::find("conformance/job-runs.jsonl") else { return };
    let scenarios = std::fs::read_to_string(path).expect("the recording can be read");
    let mut compared = 0;
    for scenario in scenarios.lines() {
        let scenario: Json = serde_json::from_str(scenario).expect("a line is JSON");
        if scenario["object"]["kind"] != "Job" {
            continue;
        }
        let text = scenario["object"].to_string();
        let file = yaml::parse(&text);
        let root = file.documents.first().and_then(Document::root);
        let job = root.and_then(|root| objects::Job::from_node(root.into())).expect("a Job");
        let spec = job.spec().expect("it has a spec").value;
        assert_eq!(started(&scenario), pods(&Job::of(spec, Version::new(36))), "{}", scenario["id"]);
        compared += 1;
    }
    assert!(compared > 500, "{compared}");
}

/// How many pods the controller makes at once.
fn pods(job: &Job<'_>) -> i32 {
    let most = job.completions.unwrap_or(i32::MAX);
    if job.is_suspended() { 0 } else { job.parallelism().min(most) }
}

/// How many it made.
fn started(scenario: &Json) -> i32 {
    let created = scenario["created"].as_f64().expect("a time");
    let events = scenario["events"].as_array().expect("a list").iter();
    let pods = events.filter(|event| event["what"] == "pod-created" && event["at"].as_f64() < Some(created + 0.01));
    i32::try_from(pods.count()).expect("few")
}
