//! Scenarios of which much comes: many pods, many runs, many outages and changes, and instants at the ends of time.

use crate::shapes::{Shape, numbered};

pub(crate) const SCENARIOS: &[(&str, Shape)] = &[
    ("a run each second", |size| each_second(size / 40, "Allow", 1)),
    ("a run each second, each waited for", |size| each_second(size / 40, "Forbid", 1)),
    ("a run each second, each replaced", |size| each_second(size / 40, "Replace", 1_000_000)),
    ("a run each minute that never ends", |size| {
        scenario(&cron_job("* * * * *", "Allow"), size / 4, &lasting(10_000_000_000_f64))
    }),
    ("thousands of years", |size| {
        let line = scenario(&cron_job("0 0 1 */3 *", "Allow"), 0, &lasting(1.0));
        let line = line.replace(&format!("\"created\": {FROM}"), "\"created\": -62135596800");
        line.replace(&format!("\"until\": {FROM}"), &format!("\"until\": {}", size as i64 * 31_000 - 62_135_596_800))
    }),
    ("many pods at once", |size| scenario(&job(&format!("\"parallelism\": {}", size / 80)), 100_000, &lasting(600.0))),
    ("many pods one after the other", |size| {
        scenario(&job(&format!("\"completions\": {}", size / 400)), 100_000_000, &lasting(1.0))
    }),
    ("many indexes", |size| scenario(&job(&indexed(size / 80, 1_000)), 100_000_000, &lasting(5.0))),
    ("many indexes at once", |size| scenario(&job(&indexed(size / 80, size / 80)), 100_000_000, &lasting(600.0))),
    ("many indexes that fail", |size| {
        let spec = format!("{}, \"backoffLimitPerIndex\": 0", indexed(size / 160, 1_000));
        scenario(&job(&spec), 100_000_000, "{\"seconds\": 5, \"exit\": 1}")
    }),
    ("many indexes that end one after the other", |size| {
        let line = scenario(&job(&indexed(size / 160, size / 160)), 100_000_000, &lasting(600.0));
        let pods = numbered(97, |n| format!("{{\"seconds\": {}, \"exit\": 0}},", 600 + n * 61));
        line.replace(&format!("[{}]", lasting(600.0)), &format!("[{}]", pods.trim_end_matches(',')))
    }),
    ("many indexes that fail and are tried again", |size| {
        let spec = format!("{}, \"backoffLimitPerIndex\": 2", indexed(size / 320, size / 320));
        scenario(&job(&spec), 100_000_000, "{\"seconds\": 600, \"exit\": 1}")
    }),
    ("many pods that are stopped", |size| {
        let line = scenario(&job(&format!("\"parallelism\": {}", size / 160)), 100_000, &lasting(1_000_000.0));
        let change =
            |seconds| format!("{{\"at\": {}, \"patch\": {{\"spec\": {{\"parallelism\": 1}}}}}}", FROM + seconds);
        line.replace("\"pods\"", &format!("\"changes\": [{}], \"pods\"", change(90_000)))
    }),
    ("many Jobs that are kept", |size| {
        let kept = format!("\"successfulJobsHistoryLimit\": {}, \"jobTemplate\"", i32::MAX);
        scenario(&cron_job("* * * * *", "Allow").replace("\"jobTemplate\"", &kept), size / 2, &lasting(1.0))
    }),
    ("failures without end", |size| {
        scenario(&job("\"backoffLimit\": 2147483647"), size * 50, "{\"seconds\": 0, \"exit\": 1}")
    }),
    ("outages", |size| {
        let outages = numbered(size, |n| format!("[{}, {}],", FROM + n as i64 * 9, FROM + n as i64 * 9 + 5));
        let line = scenario(&cron_job("* * * * *", "Forbid"), size, &lasting(100.0));
        line.replace("\"pods\"", &format!("\"outages\": [{}], \"pods\"", outages.trim_end_matches(',')))
    }),
    ("outages that lie in each other", |size| {
        let outages = numbered(size, |n| format!("[{}, {}],", FROM + n as i64, FROM + size as i64 - n as i64));
        let line = scenario(&cron_job("* * * * *", "Forbid"), size, &lasting(100.0));
        line.replace("\"pods\"", &format!("\"outages\": [{}], \"pods\"", outages.trim_end_matches(',')))
    }),
    ("changes", |size| {
        let change = |n: usize| {
            let at = FROM + n as i64 * 7;
            format!("{{\"at\": {at}, \"patch\": {{\"spec\": {{\"parallelism\": {}}}}}}},", n % 5)
        };
        let line = scenario(&job("\"completions\": 100000"), size, &lasting(100.0));
        line.replace(
            "\"pods\"",
            &format!("\"changes\": [{}], \"pods\"", numbered(size / 40, change).trim_end_matches(',')),
        )
    }),
    ("deadlines at the limits", |size| {
        let most = i64::MAX;
        let spec = format!("\"activeDeadlineSeconds\": {most}, \"ttlSecondsAfterFinished\": {}", i32::MAX);
        let object = cron_job("*/5 * * * *", "Forbid").replace("\"template\"", &format!("{spec}, \"template\""));
        let object =
            object.replace("\"jobTemplate\"", &format!("\"startingDeadlineSeconds\": {most}, \"jobTemplate\""));
        scenario(&object, size * 10, &lasting(100.0))
    }),
];

/// 2026-12-01 00:00 UTC.
const FROM: i64 = 1_796_083_200;
const POD: &str = "{\"spec\": {\"restartPolicy\": \"Never\", \"containers\": [{\"name\": \"c\", \"image\": \"a\"}]}}";

/// The line of a scenario of so many seconds.
fn scenario(object: &str, seconds: usize, pod: &str) -> String {
    let until = FROM + seconds as i64;
    format!("{{\"object\": {object}, \"created\": {FROM}, \"until\": {until}, \"pods\": [{pod}]}}\n")
}

fn each_second(seconds: usize, policy: &str, length: usize) -> String {
    scenario(&cron_job("@every 1s", policy), seconds, &lasting(length as f64))
}

fn lasting(seconds: f64) -> String {
    format!("{{\"seconds\": {seconds}, \"exit\": 0}}")
}

fn object(kind: &str, spec: &str) -> String {
    format!(
        "{{\"apiVersion\": \"batch/v1\", \"kind\": \"{kind}\", \"metadata\": {{\"name\": \"a\"}}, \"spec\": {spec}}}"
    )
}

fn job(spec: &str) -> String {
    object("Job", &format!("{{{spec}, \"template\": {POD}}}"))
}

fn indexed(completions: usize, parallelism: usize) -> String {
    let parallelism = parallelism.min(completions);
    format!("\"completionMode\": \"Indexed\", \"completions\": {completions}, \"parallelism\": {parallelism}")
}

fn cron_job(schedule: &str, policy: &str) -> String {
    let job = format!("{{\"spec\": {{\"template\": {POD}}}}}");
    object(
        "CronJob",
        &format!("{{\"schedule\": \"{schedule}\", \"concurrencyPolicy\": \"{policy}\", \"jobTemplate\": {job}}}"),
    )
}
