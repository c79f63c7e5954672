//! A scenario in the form of the recordings, and the timeline that the simulation makes of it.

use batchlint::analysis::Settings;
use batchlint::controller::{Event, Failure, JobEvent, JobName, PodEvent, PodName, What};
use batchlint::foresight::Script;
use batchlint::k8s::schema::Version;
use batchlint::schedule::Instant;
use serde_json::Value as Json;

use super::values::{list, millis, written};

/// The recorded events, a line each.
pub(crate) fn recorded(events: &Json) -> Vec<String> {
    sorted(list(events).iter().map(recorded_line))
}

/// The simulated events, a line each.
pub(crate) fn simulated(scenario: &Json) -> Vec<String> {
    let mut lines = Vec::new();
    script(scenario).watch(&mut |event: Event| lines.extend(simulated_line(event)));
    sorted(lines.into_iter())
}

/// What is simulated.
pub(crate) fn script(scenario: &Json) -> Script {
    let settings = Settings::at(Instant::from_unix(0)).with_kubernetes(Version::new(36));
    let script = Script::read(&as_recorded(scenario).to_string(), &settings);
    script.unwrap_or_else(|fault| panic!("{fault}: {scenario}"))
}

/// The recorder looked for the object by its namespace, and changed none that is not written with one; it went on until
/// then all the same.
fn as_recorded(scenario: &Json) -> Json {
    let mut scenario = scenario.clone();
    if scenario["object"]["metadata"]["namespace"] != "default" {
        let changes = scenario["changes"].take();
        let last = list(&changes).iter().filter_map(|change| change["at"].as_i64()).max();
        scenario["until"] = scenario["until"].as_i64().max(last).into();
    }
    scenario
}

pub(crate) fn sorted(lines: impl Iterator<Item = String>) -> Vec<String> {
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

pub(crate) fn simulated_line(event: Event) -> Option<String> {
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
