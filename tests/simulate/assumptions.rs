//! Who says what is to be assumed, and what comes of it.

use serde_json::{Value as Json, json};

use super::program::{Folder, Run};

const FROM: [&str; 4] = ["--from", "2026-12-01T00:00Z", "--zone", "UTC"];

fn cron_job(annotations: &str, comment: &str) -> String {
    format!(
        "apiVersion: batch/v1\nkind: CronJob\nmetadata:\n  name: backup\n  annotations: {{{annotations}}}\nspec:{comment}\n  \
         schedule: '*/15 * * * *'\n  concurrencyPolicy: Forbid\n  jobTemplate: {{spec: {{template: {{spec: \
         {{restartPolicy: Never, containers: [{{name: main, image: 'main:1.4.2'}}]}}}}}}}}\n"
    )
}

fn simulated(folder: &Folder, args: &[&str]) -> Run {
    folder.run([&["simulate"], &FROM[..], args].concat())
}

fn simulation(folder: &Folder, args: &[&str]) -> Json {
    let run = simulated(folder, &[&["--format=json"], args].concat());
    assert_eq!((run.status, run.err.as_str()), (0, ""));
    let answer: Json = serde_json::from_str(&run.out).expect("JSON");
    assert_eq!(answer["simulations"].as_array().map(Vec::len), Some(1), "{answer:#}");
    answer["simulations"][0].clone()
}

/// What is assumed beside what nobody says.
fn said(simulation: &Json) -> Vec<[String; 3]> {
    let list = simulation["assumptions"].as_array().expect("a list").iter();
    let told = list.filter(|one| one["source"] != "default");
    told.map(|one| ["what", "value", "source"].map(|key| one[key].as_str().expect("a text").to_owned())).collect()
}

#[test]
fn the_stronger_source_holds_and_each_is_named() {
    let comment = " # batchlint: run-time=1m as in May # batchlint: fails=1";
    let folder = Folder::new("assumptions").file("job.yaml", &cron_job("", comment));
    let expected = |run_time: &str, source: &str, fails: &str, of: &str| {
        [["fails", fails, of], ["runTime", run_time, source]].map(|one| one.map(str::to_owned)).to_vec()
    };
    assert_eq!(said(&simulation(&folder, &[])), expected("1m", "comment", "1", "comment"));
    let annotation = "batchlint.dev/run-time: 2m";
    let folder = Folder::new("assumptions").file("job.yaml", &cron_job(annotation, comment));
    assert_eq!(said(&simulation(&folder, &[])), expected("2m", "annotation", "1", "comment"));
    let folder = folder.file(
        "batchlint.toml",
        "[simulate]\nrun-time = '9m'\n[simulate.objects.backup]\nrun-time = '3m'\n[simulate.objects.other]\nfails = 7\n",
    );
    assert_eq!(said(&simulation(&folder, &[])), expected("3m", "configuration", "1", "comment"));
    let shown = folder.run(["config", "show", "job.yaml"]).out;
    assert!(shown.contains("simulate.objects.\"backup\".run-time = \"3m\" "), "{shown}");
    let told = simulation(&folder, &["--run-time=4m", "--fails=backup=always"]);
    assert_eq!(said(&told), expected("4m", "commandLine", "always", "commandLine"));
    let run = simulated(&folder, &[]);
    let line = "\n  assumed: each attempt takes 3m (by the configuration); of each run, the first\n    attempt fails (by a \
                comment); 2026-12-01";
    assert!(run.out.contains(line), "{}", run.out);
}

#[test]
fn what_is_restarted_in_place_is_told() {
    let job = "apiVersion: batch/v1\nkind: Job\nmetadata: {name: a}\nspec: {template: {spec: {restartPolicy: OnFailure, \
               containers: [{name: main, image: 'main:1.4.2'}]}}}\n";
    let folder = Folder::new("assumptions").file("job.yaml", job);
    let run = simulated(&folder, &["--timeline", "--fails=1", "--run-time=1m"]);
    assert!(run.out.contains("\n    00:01:01  pod 1 exits with 1, and is restarted in place\n"), "{}", run.out);
}

#[test]
fn who_says_how_long_work_takes_says_that_it_ends() {
    let folder = Folder::new("assumptions").file("job.yaml", &cron_job("batchlint.dev/hangs: 'true'", ""));
    assert_eq!(simulation(&folder, &["--for=1h"])["summary"]["active"], 1);
    assert_eq!(simulation(&folder, &["--for=1h", "--run-time=1m"])["summary"]["active"], 0);
}

#[test]
fn lengths_between_two_others_are_drawn_by_a_seed() {
    let folder = Folder::new("assumptions").file("job.yaml", &cron_job("", " # batchlint: run-time=2m..10m"));
    let first = simulation(&folder, &["--for=1d"]);
    assert_eq!(first, simulation(&folder, &["--for=1d", "--seed=1"]));
    assert_ne!(first["events"], simulation(&folder, &["--for=1d", "--seed=2"])["events"]);
    let run = simulated(&folder, &["--for=1d", "--seed=7"]);
    assert!(run.out.contains("takes 2m to 10m (by a comment), drawn with seed 7"), "{}", run.out);
    let at = |what: &str| -> Vec<f64> {
        let events = first["events"].as_array().expect("a list").iter().filter(|event| event["what"] == what);
        events.map(|event| event["at"].as_f64().expect("a number")).collect()
    };
    let lengths: Vec<f64> = at("pod-succeeded").iter().zip(at("pod-running")).map(|(end, start)| end - start).collect();
    assert!(lengths.len() > 90 && lengths.iter().all(|length| (120.0..=600.0).contains(length)), "{lengths:?}");
    let middle = lengths.iter().filter(|length| (240.0..480.0).contains(*length)).count();
    assert!((lengths.len() / 3..lengths.len() * 2 / 3).contains(&middle), "half of them are in the middle: {middle}");
}

#[test]
fn evicted_pods_are_replaced_as_often_as_the_limit_allows() {
    let folder = Folder::new("assumptions").file("job.yaml", &cron_job("", ""));
    let summary = simulation(&folder, &["--evicted=backup=2", "--for=2h"])["summary"].clone();
    assert_eq!((&summary["failed"], &summary["complete"], &summary["pods"]), (&json!(0), &json!(7), &json!(21)));
    assert_eq!(simulation(&folder, &["--evicted=7", "--for=2h"])["summary"]["complete"], 0);
}

/// As `kubectl get cronjobs,jobs -o yaml` prints them, in short: a CronJob with a Job that is complete, one that has failed,
/// one that runs.
fn cluster() -> String {
    let cron_job = "apiVersion: batch/v1\n  kind: CronJob\n  metadata: {name: backup, namespace: jobs, creationTimestamp: \
                    '2026-11-01T00:00:00Z', uid: a}\n  spec:\n    schedule: '0 * * * *'\n    concurrencyPolicy: Forbid\n    \
                    jobTemplate: {spec: {template: {spec: {restartPolicy: Never, containers: [{name: main, image: \
                    'main:1.4.2'}]}}}}\n  status: {lastScheduleTime: '2026-11-30T23:00:00Z', active: [{name: \
                    backup-29934660, namespace: jobs}]}\n";
    let job = |run: i64, status: &str| {
        format!(
            "- apiVersion: batch/v1\n  kind: Job\n  metadata: {{name: backup-{run}, namespace: jobs, creationTimestamp: \
             '2026-11-30T20:00:00Z', ownerReferences: [{{apiVersion: batch/v1, kind: CronJob, name: backup, uid: a, \
             controller: true}}]}}\n  spec: {{template: {{spec: {{restartPolicy: Never, containers: [{{name: main, image: \
             'main:1.4.2'}}]}}}}}}\n  status: {{{status}}}\n"
        )
    };
    let jobs = [
        job(
            29_934_480,
            "startTime: '2026-11-30T20:00:00Z', completionTime: '2026-11-30T20:41:00Z', succeeded: 1, conditions: [{type: Complete, status: 'True'}]",
        ),
        job(
            29_934_540,
            "startTime: '2026-11-30T21:00:00Z', completionTime: '2026-11-30T21:44:00Z', succeeded: 1, conditions: [{type: Complete, status: 'True'}]",
        ),
        job(
            29_934_600,
            "startTime: '2026-11-30T22:00:00Z', failed: 7, conditions: [{type: Failed, status: 'True', lastTransitionTime: '2026-11-30T22:11:00Z'}]",
        ),
        job(29_934_660, "startTime: '2026-11-30T23:00:00Z', active: 1"),
    ];
    format!("apiVersion: v1\nkind: List\nitems:\n- {cron_job}{}", jobs.concat())
}

#[test]
fn run_times_are_learned_from_the_jobs_of_the_input() {
    let folder = Folder::new("assumptions").file("cluster.yaml", &cluster());
    let run = simulated(&folder, &["--for=6h"]);
    assert!(
        run.out.contains(
            "each attempt takes 41m to 44m (learned from 3 finished Jobs, 1 of\n    them failed), drawn with seed 1"
        ),
        "{}",
        run.out
    );
    assert_eq!(said(&simulation(&folder, &[]))[0], ["runTime", "41m..44m", "learned"].map(str::to_owned));
}

#[test]
fn a_cron_job_of_a_cluster_goes_on_from_where_it_stands() {
    let folder = Folder::new("assumptions").file("cluster.yaml", &cluster());
    // At 00:10 the run of 23:00 is active for 70 minutes, and that of 00:00 waits for it.
    let args = ["simulate", "--from", "2026-12-01T00:10Z", "--run-time=90m", "--for=1h", "--format=json"];
    let answer: Json = serde_json::from_str(&folder.run(args).out).expect("JSON");
    let events = answer["simulations"][0]["events"].as_array().expect("a list");
    let of_jobs: Vec<String> = events
        .iter()
        .filter(|event| event["what"].as_str().is_some_and(|what| what.starts_with("job-")))
        .map(|event| format!("{} {} {}", event["utc"], event["what"], event["job"]).replace('"', ""))
        .collect();
    let ended = of_jobs.iter().find(|line| line.ends_with("job-complete backup-29934660"));
    assert!(ended.is_some_and(|line| line.starts_with("2026-12-01T00:30:0")), "{of_jobs:#?}");
    let late = of_jobs.iter().find(|line| line.contains("job-created"));
    assert!(late.is_some_and(|line| line.starts_with("2026-12-01T00:30:0")), "{of_jobs:#?}");
    assert!(late.is_some_and(|line| line.ends_with("backup-29934720")), "{of_jobs:#?}");
}
