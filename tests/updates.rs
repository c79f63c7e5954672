//! What a server answers to changes that `kubectl apply` makes, compared with recorded answers.
#![expect(clippy::disallowed_methods, reason = "reads the recordings beside the checkout")]
#![expect(clippy::print_stderr, reason = "shows the figures and every difference")]

#[path = "oracle/updates/answer.rs"]
mod answer;
mod shared;

use answer::{Answer, of_batchlint, of_server};
use batchlint::k8s::schema::Version;
use serde_json::Value as Json;

#[test]
fn recorded_changes_get_the_servers_answer() {
    let Some(path) = shared::find("conformance/updates.jsonl") else { return };
    let recording = std::fs::read_to_string(path).expect("the recording can be read");
    let (mut compared, mut differing) = (0, 0);
    for line in recording.lines() {
        let case: Json = serde_json::from_str(line).expect("a line is JSON");
        let (server, ours) = (of_server(&case["server"]), of_batchlint(&case, Version::new(36)));
        compared += 1;
        if Some(&server) != ours.as_ref() {
            differing += 1;
            eprintln!("{} {}: server: {server:?}\nours: {ours:?}", case["id"], case["change"]);
        }
    }
    eprintln!("{compared} compared, {differing} differ");
    assert!(compared > 3_000, "{compared}");
    assert_eq!(differing, 0);
}

/// What the search found once, in each version that was asked.
#[test]
fn each_version_gives_its_own_answer() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/server/updates.jsonl");
    let recording = std::fs::read_to_string(path).expect("the fixture is there");
    let mut compared = 0;
    for line in recording.lines() {
        let case: Json = serde_json::from_str(line).expect("a line is JSON");
        for answer in case["answers"].as_array().into_iter().flatten() {
            let server = recorded(answer);
            for version in answer["versions"].as_array().into_iter().flatten().filter_map(Json::as_str) {
                compared += 1;
                let ours = of_batchlint(&case, version.parse().expect("a version"));
                assert_eq!(ours.as_ref(), Some(&server), "{version}: {}\n---\n{}", case["old"], case["yaml"]);
            }
        }
    }
    assert!(compared >= 60, "{compared}");
}

/// The same in the short form of the fixture, whose causes are a reason and a field.
fn recorded(answer: &Json) -> Answer {
    let text = |text: &Json| text.as_str().unwrap_or_default().to_owned();
    let causes = answer["causes"].as_array().into_iter().flatten();
    Answer {
        accepted: answer["accepted"] == true,
        changed: answer["changed"] == true,
        causes: causes.map(|cause| (text(&cause[0]), text(&cause[1]))).collect(),
    }
}
