//! A year of a thousand CronJobs: a mix of schedules in a zone whose clocks change, of which one Job in fifty fails at
//! first.

use batchlint::controller::{
    Assumptions, Attempt, Beginning, CronJob, Delay, JobEnd, Moment, Object, Outcome, Pods, Scenario, Work, simulate,
};
use batchlint::k8s::objects::{self, FromNode};
use batchlint::k8s::schema::Version;
use batchlint::schedule::{Instant, Seconds};
use batchlint::yaml;

fn main() {
    divan::main();
}

const SCHEDULES: [&str; 8] = [
    "*/5 * * * *",
    "0 * * * *",
    "30 2 * * *",
    "*/15 * * * *",
    "0 3 * * 1",
    "0 0 1 * *",
    "*/10 9-17 * * MON-FRI",
    "7 */2 * * *",
];
const POLICIES: [&str; 3] = ["Allow", "Forbid", "Replace"];
/// 2026-12-01 00:00 UTC.
const START: Moment = Moment::of(Instant::from_unix(1_796_083_200));

/// With every pod, event by event: 190 million.
#[divan::bench(sample_count = 1, sample_size = 1)]
fn a_year_of_a_thousand_cron_jobs_with_their_pods() -> u64 {
    let outcome = |attempt: Attempt| Outcome::Exits {
        after: Delay::from_seconds(120),
        code: i32::from(attempt.job % 50 == 49 && attempt.of_job == 0),
    };
    let (start, stop) = (Delay::from_seconds(2), Delay::SECOND);
    fleet(Work::Pods(Pods { start, stop, outcome: &outcome }))
}

/// Where only the Jobs' ends are told: 84 million.
#[divan::bench(sample_count = 1, sample_size = 1)]
fn a_year_of_a_thousand_cron_jobs() -> u64 {
    fleet(Work::Jobs(&|_| JobEnd { after: Delay::from_seconds(120), fails: false }))
}

fn fleet(work: Work<'_>) -> u64 {
    (0..1_000).map(|number| year(cron_job(number), work)).sum()
}

fn year(object: Object, work: Work<'_>) -> u64 {
    let scenario = Scenario {
        object,
        beginning: Beginning::Created(START),
        until: START + Delay::from(Seconds::DAY.saturating_mul(365)),
        assumptions: Assumptions { work, latency: Delay::default(), repeats: Some(50) },
        outages: Vec::new(),
        changes: Vec::new(),
    };
    let mut events = 0;
    simulate(&scenario, &mut |_| events += 1);
    events
}

fn cron_job(number: usize) -> Object {
    let (schedule, policy) = (SCHEDULES[number % SCHEDULES.len()], POLICIES[number % POLICIES.len()]);
    let text = format!("spec: {{schedule: '{schedule}', timeZone: Europe/Berlin, concurrencyPolicy: {policy}}}");
    let file = yaml::parse(&text);
    let root = file.documents[0].root().unwrap();
    let spec = objects::CronJob::from_node(root.into()).unwrap().spec().unwrap().value;
    Object::CronJob(CronJob::of(spec, Version::new(36)))
}
