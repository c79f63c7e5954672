//! `batchlint diff`: what a change does, as people and programs see it.

mod git;
mod program;

use program::{FOUND, Folder};
use serde_json::Value as Json;

const FROM: &str = "2026-12-01T12:00:00Z";

fn cron_job(schedule: &str, more: &str) -> String {
    format!(
        "apiVersion: batch/v1\nkind: CronJob\nmetadata: {{name: report}}\nspec:\n  schedule: \"{schedule}\"\n{more}  jobTemplate:\n    \
         spec:\n      template:\n        spec:\n          restartPolicy: Never\n          containers:\n          - {{name: a, image: \
         \"a:1\"}}\n"
    )
}

fn job(image: &str, more: &str) -> String {
    format!(
        "apiVersion: batch/v1\nkind: Job\nmetadata: {{name: migrate{more}}}\nspec:\n  template:\n    spec:\n      restartPolicy: \
         Never\n      containers:\n      - {{name: a, image: \"{image}\"}}\n"
    )
}

/// The change of one object, as JSON, with the exit status.
fn change(old: &str, new: &str, args: &[&str]) -> (Json, i32) {
    let folder = Folder::new("diff").file("old.yaml", old).file("new.yaml", new);
    let mut all = vec!["diff", "old.yaml", "new.yaml", "--from", FROM, "--format=json"];
    all.extend(args);
    let run = folder.run(&all);
    let json: Json = serde_json::from_str(&run.out).unwrap_or_else(|error| panic!("{error}: {}{}", run.out, run.err));
    assert_eq!(json["version"], 1);
    (json["changes"][0].clone(), run.status)
}

#[test]
fn the_template_of_a_job_cannot_change_and_its_manager_knows_a_way_out() {
    let (refused, status) = change(&job("a:1", ""), &job("a:2", ""), &[]);
    assert_eq!((status, &refused["accepted"], &refused["changed"]), (1, &false.into(), &false.into()));
    let cause = &refused["causes"][0];
    assert_eq!((cause["reason"].as_str(), cause["field"].as_str()), (Some("FieldValueInvalid"), Some("spec.template")));
    assert_eq!(cause["range"]["start"]["line"], 9);
    assert!(cause["message"].as_str().is_some_and(|words| words.contains("spec.containers[0].image")), "{cause}");
    assert!(refused["wayOut"][0].as_str().is_some_and(|way| way.contains("kubectl replace --force -f new.yaml")));
    let managed = ", annotations: {argocd.argoproj.io/sync-wave: \"1\"}";
    let (argo, _) = change(&job("a:1", managed), &job("a:2", managed), &[]);
    assert!(argo["wayOut"][0].as_str().is_some_and(|way| way.contains("Force=true,Replace=true")), "{argo}");
}

#[test]
fn runs_come_and_go_with_the_schedule() {
    let (moved, status) = change(&cron_job("0 2 * * *", ""), &cron_job("0 1 * * *", ""), &["--for", "24h"]);
    assert_eq!((status, &moved["accepted"], &moved["changed"]), (0, &true.into(), &true.into()));
    assert_eq!(moved["runs"]["gone"][0]["utc"], "2026-12-02T02:00:00Z");
    assert_eq!(moved["runs"]["new"][0]["utc"], "2026-12-02T01:00:00Z");
    assert_eq!(moved["atOnce"], Json::Array(Vec::new()));
}

#[test]
fn runs_that_go_are_told_by_the_clock_that_they_went_by() {
    let zoned = |zone: &str| cron_job("0 2 * * *", &format!("  timeZone: {zone}\n"));
    let (moved, _) = change(&zoned("Europe/Berlin"), &zoned("Europe/London"), &["--for", "24h"]);
    assert_eq!(moved["runs"]["gone"][0]["local"], "2026-12-02T02:00:00+01:00");
    assert_eq!(moved["runs"]["new"][0]["local"], "2026-12-02T02:00:00+00:00");
    let (gone, _) = change(&zoned("Europe/Berlin"), "", &["--for", "24h"]);
    assert_eq!(gone["runs"]["gone"][0]["local"], "2026-12-02T02:00:00+01:00");
}

#[test]
fn a_new_template_holds_from_the_next_run_on() {
    let old = cron_job("0 2 * * *", "");
    let image = |old: &str| old.replace("a:1", "a:2");
    let (next, status) = change(&old, &image(&old), &[]);
    assert_eq!((status, &next["later"][0]["field"]), (0, &"spec.jobTemplate".into()));
    assert_eq!(next["later"][0]["run"]["utc"], "2026-12-02T02:00:00Z");
    // A run that is made up for is the next.
    let (caught_up, _) = change(&cron_job("0 2 * * *", "  suspend: true\n"), &image(&old), &[]);
    assert_eq!(caught_up["later"][0]["run"]["utc"], "2026-12-01T02:00:00Z");
    // Nobody knows when that of a suspended one is, or what `@every` counts from.
    for unknown in [cron_job("0 2 * * *", "  suspend: true\n"), cron_job("@every 1h", "")] {
        let (unknown, _) = change(&unknown, &image(&unknown), &[]);
        assert_eq!((unknown["later"].as_array().map(Vec::len), &unknown["later"][0]["run"]), (Some(1), &Json::Null));
    }
    assert_eq!(change(&old, &cron_job("0 1 * * *", ""), &[]).0["later"], Json::Array(Vec::new()));
}

#[test]
fn another_policy_holds_from_the_next_run_on() {
    let policy = |policy: &str| cron_job("0 2 * * *", &format!("  concurrencyPolicy: {policy}\n"));
    for (name, word) in [("Allow", "whether or not"), ("Forbid", "waits"), ("Replace", "stops")] {
        let other = if name == "Allow" { "Forbid" } else { "Allow" };
        let (changed, _) = change(&policy(other), &policy(name), &[]);
        let later = &changed["later"][0];
        assert!(later["message"].as_str().is_some_and(|words| words.contains(word)), "{later}");
        assert_eq!((&later["field"], &changed["later"][1]), (&"spec.concurrencyPolicy".into(), &Json::Null));
    }
    // What is taken out is what it is without it.
    assert_eq!(change(&policy("Allow"), &cron_job("0 2 * * *", ""), &[]).0["later"], Json::Array(Vec::new()));
}

#[test]
fn a_resumed_cron_job_catches_up_unless_its_deadline_is_over() {
    let suspended = cron_job("0 2 * * *", "  suspend: true\n");
    let (caught_up, status) = change(&suspended, &cron_job("0 2 * * *", ""), &[]);
    assert_eq!((status, caught_up["atOnce"][0]["what"].as_str()), (1, Some("run-starts")));
    assert_eq!(caught_up["atOnce"][0]["scheduled"]["utc"], "2026-12-01T02:00:00Z");
    let late = cron_job("0 2 * * *", "  startingDeadlineSeconds: 600\n");
    assert_eq!(change(&suspended, &late, &[]).0["atOnce"], Json::Array(Vec::new()));
    let (_, status) = change(&suspended, &cron_job("0 2 * * *", ""), &["--fail-on", "refused"]);
    assert_eq!(status, 0);
}

#[test]
fn a_deadline_that_no_run_met_lets_the_last_one_start_once_it_is_gone() {
    for (schedule, deadline) in [("0 2 * * *", 0), ("@every 30m", 600)] {
        let deadline = format!("  startingDeadlineSeconds: {deadline}\n");
        let (caught_up, status) = change(&cron_job(schedule, &deadline), &cron_job(schedule, ""), &[]);
        assert_eq!((status, caught_up["atOnce"][0]["what"].as_str()), (1, Some("run-starts")), "{schedule}");
    }
}

/// With another schedule the controller does not look before it would have looked without.
#[test]
fn a_look_that_would_have_found_nothing_finds_what_the_new_schedule_has_left() {
    let (old, new) = (cron_job("@every 30m", "  startingDeadlineSeconds: 600\n"), cron_job("0 11 * * *", ""));
    let (caught_up, _) = change(&old, &new, &[]);
    assert_eq!(caught_up["atOnce"][0]["scheduled"]["utc"], "2026-12-01T11:00:00Z", "{caught_up}");
}

#[test]
fn what_a_cluster_says_nothing_of_has_not_run_yet() {
    let of_cluster = cron_job("0 2 * * *", "  startingDeadlineSeconds: 60\n") + "status: {}\n";
    let created =
        |at: &str| of_cluster.replace("{name: report}", &format!("{{name: report, creationTimestamp: {at}}}"));
    let starts = |old: &str| change(old, &cron_job("0 2 * * *", ""), &[]).0["atOnce"].as_array().map(Vec::len);
    assert_eq!(starts(&created("\"2026-12-01T00:00:00Z\"")), Some(1));
    // As `kubectl create --dry-run` prints it, nobody knows.
    assert_eq!(starts(&created("null")), Some(0));
}

#[test]
fn what_is_due_as_it_is_applied_starts_with_the_change_or_without() {
    let deadline = "  startingDeadlineSeconds: 600\n";
    let (changed, status) = change(&cron_job("*/5 * * * *", ""), &cron_job("*/5 * * * *", deadline), &[]);
    assert_eq!((status, &changed["changed"], &changed["atOnce"]), (0, &true.into(), &Json::Array(Vec::new())));
}

#[test]
fn what_the_server_wrote_down_stays() {
    let latest = cron_job("0 2 * * *", "").replace("a:1", "a");
    let (kept, _) = change(&latest, &cron_job("0 2 * * *", ""), &[]);
    let field = "spec.jobTemplate.spec.template.spec.containers[0].imagePullPolicy";
    assert_eq!(kept["kept"][0]["field"], field);
    assert_eq!((&kept["kept"][0]["value"], &kept["kept"][0]["anew"]), (&"Always".into(), &"IfNotPresent".into()));
}

#[test]
fn a_status_tells_whether_a_job_has_started() {
    let suspended = |image: &str, status: &str| {
        let spec = job(image, "").replace("spec:\n  template", "spec:\n  suspend: true\n  template");
        format!("{spec}{status}")
    };
    let gated = suspended("a:1", "").replace("containers:", "nodeSelector: {a: b}\n      containers:");
    let accepted = |status: &str| change(&suspended("a:1", status), &gated, &[]).0["accepted"].clone();
    assert_eq!(accepted(""), true);
    assert_eq!(accepted("status: {startTime: \"2026-12-01T11:00:00Z\"}\n"), false);
}

#[test]
fn a_new_name_is_a_new_object_and_the_old_one_stays() {
    let renamed = job("a:1", "").replace("migrate", "migrate-2");
    let (change, status) = change(&job("a:1", ""), &renamed, &[]);
    assert_eq!((status, change["renamedFrom"].as_str()), (0, Some("migrate")));
}

#[test]
fn what_is_told_is_told_as_text_and_as_a_table() {
    let both = |image: &str, schedule: &str| format!("{}---\n{}", job(image, ""), cron_job(schedule, ""));
    let folder = Folder::new("diff-text");
    let folder = folder.file("old.yaml", &both("a:1", "0 2 * * *")).file("new.yaml", &both("a:2", "0 1 * * *"));
    let run = folder.run(["diff", "old.yaml", "new.yaml", "--from", FROM, "--for", "24h"]);
    insta::assert_snapshot!("text", run.out);
    let run = folder.run(["diff", "old.yaml", "new.yaml", "--from", FROM, "--for", "24h", "--format", "markdown"]);
    insta::assert_snapshot!("markdown", run.out);
    let history = cron_job("0 2 * * *", "  failedJobsHistoryLimit: 5\n");
    let folder = Folder::new("diff-table").file("old.yaml", &cron_job("0 2 * * *", "")).file("new.yaml", &history);
    let run = folder.run(["diff", "old.yaml", "new.yaml", "--from", FROM, "--format", "markdown"]);
    assert!(run.out.contains("| accepted | its runs stay as they are |"), "{}", run.out);
}

#[test]
fn what_people_change_is_told_plainly() {
    let zoned = |more: &str| cron_job("0 2 * * *", &format!("  timeZone: Europe/Berlin\n{more}"));
    let old = zoned("");
    let changes = [
        ("the schedule", old.clone(), old.replace("0 2", "0 3")),
        ("the zone", old.clone(), old.replace("Berlin", "London")),
        ("suspended", old.clone(), zoned("  suspend: true\n")),
        ("resumed", zoned("  suspend: true\n"), old.clone()),
        ("the image", old.clone(), old.replace("a:1", "a:2")),
        ("the policy", old.clone(), zoned("  concurrencyPolicy: Replace\n")),
        ("the history", old.clone(), zoned("  successfulJobsHistoryLimit: 1\n  failedJobsHistoryLimit: 0\n")),
        ("the name", old.clone(), old.replace("report", "reports")),
        ("taken out", old.clone(), String::new()),
        ("a Job taken out", job("a:1", ""), String::new()),
        ("nothing", old.clone(), old.clone()),
    ];
    let told = changes.iter().map(|(what, old, new)| {
        let folder = Folder::new("diff-plain").file("old.yaml", old).file("new.yaml", new);
        let run = folder.run(["diff", "old.yaml", "new.yaml", "--from", FROM]);
        format!("{what}:\n{}", run.out)
    });
    insta::assert_snapshot!("plain", told.collect::<Vec<_>>().join("\n"));
}

#[test]
fn what_is_new_is_answered_as_it_is_created_and_what_is_gone_stays_in_the_cluster() {
    let (refused, status) = change(&job("a:1", ""), &FOUND.replace("30 4", "60 4"), &[]);
    assert_eq!((status, &refused["accepted"], &refused["old"]), (1, &false.into(), &Json::Null));
    assert_eq!(refused["causes"][0]["field"], "spec.schedule");
    let folder = Folder::new("diff-gone").file("old.yaml", FOUND).file("new.yaml", "");
    let run = folder.run(["diff", "old.yaml", "new.yaml", "--from", FROM]);
    assert!(run.out.starts_with("CronJob/report: gone  old.yaml:1\n  `kubectl apply` leaves it"), "{}", run.out);
}

#[test]
fn git_tells_what_there_was() {
    let folder = Folder::new("diff-since").file("a.yaml", &job("a:1", "")).file("b.yaml", FOUND);
    let place = folder.path.clone();
    let git = |arguments: &[&str]| git::git(&place, arguments);
    git(&["init", "-q"]);
    git(&["add", "."]);
    git(&["commit", "-qm", "x"]);
    assert_eq!(folder.run(["diff", "--since", "HEAD"]).out, "No Job or CronJob changed.\n");
    let folder = folder.file("a.yaml", &job("a:2", ""));
    let run = folder.run(["diff", "--since", "HEAD", "--format", "json"]);
    let json: Json = serde_json::from_str(&run.out).expect("JSON");
    assert_eq!((run.status, json["changes"].as_array().map(Vec::len)), (1, Some(1)), "{}", run.out);
    assert_eq!(json["changes"][0]["old"]["file"], "HEAD:a.yaml");
    assert_eq!(folder.run(["diff", "--since", "nothing"]).status, 2);
}

#[test]
fn two_are_compared() {
    let folder = Folder::new("diff-use");
    assert_eq!(folder.run(["diff", "old.yaml"]).status, 2);
    assert_eq!(folder.run(["diff", "-", "-"]).status, 2);
    assert_eq!(folder.run(["diff", "missing.yaml", "absent.yaml"]).status, 2);
}
