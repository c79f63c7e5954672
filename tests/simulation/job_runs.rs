//! Jobs and CronJobs with their pods: every event, to the millisecond.

use std::path::Path;

use batchlint::controller::{
    Assumptions, Attempt, Beginning, Delay, Event, Failure, JobEvent, JobName, Moment, Object, Outcome, PodEvent,
    PodName, Pods, Scenario, What, Work, simulate,
};
use batchlint::schedule::Instant;
use serde_json::Value as Json;

use super::recorded::{difference, judge, lines, list, merge, millis, object, read, whole, written};

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
    let recorded = sorted(list(&scenario["events"]).iter().map(recorded_line));
    let simulated = simulated(scenario);
    Some((scenario["id"].as_str().expect("a name").to_owned(), difference(&simulated, &recorded)?))
}

fn simulated(json: &Json) -> Vec<String> {
    let outcome = |attempt: Attempt| outcome(json, attempt);
    let seconds = |json: &Json| delay(json.as_f64().expect("a number"));
    let pods = Pods {
        start: seconds(&json["pod_start_seconds"]),
        stop: seconds(&json["pod_stop_seconds"]),
        outcome: &outcome,
    };
    let moment = |json: &Json| Moment::of(Instant::from_unix(whole(json)));
    let outages = list(&json["outages"]).iter().map(|outage| moment(&outage[0])..moment(&outage[1]));
    let scenario = Scenario {
        object: object(&json["object"]),
        beginning: Beginning::Created(moment(&json["created"])),
        until: end(json),
        assumptions: Assumptions { work: Work::Pods(pods), latency: Delay::default(), repeats: Some(1) },
        outages: outages.collect(),
        changes: changes(json),
    };
    let mut lines = Vec::new();
    simulate(&scenario, &mut |event| lines.extend(simulated_line(event)));
    sorted(lines.into_iter())
}

/// The recorder goes on until all that it is to do is done.
fn end(json: &Json) -> Moment {
    let outages = list(&json["outages"]).iter().map(|outage| &outage[1]);
    let steps = list(&json["changes"]).iter().map(|change| &change["at"]);
    let last = outages.chain(steps).chain([&json["until"]]).map(whole).max();
    Moment::of(Instant::from_unix(last.unwrap_or(0)))
}

/// What the object is changed to. The recorder looked for it by its namespace, and changed none that is not written
/// with one.
fn changes(json: &Json) -> Vec<(Moment, Object)> {
    let mut current = json["object"].clone();
    let is_found = current["metadata"]["namespace"] == "default";
    let changes = list(&json["changes"]).iter().filter(|_| is_found).map(|change| {
        merge(&mut current, &change["patch"]);
        (Moment::of(Instant::from_unix(whole(&change["at"]))), object(&current))
    });
    changes.collect()
}

/// As the recorder's kubelet chose it.
fn outcome(json: &Json, attempt: Attempt) -> Outcome {
    let by_index = attempt.index.map(|index| &json["pods_by_index"][index.to_string()]);
    let counts_each = json["pods_by_index"].as_object().is_some_and(|indexes| !indexes.is_empty());
    let outcomes = match by_index {
        Some(own @ Json::Array(_)) => list(own),
        _ => list(&json["pods"]),
    };
    let before = if counts_each { attempt.of_index } else { attempt.of_job };
    let outcome = &outcomes[before as usize % outcomes.len()];
    let after = delay(outcome["seconds"].as_f64().unwrap_or(0.0));
    let code = outcome["exit"].as_i64().unwrap_or(0).try_into().expect("an exit code");
    if outcome["no_start"] == true && !attempt.is_restart {
        Outcome::NeverStarts
    } else if outcome["disrupt"] == true {
        Outcome::Evicted { after, code }
    } else {
        Outcome::Exits { after, code }
    }
}

/// As Go makes nanoseconds of them.
fn delay(seconds: f64) -> Delay {
    Delay::from_micros((seconds * 1e9) as i64 / 1_000)
}

fn sorted(lines: impl Iterator<Item = String>) -> Vec<String> {
    let mut lines: Vec<String> = lines.collect();
    lines.sort();
    lines
}

fn line(at: i64, what: &str, job: &str, pod: (Option<i64>, Option<i64>), detail: &str) -> String {
    format!("{at} {what} {job} {pod:?} {detail}")
}

fn recorded_line(event: &Json) -> String {
    let text = |name: &str| event[name].as_str().unwrap_or("").to_owned();
    let pod = (event["pod"].as_i64(), event["index"].as_i64());
    let detail = if event["what"] == "changed" { String::new() } else { text("detail") };
    line(millis(&event["at"]), &text("what"), &text("job"), pod, &detail)
}

fn simulated_line(event: Event) -> Option<String> {
    let (what, job, pod, detail) = match event.what {
        What::Changed => ("changed", String::new(), None, String::new()),
        What::Job(job, event) => {
            let (what, detail) = job_event(job, event);
            (what, name(job), None, detail)
        }
        What::Pod(job, pod, event) => {
            let (what, detail) = pod_event(event);
            (what, name(job), Some(pod), detail)
        }
        _ => return None,
    };
    let number = pod.map(|PodName { number, .. }| i64::from(number));
    let pod = (number, pod.and_then(|pod| pod.index).map(i64::from));
    Some(line(event.at.millis(), what, &job, pod, &detail))
}

fn name(job: JobName) -> String {
    job.minute().map_or_else(|| "job".to_owned(), |minute| format!("cj-{minute}"))
}

fn job_event(job: JobName, event: JobEvent) -> (&'static str, String) {
    let scheduled = || job.scheduled.map_or_else(String::new, |run| written(run.unix()));
    match event {
        JobEvent::Created => ("job-created", scheduled()),
        JobEvent::Suspended => ("job-suspended", "JobSuspended".to_owned()),
        JobEvent::Resumed => ("job-suspended", "not: JobResumed".to_owned()),
        JobEvent::FailureTarget(reason) => ("job-failureTarget", reason.name().to_owned()),
        JobEvent::Failed(reason) => ("job-failed", reason.name().to_owned()),
        JobEvent::SuccessCriteriaMet(reason) => ("job-successCriteriaMet", reason.name().to_owned()),
        JobEvent::Complete(reason) => ("job-complete", reason.name().to_owned()),
        JobEvent::Gone(_) => ("job-gone", String::new()),
        _ => ("job-otherwise", String::new()),
    }
}

fn pod_event(event: PodEvent) -> (&'static str, String) {
    match event {
        PodEvent::Created => ("pod-created", String::new()),
        PodEvent::Running => ("pod-running", String::new()),
        PodEvent::ContainerFailed(code) => ("container-failed", format!("exit {code}")),
        PodEvent::Succeeded => ("pod-succeeded", String::new()),
        PodEvent::Failed(Failure::Exit(code)) => ("pod-failed", format!("exit {code}")),
        PodEvent::Failed(Failure::Disrupted) => ("pod-failed", "disrupted".to_owned()),
        PodEvent::Failed(Failure::Terminated) => ("pod-failed", "terminated".to_owned()),
        PodEvent::Terminating => ("pod-terminating", String::new()),
        PodEvent::Gone => ("pod-gone", String::new()),
        _ => ("pod-otherwise", String::new()),
    }
}
