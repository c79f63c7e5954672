//! `batchlint simulate`, as people and programs run it.

mod program;
mod shared;

use std::path::Path;

use program::{Folder, Run};
use serde_json::{Value as Json, json};

/// Lines through the program.
fn scenarios(lines: &str) -> Run {
    Folder::new("simulate").run_with(["simulate", "--scenario", "-"], lines.as_bytes())
}

/// Events in an order that does not depend on which controller was asked first.
fn events(line: &Json) -> Vec<String> {
    let events = line["events"].as_array().expect("a list of events");
    let mut lines: Vec<String> = events.iter().map(comparable).collect();
    lines.sort();
    lines
}

fn comparable(event: &Json) -> String {
    let mut event = event.clone();
    event["at"] = json!(event["at"].as_f64());
    // A patch is written with other blanks.
    if event["what"] == "changed" {
        let patch: Json = serde_json::from_str(event["detail"].as_str().expect("a patch")).expect("JSON");
        event["detail"] = patch;
    }
    event.to_string()
}

/// Names of recorded scenarios whose events do not come back.
fn differing(recorded: &str) -> Vec<String> {
    let without_events = |line: &str| {
        let mut line: Json = serde_json::from_str(line).expect("a line is JSON");
        line.as_object_mut().expect("an object").remove("events");
        line.to_string()
    };
    let input: Vec<String> = recorded.lines().map(without_events).collect();
    let run = scenarios(&input.join("\n"));
    assert_eq!((run.status, run.err.as_str()), (0, ""));
    assert_eq!(run.out.lines().count(), recorded.lines().count());
    let lines = recorded.lines().zip(run.out.lines());
    let lines = lines.map(|(recorded, simulated)| [recorded, simulated].map(|line| read(line)));
    lines.filter(|[recorded, simulated]| events(recorded) != events(simulated)).map(|[line, _]| name(&line)).collect()
}

fn read(line: &str) -> Json {
    serde_json::from_str(line).expect("a line is JSON")
}

fn name(line: &Json) -> String {
    line["id"].as_str().expect("a name").to_owned()
}

fn recordings() -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/controller/job-runs.jsonl");
    std::fs::read_to_string(path).expect("the recording can be read")
}

#[test]
fn recorded_scenarios_come_back_with_the_events_as_recorded() {
    assert_eq!(differing(&recordings()), Vec::<String>::new());
}

#[test]
fn a_line_comes_back_to_the_letter_and_its_events_anew() {
    let recordings = recordings();
    let line = recordings.lines().next().expect("a scenario");
    let head = line.split(",\"events\":").next().expect("what comes before the events");
    let head = head.replace("\"id\":\"000\"", "\"id\": \"0\\u0030\\u001b\", \"x\": 1.50");
    let run = scenarios(&format!("\n{head}, \"events\": [7], \"y\": null}}\n\n"));
    assert_eq!((run.status, run.err.as_str()), (0, ""));
    let expected = head.replace("\"id\": ", "\"id\":").replace(", \"x\": ", ",\"x\":");
    assert!(run.out.starts_with(&format!("{expected},\"y\":null,\"events\":[{{\"at\":1775590232,")), "{:.300}", run.out);
    let answer: Json = serde_json::from_str(&run.out).expect("one line of JSON");
    assert_eq!(events(&answer), events(&read(line)));
}

#[test]
fn what_is_wrong_with_a_line_is_said_at_its_member_and_the_others_are_answered() {
    let recordings = recordings();
    let line = read(recordings.lines().next().expect("a scenario"));
    let with = |change: &dyn Fn(&mut Json)| {
        let mut line = line.clone();
        change(&mut line);
        line.to_string()
    };
    let lines = [
        "{".to_owned(),
        "[]".to_owned(),
        with(&|line| line["object"] = json!({"kind": "Pod"})),
        with(&|line| line["object"]["spec"]["schedule"] = json!("0 24 * * *")),
        with(&|line| line["created"] = json!("now")),
        with(&|line| line["until"] = json!(1e18)),
        with(&|line| line["pod_start_seconds"] = json!(-1)),
        with(&|line| line["pods"] = json!([])),
        with(&|line| line["pods"] = json!([{"exit": 0}, {"exit": "0"}])),
        with(&|line| line["pods"] = json!([{"second": 3}])),
        with(&|line| line["pods_by_index"] = json!({"a": [{"exit": 0}]})),
        with(&|line| line["outages"] = json!([[1]])),
        with(&|line| line["changes"] = json!([{"at": 1_775_590_000, "patch": {"kind": null}}])),
        with(&|_| {}),
    ];
    let run = scenarios(&lines.join("\n"));
    assert_eq!((run.status, run.out.lines().count()), (2, 1), "{}", run.err);
    insta::assert_snapshot!(run.err);
}
