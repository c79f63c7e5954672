//! `batchlint simulate`, as people and programs run it.

#![expect(clippy::disallowed_methods, reason = "reads the recordings")]

#[path = "simulate/assumptions.rs"]
mod assumptions;
#[path = "simulate/fleet.rs"]
mod fleet;
#[path = "simulate/page.rs"]
mod page;
mod program;
#[path = "simulate/rules.rs"]
mod rules;
#[path = "simulate/what_if.rs"]
mod what_if;

use std::path::Path;

use program::{FOUND, Folder, Run};
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
    let lines = lines.map(|(recorded, simulated)| [recorded, simulated].map(read));
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
    assert!(
        run.out.starts_with(&format!("{expected},\"y\":null,\"events\":[{{\"at\":1775590232,")),
        "{:.300}",
        run.out
    );
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
        with(&|line| {
            let job = &mut line["object"]["spec"]["jobTemplate"]["spec"];
            (job["parallelism"], job["completions"]) = (json!(200_000), json!(200_000));
        }),
        with(&|line| {
            let job = json!({"spec": {"parallelism": 2_000_000_000, "completions": null}});
            let patch = json!({"spec": {"jobTemplate": job}});
            line["changes"] = json!([{"at": 1_775_590_000, "patch": patch}]);
        }),
        with(&|_| {}),
    ];
    let run = scenarios(&lines.join("\n"));
    assert_eq!((run.status, run.out.lines().count()), (2, 1), "{}", run.err);
    insta::assert_snapshot!(run.err);
}

#[test]
fn what_no_cluster_has_room_for_is_not_simulated() {
    let jobs = |more: &str| JOBS.replacen("      backoffLimit: 1\n", &format!("      backoffLimit: 1\n{more}"), 1);
    let run = |more: &str| {
        let folder = Folder::new("crowd").file("jobs.yaml", &jobs(&format!("      parallelism: 2000000000\n{more}")));
        folder.run(["simulate", "jobs.yaml", "--from", "2026-12-01T00:00Z", "--zone", "UTC"])
    };
    let all = run("");
    assert!(all.out.contains("it wants 2,000,000,000 pods at a time, and a cluster has"), "{}", all.out);
    let few = run("      completions: 3\n");
    assert!(!few.out.contains("at a time, and a cluster"), "{}", few.out);
}

/// Runs every quarter of an hour, and every hour; the third is refused.
const JOBS: &str = "\
apiVersion: batch/v1
kind: CronJob
metadata:
  name: backup
  namespace: jobs
spec:
  schedule: \"*/15 * * * *\"
  concurrencyPolicy: Forbid
  jobTemplate:
    spec:
      backoffLimit: 1
      template:
        spec:
          restartPolicy: Never
          containers:
            - name: main
              image: registry.example.com/main:1.4.2
---
apiVersion: batch/v1
kind: CronJob
metadata:
  name: report
spec:
  schedule: \"0 * * * *\"
  concurrencyPolicy: Replace
  failedJobsHistoryLimit: 0
  jobTemplate:
    spec:
      template:
        spec:
          restartPolicy: OnFailure
          containers:
            - name: main
              image: registry.example.com/main:1.4.2
---
apiVersion: batch/v1
kind: Job
metadata:
  name: migrate
spec:
  template:
    spec:
      restartPolicy: Always
      containers:
        - name: main
          image: registry.example.com/main:1.4.2
---
apiVersion: batch/v1
kind: CronJob
metadata:
  name: later
spec:
  schedule: \"{{ .Values.schedule }}\"
  jobTemplate:
    spec:
      template:
        spec:
          restartPolicy: Never
          containers:
            - name: main
              image: registry.example.com/main:1.4.2
";

/// What is printed of them, from midnight on.
fn simulated(args: &[&str]) -> Run {
    let folder = Folder::new("simulate").file("jobs.yaml", JOBS);
    folder.run([&["simulate", "--from", "2026-12-01T00:00Z", "--zone", "UTC"][..], args].concat())
}

fn summaries(args: &[&str]) -> Vec<Json> {
    let run = simulated(&[&["--format", "json"][..], args].concat());
    assert_eq!((run.status, run.err.as_str()), (0, ""));
    let answer = read(&run.out);
    let simulations = answer["simulations"].as_array().expect("a list");
    simulations.iter().map(|simulation| simulation["summary"].clone()).collect()
}

#[test]
fn each_object_has_a_summary_and_the_first_of_what_happens() {
    let run = simulated(&["--run-time", "40m", "--for", "6h", "--outage", "2026-12-01T02:00Z/1h"]);
    assert_eq!((run.status, run.err.as_str()), (0, ""));
    assert!(run.out.lines().all(|line| line.chars().count() <= 80), "{}", run.out);
    insta::assert_snapshot!(run.out);
}

#[test]
fn what_is_not_shown_of_a_timeline_is_counted_however_often_it_comes() {
    let told = |out: &str| {
        let is_told =
            |line: &&str| line.strip_prefix("    ").is_some_and(|line| line.starts_with(|c: char| c.is_ascii_digit()));
        out.lines().filter(is_told).count()
    };
    let rest = |out: &str| -> usize {
        let rests =
            out.lines().filter_map(|line| line.strip_prefix("  and ")?.split(' ').next()?.parse::<usize>().ok());
        rests.sum()
    };
    for assumed in [["--run-time", "40m"], ["--run-time", "3m"], ["--fails", "2"]] {
        let args = [&assumed[..], &["--for", "20d"]].concat();
        let (some, all) = (simulated(&args).out, simulated(&[&args[..], &["--timeline"]].concat()).out);
        assert_eq!(told(&some) + rest(&some), told(&all), "{assumed:?}");
        assert!(rest(&some) > 1_000, "{assumed:?}");
    }
}

#[test]
fn each_restart_is_told_however_alike() {
    let jobs = FOUND
        .replace("restartPolicy: Never", "restartPolicy: OnFailure")
        .replace("startingDeadlineSeconds", "suspend: false #");
    let folder = Folder::new("restarts").file("a.yaml", &jobs);
    let run = folder.run([
        "simulate",
        "--from=2026-12-01T04:00Z",
        "-z=UTC",
        "--for=2h",
        "--fails=3",
        "--timeline",
        "--run-time=30s",
    ]);
    assert_eq!(run.out.matches("exits with 1, and is restarted in place").count(), 3, "{}", run.out);
}

#[test]
fn all_of_a_timeline_is_shown_where_it_is_asked_for() {
    let run = simulated(&["--fails", "backup=1", "--hangs", "report", "--for", "3h", "--timeline"]);
    assert_eq!((run.status, run.err.as_str()), (0, ""));
    assert!(!run.out.contains("--timeline"));
    insta::assert_snapshot!(run.out);
}

#[test]
fn runs_are_counted_as_the_events_have_them() {
    let run = simulated(&["--format=json", "--run-time=40m", "--for=1d"]);
    let answer = read(&run.out);
    let (simulation, summary) = (&answer["simulations"][0], &answer["simulations"][0]["summary"]);
    let count = |what: &str| {
        let events = simulation["events"].as_array().expect("a list");
        events.iter().filter(|event| event["what"] == what).count()
    };
    assert_eq!(summary["started"], count("job-created"));
    assert_eq!((&summary["complete"], &summary["pods"]), (&json!(count("job-complete")), &json!(count("pod-created"))));
    let sum: u64 = ["started", "leftOut", "waiting"].iter().map(|name| summary[name].as_u64().expect("a count")).sum();
    assert_eq!(summary["due"], sum);
    assert_eq!(answer["simulations"][2]["summary"], Json::Null);
}

#[test]
fn what_is_assumed_of_one_is_stronger_than_what_is_assumed_of_all() {
    let summaries = summaries(&["--fails=always", "--fails=report=0", "--run-time=jobs/backup=2m", "--for=2h"]);
    assert_eq!((&summaries[0]["failed"], &summaries[0]["complete"]), (&json!(7), &json!(0)));
    assert_eq!((&summaries[1]["failed"], &summaries[1]["complete"]), (&json!(0), &json!(1)));
}

#[test]
fn who_is_suspended_starts_nothing_and_then_the_latest_run() {
    let summaries = summaries(&["--suspended=2026-12-01T00:10Z/70m", "--suspended=2026-12-01T00:20Z/30m", "--for=2h"]);
    // The run of 01:15 starts at 01:20, when it is over.
    let of_backup = &summaries[0];
    assert_eq!((&of_backup["started"], &of_backup["late"], &of_backup["leftOut"]), (&json!(3), &json!(1), &json!(4)));
    assert_eq!(of_backup["longestLatenessSeconds"], 300.0);
}

#[test]
fn logs_of_pods_that_are_deleted_to_end_their_job_are_gone_at_once() {
    let summaries = summaries(&["--fails=always", "--for=4h"]);
    // With `OnFailure` the pod is deleted when its Job has failed.
    assert_eq!(summaries[1]["failedKeptSeconds"], 0.0);
    assert_eq!(summaries[0]["failedKeptSeconds"].as_f64().expect("seconds").round(), 900.0);
}

#[test]
fn a_deadline_that_no_run_meets_leaves_all_runs_out() {
    let folder = Folder::new("simulate").file("job.yaml", program::FOUND);
    let run = folder.run(["simulate", "--from", "2026-12-01T00:00Z", "--zone", "UTC", "--for", "4d", "--timeline"]);
    assert!(run.out.contains("\n  4 runs: 4 left out\n"), "{}", run.out);
}

#[test]
fn a_name_that_nothing_has_is_said_to_be_wrong() {
    let run = simulated(&["--hangs", "backu"]);
    assert_eq!((run.status, run.out.as_str()), (2, ""));
    assert_eq!(run.err, "batchlint: no Job or CronJob that was read is called `backu`\n");
}

#[test]
fn the_configuration_of_a_file_holds_for_it() {
    let folder = Folder::new("simulate")
        .file("a/batchlint.toml", "controller-time-zone = \"Asia/Kolkata\"\nexclude = [\"c.yaml\"]\n");
    let daily = JOBS.split("---\n").next().expect("a part").replace("*/15 *", "0 4");
    let folder = folder.file("a/b.yaml", &daily).file("a/c.yaml", &daily).file("d.yaml", &daily);
    let run = folder.run(["simulate", "--from", "2026-12-01T00:00Z", "--zone", "UTC", "--for=1d", "--timeline"]);
    let starts: Vec<&str> = run.out.lines().filter(|line| line.ends_with(" starts")).map(str::trim).collect();
    assert_eq!(starts, ["22:30:00  run of 22:30 starts", "04:00:00  run of 04:00 starts"], "{}", run.out);
}
