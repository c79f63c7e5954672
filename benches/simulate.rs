//! A year of a thousand CronJobs, told event by event: a mix of schedules in a zone whose clocks change, of which one Job
//! in fifty fails at first. And what comes of fleets in figures: the schedules of real manifests, of which one Job in
//! twenty fails at first.

#![expect(clippy::disallowed_methods, reason = "a bench reads its input from disk")]

#[path = "../tests/shared/mod.rs"]
mod shared;

use std::collections::BTreeSet;

use batchlint::Config;
use batchlint::analysis::analyse;
use batchlint::controller::{
    Assumptions, Attempt, Beginning, CronJob, Delay, JobEnd, Moment, Object, Outcome, Pods, Scenario, Work, simulate,
};
use batchlint::foresight::{Summary, plans};
use batchlint::k8s::objects::{self, FromNode};
use batchlint::k8s::schema::Version;
use batchlint::schedule::{Instant, Seconds};
use batchlint::text::Source;
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

#[divan::bench(sample_count = 1, sample_size = 1)]
fn figures_of_a_year_of_a_thousand_cron_jobs(bencher: divan::Bencher<'_, '_>) {
    let schedules = real_schedules();
    bencher.bench_local(|| figures(&schedules, 1_000, Seconds::DAY * 365));
}

#[divan::bench(sample_count = 1, sample_size = 1)]
fn figures_of_a_week_of_ten_thousand_cron_jobs(bencher: divan::Bencher<'_, '_>) {
    let schedules = real_schedules();
    bencher.bench_local(|| figures(&schedules, 10_000, Seconds::DAY * 7));
}

/// The schedules that real manifests have, each once.
fn real_schedules() -> Vec<String> {
    let Some(folder) = shared::find("wild/plain") else { return SCHEDULES.map(str::to_owned).to_vec() };
    let mut schedules = BTreeSet::new();
    for entry in walkdir::WalkDir::new(folder).into_iter().flatten().filter(|entry| entry.file_type().is_file()) {
        let text = std::fs::read(entry.path()).unwrap();
        let source = Source::new("", String::from_utf8_lossy(&text));
        let config = Config::at(START.instant());
        let analysis = analyse(source, config.settings());
        for plan in plans(&analysis, &config) {
            if let Ok(Object::CronJob(cron_job)) = plan.object {
                schedules.insert(cron_job.written.0);
            }
        }
    }
    schedules.into_iter().collect()
}

/// How many Jobs start.
fn figures(schedules: &[String], count: usize, length: Seconds) -> u64 {
    let outcome = |attempt: Attempt| Outcome::Exits {
        after: Delay::from_seconds(120),
        code: i32::from(attempt.job % 20 == 19 && attempt.of_job == 0),
    };
    let (start, stop) = (Delay::from_seconds(2), Delay::SECOND);
    let work = Work::Pods(Pods { start, stop, outcome: &outcome });
    let started = schedules.iter().cycle().take(count).map(|schedule| {
        let object = object(&format!("schedule: '{schedule}', concurrencyPolicy: Forbid"));
        Summary::of(&scenario(object, (work, 20), length)).started
    });
    started.sum()
}

fn fleet(work: Work<'_>) -> u64 {
    (0..1_000).map(|number| year(cron_job(number), work)).sum()
}

fn year(object: Object, work: Work<'_>) -> u64 {
    let mut events = 0;
    simulate(&scenario(object, (work, 50), Seconds::DAY * 365), &mut |_| events += 1);
    events
}

fn scenario<'a>(object: Object, (work, repeats): (Work<'a>, u64), length: Seconds) -> Scenario<'a> {
    Scenario {
        object,
        beginning: Beginning::Created(START),
        until: START + Delay::from(length),
        assumptions: Assumptions { work, latency: Delay::default(), repeats: Some(repeats) },
        outages: Vec::new(),
        changes: Vec::new(),
    }
}

fn cron_job(number: usize) -> Object {
    let (schedule, policy) = (SCHEDULES[number % SCHEDULES.len()], POLICIES[number % POLICIES.len()]);
    object(&format!("schedule: '{schedule}', timeZone: Europe/Berlin, concurrencyPolicy: {policy}"))
}

fn object(spec: &str) -> Object {
    let file = yaml::parse(&format!("spec: {{{spec}}}"));
    let root = file.documents[0].root().unwrap();
    let spec = objects::CronJob::from_node(root.into()).unwrap().spec().unwrap().value;
    Object::CronJob(CronJob::of(spec, Version::new(36)))
}
