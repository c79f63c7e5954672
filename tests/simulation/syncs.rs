//! The CronJob controller that takes its time: the Jobs it makes, and what it says.

use std::collections::BTreeMap;

use batchlint::controller::{
    Assumptions, Beginning, CronJob, CronJobEvent, Delay, Event, JobEnd, JobEvent, Moment, Object, Scenario, What,
    Work, simulate,
};
use batchlint::schedule::Instant;
use serde_json::{Value as Json, json};

use super::recorded::{judge, lines, object, whole};
use super::values::{difference, list, time};

/// The recorder stopped at this Job.
const MOST: usize = 30;

#[test]
fn jobs_start_when_the_recorded_ones_did() {
    let Some(scenarios) = lines("conformance/controller-sync.jsonl") else { return };
    let differing: Vec<_> = scenarios.iter().filter_map(differs).collect();
    judge("controller-sync", scenarios.len(), &differing);
}

fn differs(scenario: &Json) -> Option<(String, String)> {
    let recorded = list(&scenario["jobs"]);
    let mut simulated = Recorder::default();
    simulate_into(scenario, &mut simulated);
    let mut recorded: Vec<String> = recorded.iter().map(recorded_line).collect();
    if recorded.len() < MOST {
        recorded.push(said(&scenario["events"]));
        simulated.jobs.push(said(&json!(simulated.said)));
    }
    let mut name = scenario.clone();
    for long in ["jobs", "events"] {
        name[long] = Json::Null;
    }
    Some((name.to_string(), difference(&simulated.jobs, &recorded)?))
}

#[derive(Default)]
struct Recorder {
    jobs: Vec<String>,
    said: BTreeMap<&'static str, u32>,
}

fn simulate_into(json: &Json, recorder: &mut Recorder) {
    let ending = |_| JobEnd { after: Delay::from_seconds(whole(&json["job_seconds"])), fails: false };
    let moment = |json: &Json| Moment::of(Instant::from_unix(whole(json)));
    let ranges = |json| list(json).iter().map(|range| moment(&range[0])..moment(&range[1]));
    let cron_job = cron_job(json);
    let suspended = |is_suspended| Object::CronJob(CronJob { is_suspended, ..cron_job.clone() });
    let changes = ranges(&json["suspended"]);
    let changes = changes.flat_map(|range| [(range.start, suspended(true)), (range.end, suspended(false))]);
    let scenario = Scenario {
        object: suspended(false),
        beginning: Beginning::Created(moment(&json["created"])),
        until: end(json),
        assumptions: Assumptions {
            work: Work::Jobs(&ending),
            latency: Delay::from_millis(whole(&json["sync_latency_ms"])),
            repeats: Some(1),
        },
        outages: ranges(&json["controller_down"]).collect(),
        changes: changes.collect(),
    };
    simulate(&scenario, &mut |event| recorder.take(event));
}

/// When nothing is compared any more.
fn end(json: &Json) -> Moment {
    match list(&json["jobs"]) {
        jobs if jobs.len() >= MOST => Moment::from_millis(at(&jobs[jobs.len() - 1]) + 1),
        // A day of nothing is enough.
        [] if json["events"] == json!({}) => Moment::of(Instant::from_unix(whole(&json["created"]) + 86_400)),
        _ => Moment::of(Instant::from_unix(whole(&json["until"]))),
    }
}

fn cron_job(json: &Json) -> CronJob {
    let mut spec = json!({"schedule": json["schedule"], "concurrencyPolicy": json["concurrency_policy"]});
    if json["tz"].as_str().is_some_and(|zone| !zone.is_empty()) {
        spec["timeZone"] = json["tz"].clone();
    }
    if !json["starting_deadline_seconds"].is_null() {
        spec["startingDeadlineSeconds"] = json["starting_deadline_seconds"].clone();
    }
    match object(&json!({"kind": "CronJob", "spec": spec})) {
        Object::CronJob(cron_job) => cron_job,
        Object::Job(_) => unreachable!("it is a CronJob"),
    }
}

impl Recorder {
    fn take(&mut self, event: Event) {
        let mut say = |what| *self.said.entry(what).or_default() += 1;
        match event.what {
            What::Job(job, JobEvent::Created) => {
                let run = job.scheduled.map_or(0, Instant::unix);
                say("SuccessfulCreate");
                self.jobs.push(line(event.at.millis(), run));
            }
            What::Job(_, JobEvent::Gone(_)) => say("SuccessfulDelete"),
            What::CronJob(CronJobEvent::AlreadyActive(_)) => say("JobAlreadyActive"),
            What::CronJob(CronJobEvent::Missed(_)) => say("MissSchedule"),
            What::CronJob(CronJobEvent::TooManyMissed) => say("TooManyMissedTimes"),
            What::CronJob(CronJobEvent::InvalidSchedule) => say("InvalidSchedule"),
            What::CronJob(CronJobEvent::NameTaken(_)) => say("(AlreadyExists)"),
            What::CronJob(CronJobEvent::SawCompleted(_)) => say("SawCompletedJob"),
            _ => {}
        }
    }
}

fn recorded_line(job: &Json) -> String {
    line(at(job), whole(&job["scheduled"]))
}

fn at(job: &Json) -> i64 {
    let (seconds, nanos) = time(job["at"].as_str().expect("a time"));
    seconds * 1_000 + nanos / 1_000_000
}

fn line(at: i64, scheduled: i64) -> String {
    format!("{at} {scheduled}")
}

fn said(events: &Json) -> String {
    events.to_string()
}
