//! Of runs that are still there when the next one comes.

use batchlint::lint::lint;
use batchlint::text::Source;

use super::cron_job;
use crate::{config, holds, job};

#[test]
fn runs_that_do_not_meet_need_no_policy() {
    let with = |spec: &str, pod: &str| {
        format!(
            "apiVersion: batch/v1\nkind: CronJob\nmetadata: {{name: a}}\nspec: {{{spec}jobTemplate: {{spec: {{template: {{spec: \
             {{restartPolicy: Never, containers: [{{name: a, image: 'a:1'{pod}}}]}}}}}}}}}}\n"
        )
    };
    holds(
        "concurrency-policy-unset",
        with,
        &[
            ("schedule: '0 9 * * *', ", ""),
            ("schedule: '* * * * *', ", ", command: [sleep, '60']"),
            ("schedule: '@daily', ", ", command: [sh, -c, 'date; /work']"),
        ],
        &[
            ("schedule: '* * * * *', ", ", command: [echo, hello]"),
            ("schedule: '*/5 * * * *', ", ", command: [sh, -c, 'date; echo hello']"),
            ("schedule: '* * * * *', ", ", command: [sleep, '59']"),
            ("schedule: '@hourly', ", ", args: [sleep, 30m], command: [sh, -c, 'sleep 30m']"),
            ("schedule: '@hourly', ", ", command: [printf, a]"),
            ("schedule: '@hourly', ", ", command: ['true']"),
            ("schedule: '@daily', ", ", command: [/bin/sh, -c, 'echo a && sleep 1h']"),
            ("schedule: '0 9 31 2 *', ", ""),
            ("schedule: '0 9 30 2 *', ", ""),
            ("schedule: '0 9 31 4,6,9,11 *', ", ""),
            ("schedule: '0 9 * * *', suspend: true, ", ""),
            ("schedule: '0 9 * * *', concurrencyPolicy: Allow, ", ""),
        ],
    );
}

#[test]
fn a_run_that_ends_before_the_next_is_not_replaced() {
    let with = |spec: &str, container: &str| {
        format!(
            "apiVersion: batch/v1\nkind: CronJob\nmetadata: {{name: a}}\nspec: {{schedule: '0 9 * * *', {spec}template: {{spec: \
             {{restartPolicy: Never, containers: [{{name: a, image: 'a:1'{container}}}]}}}}}}}}}}\n"
        )
    };
    let replace = "concurrencyPolicy: Replace, jobTemplate: {spec: {";
    holds(
        "replace-without-deadline",
        with,
        &[(replace, ""), (replace, ", command: [sleep, 24h]"), (replace, ", command: [sh, -c, 'date; /work']")],
        &[
            (replace, ", command: [echo, hello]"),
            (replace, ", command: [date]"),
            (replace, ", command: [sleep, 23h]"),
            (replace, ", command: [sh, -c, 'date; echo hello']"),
            (replace, ", command: [sh, -c, 'sleep 3600 && echo hello']"),
            ("concurrencyPolicy: Replace, jobTemplate: {spec: {activeDeadlineSeconds: 60, ", ""),
            ("concurrencyPolicy: Replace, jobTemplate: {spec: {activeDeadlineSeconds: 864000, ", ""),
            ("concurrencyPolicy: Replace, suspend: true, jobTemplate: {spec: {", ""),
            ("concurrencyPolicy: Forbid, jobTemplate: {spec: {", ""),
            ("concurrencyPolicy: Allow, jobTemplate: {spec: {", ""),
            ("jobTemplate: {spec: {", ""),
        ],
    );
}

#[test]
fn retries_that_end_before_the_next_run_are_not_beside_it() {
    let every = |minutes: u32, more: &str| format!("schedule: '*/{minutes} * * * *'{more}");
    let with = |deadline: &str, retries: &str| format!("{deadline}{retries}");
    let (hour, six) = ("activeDeadlineSeconds: 3600, ", "backoffLimit: 6, ");
    let long = with(hour, six);
    holds(
        "retries-beside-next-run",
        cron_job,
        &[
            (&every(5, ""), &long),
            (&every(10, ", concurrencyPolicy: Allow"), &long),
            (&every(1, ""), &with("activeDeadlineSeconds: 90, ", six)),
            (&every(5, ""), hour),
            ("schedule: '0,5 0 * * *'", &long),
        ],
        &[
            (&every(5, ", concurrencyPolicy: Forbid"), &long),
            (&every(5, ", concurrencyPolicy: Replace"), &long),
            (&every(5, ", suspend: true"), &long),
            // What nothing bounds piles up, whether it fails or not.
            (&every(5, ""), six),
            (&every(5, ""), &with(hour, "backoffLimit: 4, ")),
            (&every(5, ""), &with(hour, "backoffLimit: 0, ")),
            (&every(15, ""), &long),
            (&every(5, ""), &with("activeDeadlineSeconds: 300, ", six)),
            (&every(5, ""), &with(&long, "parallelism: 2, ")),
            (&every(5, ""), &with(&long, "completions: 3, ")),
            (&every(5, ""), &format!("{long} | restartPolicy: OnFailure")),
            (
                &every(5, ""),
                &with(
                    &long,
                    "podFailurePolicy: {rules: [{action: FailJob, onExitCodes: {operator: In, values: [1]}}]}, ",
                ),
            ),
            (
                &every(5, ""),
                &format!(
                    "{long} | restartPolicy: Never, containers: [{{name: a, image: 'a:1', command: [echo, hello]}}]"
                ),
            ),
            (&every(5, ""), &format!("{long} | restartPolicy: Never, containers: [{{name: a, image: my-image}}]")),
            ("schedule: '0 3 * * *'", &long),
            ("schedule: '0 24 * * *'", &long),
        ],
    );
}

#[test]
fn a_deadline_before_the_next_run_is_not_beyond_it() {
    let every = |minutes: u32, more: &str| format!("schedule: '*/{minutes} * * * *'{more}");
    let deadline = |seconds: &str| format!("backoffLimit: 0, activeDeadlineSeconds: {seconds}, ");
    let forbid = ", concurrencyPolicy: Forbid";
    let printing = "restartPolicy: Never, containers: [{name: a, image: 'a:1', command: [sleep, '10']}]";
    holds(
        "deadline-beyond-next-run",
        cron_job,
        &[
            (&every(15, ""), &deadline("901")),
            (&every(15, forbid), &deadline("901")),
            (&every(15, forbid), &deadline("86400")),
            ("schedule: '0 3 * * 1-5', concurrencyPolicy: Forbid", &deadline("90000")),
        ],
        &[
            (&every(15, ""), &deadline("900")),
            (&every(15, forbid), &deadline("900")),
            (&every(15, forbid), &deadline("60")),
            (&every(15, forbid), ""),
            (&every(15, ", concurrencyPolicy: Replace"), &deadline("3600")),
            (&every(15, ", concurrencyPolicy: Forbid, suspend: true"), &deadline("3600")),
            (&every(15, forbid), &deadline("'3600'")),
            (&every(15, forbid), &format!("{} | {printing}", deadline("3600"))),
            (&every(15, forbid), "backoffLimit: 0,  | restartPolicy: Never, activeDeadlineSeconds: 3600"),
            ("schedule: '0 3 * * *', concurrencyPolicy: Forbid", &deadline("86400")),
            ("schedule: '0 3 * * 1', concurrencyPolicy: Forbid", &deadline("90000")),
            ("schedule: '@every 1h', concurrencyPolicy: Forbid", &deadline("3600")),
            ("schedule: '0 24 * * *', concurrencyPolicy: Forbid", &deadline("90000")),
        ],
    );
}

#[test]
fn runs_with_a_server_beside_the_work_pile_up_for_certain() {
    let told = |images: [&str; 2]| {
        let [first, second] = images;
        let containers = format!("containers: [{{name: a, image: '{first}'}}, {{name: b, image: '{second}'}}]");
        let job = job("", &containers).replace("spec: {backoffLimit", "  jobTemplate: {spec: {backoffLimit");
        let job = job.replace("kind: Job", "kind: CronJob").replace("}}}\n", "}}}}\n");
        let text = job.replace("metadata: {name: a}\n", "metadata: {name: a}\nspec:\n  schedule: '*/5 * * * *'\n");
        let report = lint(&Source::new("a.yaml", text.as_str()), &config());
        let found = report.findings.into_iter().find(|one| one.rule == "runs-pile-up");
        found.unwrap_or_else(|| panic!("nothing piles up: {text}")).message.to_string()
    };
    assert!(
        told(["nginx:1.29", "php:8"]).starts_with("`nginx` never ends, and no run does"),
        "{}",
        told(["nginx:1.29", "php:8"])
    );
    assert!(told(["php:8", "php:8"]).starts_with("a run that hangs"), "{}", told(["php:8", "php:8"]));
}
