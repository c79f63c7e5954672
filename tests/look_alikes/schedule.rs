//! Of rules on schedules.

use batchlint::lint::lint;
use batchlint::text::Source;

use super::{config, holds};

fn cron_job(spec: &str, job: &str) -> String {
    format!(
        "apiVersion: batch/v1\nkind: CronJob\nmetadata: {{name: a}}\nspec:\n  {spec}\n  jobTemplate: {{spec: {{backoffLimit: 0{job}, \
         template: {{spec: {{restartPolicy: Never, containers: [{{name: a, image: 'a:1'}}]}}}}}}}}\n"
    )
}

#[test]
fn a_day_that_each_month_has_leaves_none_out() {
    let with = |schedule: &str, more: &str| cron_job(&format!("schedule: '{schedule}'{more}"), "");
    holds(
        "months-left-out",
        with,
        &[
            ("0 0 31 * *", ""),
            ("0 0 30 * *", ""),
            ("0 0 29 * *", ""),
            ("0 0 29-31 * *", ""),
            ("0 0 30,31 * *", ""),
            ("0 0 31 */3 *", ""),
            ("0 0 29 2,3 *", ""),
            ("TZ=Europe/Berlin 0 0 31 * *", ""),
            ("0 0 31 * *", " # at the end of the month"),
        ],
        &[
            ("0 0 28 * *", ""),
            ("0 0 28-31 * *", ""),
            ("0 0 1,31 * *", ""),
            ("0 0 15,30 * *", ""),
            ("0 0 31 1,3,5,7,8,10,12 *", ""),
            ("0 0 31 12 *", ""),
            ("0 0 30 3-12 *", ""),
            ("0 0 29 2 *", ""),
            ("0 0 31 2 *", ""),
            ("0 0 31 * 1", ""),
            ("0 0 */2 * *", ""),
            ("@monthly", ""),
            ("@every 720h", ""),
            ("0 0 31 * *", " # skips the short months on purpose"),
            ("0 0 30 * *", " # not in February"),
            ("0 0 31 * *", "\n  suspend: true"),
        ],
    );
}

#[test]
fn the_months_are_named() {
    for (schedule, told) in [
        ("0 0 31 * *", "no run starts in February, April, June, September and November, which have no day 31"),
        ("0 0 31 */3 *", "no run starts in April, which has no day 31"),
        ("0 0 30 * *", "no run starts in February, which has no day 30"),
        ("0 0 29 * *", "no run starts in February, which has no day 29 but in leap years"),
    ] {
        let report = lint(&Source::new("a.yaml", cron_job(&format!("schedule: '{schedule}'"), "")), &config());
        let found = report.findings.iter().find(|one| one.rule == "months-left-out").expect("some are left out");
        assert_eq!(found.message.as_str(), told);
    }
}

#[test]
fn the_pods_of_a_day_are_those_that_its_runs_have() {
    let often = |spec: &str, job: &str| {
        let text = cron_job(&format!("schedule: '* * * * *'\n  {spec}"), job);
        let report = lint(&Source::new("a.yaml", text), &config());
        let found = report.findings.iter().find(|one| one.rule == "schedule-too-often");
        found.map(|one| one.message.to_string())
    };
    let allow = "concurrencyPolicy: Allow";
    for (spec, job, told) in [
        (allow, "", Some("a pod each minute, 1,440 a day, each with its own start")),
        (allow, ", completions: 3", Some("3 pods each minute, 4,320 a day, each with its own start")),
        (allow, ", parallelism: 2", Some("2 pods each minute, 2,880 a day, each with its own start")),
        (allow, ", completions: 1, parallelism: 2", Some("a pod each minute, 1,440 a day, each with its own start")),
        ("concurrencyPolicy: Forbid", "", Some("up to a pod each minute, 1,440 a day, each with its own start")),
        (allow, ", parallelism: 0", None),
        ("suspend: true", "", None),
    ] {
        assert_eq!(often(spec, job).as_deref(), told, "{spec}{job}");
    }
}

#[test]
fn an_hour_whose_clock_is_named_needs_no_zone() {
    let with = |spec: &str, above: &str| {
        let text = cron_job(&format!("{above}schedule: {spec}"), "");
        text.replace("metadata: {name: a}", "metadata: {name: a, annotations: {description: nothing}}")
    };
    holds(
        "time-zone-unset",
        with,
        &[("'0 9 * * *'", ""), ("'0 9 * * *' # nine o'clock", ""), ("'0 9 * * *'", "# each morning\n  ")],
        &[
            ("'0 9 * * *' # 09:00 UTC", ""),
            ("'0 9 * * *' # 09:00 utc", ""),
            ("'0 9 * * *' # GMT", ""),
            ("'0 9 * * *'", "# 09:00 UTC\n  "),
            ("'0 9 * * *'", "# times are in UTC.\n  "),
            ("'0 */6 * * *'", ""),
            ("'@daily'", ""),
            ("'*/5 * * * *'", ""),
            ("'TZ=Europe/Berlin 0 9 * * *'", ""),
            ("'0 9 * * *'\n  timeZone: Europe/Berlin", ""),
            ("'0 9 * * *'\n  suspend: true", ""),
            ("'0 9 31 2 *'", ""),
        ],
    );
}

#[test]
fn the_head_of_a_file_speaks_of_its_only_cron_job() {
    let with = |head: &str, schedule: &str| format!("{head}{}", cron_job(&format!("schedule: '{schedule}'"), ""));
    let other = with("", "0 4 * * *");
    let two = format!("# Runs every hour.\n{other}---\n");
    holds(
        "comment-contradicts-schedule",
        with,
        &[
            ("# Runs every hour.\n", "0 4 * * *"),
            ("# A sample. Runs as a cron every hours\n---\n", "0 4 * * *"),
            ("---\n\n# Licensed to you.\n\n# Runs every 6 hours.\n", "0 6 * * *"),
        ],
        &[
            ("# Runs every hour.\n", "0 * * * *"),
            ("# Runs every 6 hours.\n", "0 */6 * * *"),
            ("# Runs the report.\n", "0 4 * * *"),
            ("# Deletes what is older than 1 hour.\n", "0 4 * * *"),
            ("# Was hourly.\n", "0 4 * * *"),
            ("# TODO: hourly\n", "0 4 * * *"),
            ("# Runs daily.\n", "0 4 * * *"),
            ("# Runs at 4am.\n", "0 4 * * *"),
            ("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n# Runs every hour.\n---\n", "0 4 * * *"),
            (&two, "0 5 * * *"),
        ],
    );
}
