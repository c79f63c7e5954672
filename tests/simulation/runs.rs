//! CronJobs whose Jobs end as they are told: every Job, and what becomes of it.

use batchlint::controller::{
    Assumptions, Beginning, Delay, Deletion, Event, JobEnd, JobEvent, JobName, Moment, Scenario, What, Work, simulate,
};
use batchlint::schedule::Instant;
use serde_json::{Value as Json, json};

use super::recorded::{judge, lines, object, whole};
use super::values::{difference, list, millis};

/// Here a run below a minute met the Job of its minute, and the recorder's API server did not say that it exists, but
/// that something is wrong: the controller tried again, for longer and longer. The real one goes on.
const WRONG_ANSWER: [&str; 5] = ["s0025", "s0158", "s0220", "s0320", "s0547"];

#[test]
fn jobs_are_made_and_deleted_as_recorded() {
    let Some(scenarios) = lines("conformance/controller.jsonl") else { return };
    let differing: Vec<_> = scenarios.iter().filter_map(differs).collect();
    let differing: Vec<_> = differing.into_iter().filter(|(id, _)| !WRONG_ANSWER.contains(&id.as_str())).collect();
    judge("controller", scenarios.len(), &differing);
}

fn differs(scenario: &Json) -> Option<(String, String)> {
    let recorded = sorted(list(&scenario["events"]).iter().map(recorded_line));
    let difference = difference(&simulated(scenario), &recorded)?;
    Some((scenario["id"].as_str().expect("a name").to_owned(), difference))
}

fn simulated(json: &Json) -> Vec<String> {
    let runs = list(&json["runs"]);
    let ending = |number: u64| {
        let run = &runs[usize::try_from(number).expect("few") % runs.len()];
        JobEnd { after: Delay::from_seconds(whole(&run["seconds"])), fails: run["fails"] == true }
    };
    let moment = |json: &Json| Moment::of(Instant::from_unix(whole(json)));
    let outages = list(&json["outages"]).iter().map(|outage| moment(&outage[0])..moment(&outage[1]));
    let scenario = Scenario {
        object: object(&json!({"kind": "CronJob", "spec": json["spec"]})),
        beginning: Beginning::Created(moment(&json["created"])),
        // The recorder lets the look that is due at the end happen.
        until: moment(&json["until"]) + Delay::from_millis(999),
        assumptions: Assumptions {
            work: Work::Jobs(&ending),
            latency: Delay::default(),
            repeats: Some(runs.len() as u64),
        },
        outages: outages.collect(),
        changes: Vec::new(),
    };
    let mut lines = Vec::new();
    simulate(&scenario, &mut |event| lines.extend(simulated_line(event)));
    sorted(lines.into_iter())
}

/// What happens at the same instant comes in any order.
fn sorted(lines: impl Iterator<Item = String>) -> Vec<String> {
    let mut lines: Vec<String> = lines.collect();
    lines.sort();
    lines
}

fn recorded_line(event: &Json) -> String {
    let text = |name: &str| event[name].as_str().unwrap_or("").to_owned();
    line(millis(&event["at"]), &text("what"), &text("job"), event["scheduled"].as_i64())
}

fn simulated_line(event: Event) -> Option<String> {
    let What::Job(job, what) = event.what else { return None };
    let (what, scheduled) = match what {
        JobEvent::Created => ("create", job.scheduled.map(Instant::unix)),
        JobEvent::Complete(_) => ("succeeded", None),
        JobEvent::Failed(_) => ("failed", None),
        JobEvent::Gone(Deletion::Replaced) => ("replace", None),
        JobEvent::Gone(Deletion::Pruned) => ("prune", None),
        JobEvent::Gone(Deletion::Expired) => ("expire", None),
        _ => return None,
    };
    Some(line(event.at.millis(), what, &name(job), scheduled))
}

fn name(job: JobName) -> String {
    job.minute().map_or_else(String::new, |minute| format!("cj-{minute}"))
}

fn line(at: i64, what: &str, job: &str, scheduled: Option<i64>) -> String {
    format!("{at} {what} {job} {scheduled:?}")
}
