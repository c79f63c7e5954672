//! Keys that other programs read: each row of the table of known keys is asked at every place where a key can stand.

use batchlint::config::Config;
use batchlint::lint::lint;
use batchlint::schedule::Instant;
use batchlint::text::Source;

const TABLE: &str = include_str!("../src/analysis/known_keys.md");

/// 2026-11-21 00:00:00 UTC.
const NOW: Instant = Instant::from_unix(1_795_219_200);

/// The places of labels and annotations: of what is applied, of the Jobs of a CronJob, of the pods.
const HOMES: [&str; 3] = ["object", "job", "pod"];
const CARRIERS: [&str; 2] = ["label", "annotation"];

struct Row {
    key: &'static str,
    carriers: Vec<&'static str>,
    homes: Vec<&'static str>,
    value: &'static str,
}

/// The rows of the table of that many columns.
fn rows(columns: usize) -> impl Iterator<Item = Vec<&'static str>> {
    let cells = |line: &'static str| line.trim_matches('|').split('|').map(str::trim).collect::<Vec<_>>();
    let rows = TABLE.lines().filter(|line| line.starts_with('|')).map(cells);
    rows.filter(move |row| row.len() == columns && row[0].contains('/'))
}

fn known() -> impl Iterator<Item = Row> {
    let words = |cell: &'static str| cell.split(',').map(str::trim).collect();
    rows(10).map(move |row| Row { key: row[0], carriers: words(row[2]), homes: words(row[3]), value: row[4] })
}

/// A value that the program takes.
fn value(row: &Row) -> &'static str {
    match row.value.split_once(": ") {
        Some((_, words)) => words.split(',').next().unwrap_or_default(),
        None if row.value == "whole number" => "5",
        None => "true",
    }
}

fn metadata(home: &str, at: (&str, &str), entry: &str) -> String {
    let (is_here, name) = (home == at.0, if home == "object" { "name: a" } else { "" });
    let map = if is_here { format!("{}s: {{{entry}}}", at.1) } else { String::new() };
    let comma = if is_here && !name.is_empty() { ", " } else { "" };
    format!("{{{name}{comma}{map}}}")
}

/// A Job or CronJob with an entry in a map of its metadata.
fn manifest(is_cron_job: bool, at: (&str, &str), entry: &str) -> String {
    let [object, job, pod] = HOMES.map(|home| metadata(home, at, entry));
    let spec = format!(
        "{{backoffLimit: 0, activeDeadlineSeconds: 60, template: {{metadata: {pod}, spec: {{restartPolicy: Never, \
         containers: [{{name: a, image: 'a:1'}}]}}}}}}"
    );
    if is_cron_job {
        format!(
            "apiVersion: batch/v1\nkind: CronJob\nmetadata: {object}\nspec: {{schedule: '0 3 * * *', timeZone: Etc/UTC, \
             jobTemplate: {{metadata: {job}, spec: {spec}}}}}\n"
        )
    } else {
        format!("apiVersion: batch/v1\nkind: Job\nmetadata: {object}\nspec: {spec}\n")
    }
}

fn said(text: &str, rule: &str) -> Vec<String> {
    let report = lint(&Source::new("a.yaml", text), &Config::at(NOW));
    assert!(report.findings.iter().all(|one| one.server.is_none()), "{text}: {:?}", report.findings);
    report.findings.iter().filter(|one| one.rule == rule).map(|one| one.message.as_str().to_owned()).collect()
}

#[test]
fn each_key_is_found_where_nobody_reads_it_and_nowhere_else() {
    let mut asked = 0;
    for row in known() {
        for (is_cron_job, home, carrier) in places() {
            // A Job that nobody makes is both.
            let reads_home = |name: &&str| *name == home || !is_cron_job && home == "object" && *name == "job";
            let is_read = row.homes == ["any"] || row.homes.iter().any(reads_home) && row.carriers.contains(&carrier);
            let text = manifest(is_cron_job, (home, carrier), &format!("{}: '{}'", row.key, value(&row)));
            assert_eq!(said(&text, "key-read-elsewhere").len(), usize::from(!is_read), "{text}");
            assert_eq!(said(&text, "key-value-unknown"), [""; 0], "{text}");
            assert_eq!(said(&text, "key-nobody-reads"), [""; 0], "{text}");
            asked += 1;
        }
    }
    assert!(asked > 300, "only {asked}");
}

/// Every Job and CronJob, home and carrier that there is.
fn places() -> impl Iterator<Item = (bool, &'static str, &'static str)> {
    let homes = [false, true].into_iter().flat_map(|is_cron_job| HOMES.map(|home| (is_cron_job, home)));
    let there = homes.filter(|(is_cron_job, home)| *is_cron_job || *home != "job");
    there.flat_map(|(is_cron_job, home)| CARRIERS.map(|carrier| (is_cron_job, home, carrier)))
}

#[test]
fn each_form_refuses_what_its_program_does_not_know() {
    let mut refused = 0;
    for row in known().filter(|row| row.value != "any") {
        let (home, carrier) = (row.homes[0], row.carriers[0]);
        for (value, is_known) in [(value(&row), true), ("somethingelse", false), ("${VALUE}", true)] {
            let text = manifest(true, (home, carrier), &format!("{}: '{value}'", row.key));
            assert_eq!(said(&text, "key-value-unknown").is_empty(), is_known, "{text}");
            refused += usize::from(!is_known);
        }
    }
    assert!(refused >= 10, "only {refused}");
}

#[test]
fn each_key_that_nobody_reads_is_found_with_the_one_that_is_read() {
    for row in rows(5) {
        let (key, instead) = (row[0], row[3]);
        let text = manifest(true, ("pod", "annotation"), &format!("{key}: 'true'"));
        let report = lint(&Source::new("a.yaml", text.as_str()), &Config::at(NOW));
        let found = report.findings.iter().find(|one| one.rule == "key-nobody-reads").expect("it is found");
        assert!(found.help.as_deref().is_some_and(|help| help.contains(instead)), "{found:?}");
        let both = manifest(true, ("pod", "annotation"), &format!("{key}: 'true', {instead}: 'true'"));
        assert_eq!(said(&both, "key-nobody-reads"), [""; 0], "{both}");
    }
}

#[test]
fn names_below_a_prefix_are_left_alone() {
    for row in rows(4) {
        for name in row[2].split(',').map(str::trim) {
            let text = manifest(true, ("pod", "annotation"), &format!("{}{name}: 'true'", row[0]));
            for rule in ["key-read-elsewhere", "key-value-unknown", "key-nobody-reads"] {
                assert_eq!(said(&text, rule), [""; 0], "{text}");
            }
        }
    }
}

/// Where the key is read, too, a copy does no harm; and what is somebody's own is nobody's business.
#[test]
fn copies_and_keys_of_ones_own_stay_silent() {
    let job = |metadata: &str, pod: &str| {
        format!(
            "apiVersion: batch/v1\nkind: Job\nmetadata: {{name: a, {metadata}}}\nspec: {{backoffLimit: 0, template: {{metadata: \
             {{{pod}}}, spec: {{restartPolicy: Never, containers: [{{name: a, image: 'a:1'}}]}}}}}}\n"
        )
    };
    let hook = "annotations: {helm.sh/hook: pre-install}";
    for (object, pod) in [
        (hook, hook),
        ("annotations: {sidecar.istio.io/inject: 'false'}", "labels: {sidecar.istio.io/inject: 'false'}"),
        ("labels: {sidecar.istio.io/inject: 'false'}", "annotations: {sidecar.istio.io/inject: 'false'}"),
        ("labels: {kueue.x-k8s.io/queue-name: a}, annotations: {kueue.x-k8s.io/queue-name: a}", ""),
        ("annotations: {argocd.argoproj.io/sync-options: Prune=false}", ""),
        ("annotations: {example.com/hook: pre-install}", "annotations: {example.com/hook-weight: first}"),
        ("annotations: {helm.sh/hook: 'pre-install, POST-UPGRADE', helm.sh/hook-weight: '-10'}", ""),
        ("annotations: {helm.sh/hook: test-success}", ""),
        ("annotations: {argocd.argoproj.io/hook: 'PreSync,PostSync'}", ""),
        ("labels: {helm.sh/chart: a-1.2.3}", "labels: {helm.sh/chart: a-1.2.3}"),
        ("annotations: {argocd.argoproj.io/hook: Sync, helm.sh/hook-delete-policy: hook-succeeded}", ""),
        ("annotations: {helm.sh/hook: pre-install, argocd.argoproj.io/hook-delete-policy: HookSucceeded}", ""),
        ("annotations: {helm.sh/hook-weight: '3'}", ""),
    ] {
        let text = job(object, pod);
        for rule in ["key-read-elsewhere", "key-value-unknown", "key-nobody-reads", "hook-policy-without-hook"] {
            assert_eq!(said(&text, rule), [""; 0], "{text}");
        }
    }
    let alone = job("annotations: {argocd.argoproj.io/hook-delete-policy: HookSucceeded}", "");
    assert_eq!(said(&alone, "hook-policy-without-hook").len(), 1);
    let misspelled = job("annotations: {helm.sh/hooks: test, helm.sh/hook-delete-policy: hook-succeeded}", "");
    assert_eq!(said(&misspelled, "hook-policy-without-hook"), [""; 0]);
    assert_eq!(said(&misspelled, "key-nobody-reads").len(), 1);
    let elsewhere = job("annotations: {helm.sh/hook-delete-policy: hook-succeeded}", hook);
    assert_eq!(said(&elsewhere, "hook-policy-without-hook"), [""; 0]);
}
