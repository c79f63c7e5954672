//! What a server answers to changes that `kubectl apply` makes, compared with recorded answers.
#![expect(clippy::disallowed_methods, reason = "reads the recordings beside the checkout")]
#![expect(clippy::print_stderr, reason = "shows the figures and every difference")]

#[path = "oracle/updates/answer.rs"]
mod answer;
mod shared;

use answer::{of_batchlint, of_server};
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
