//! What the fixes of group `api` come to: the text is what was meant, the problem is gone, and no other came.

#![expect(clippy::disallowed_methods, reason = "tests read fixtures from disk")]

use std::fmt::Write as _;

use batchlint::analysis::Settings;
use batchlint::config::Config;
use batchlint::diagnostic::Finding;
use batchlint::diagnostic::Resolved;
use batchlint::k8s::Version;
use batchlint::lint::lint;
use batchlint::schedule::Instant;
use batchlint::text::{Source, apply_edits};

/// 2026-11-21 00:00:00 UTC.
const NOW: Instant = Instant::from_unix(1_795_219_200);

/// A file of `fixtures/fixes`: a safety and a rule, the text with the problem, and behind `=====` the text with its
/// first fix.
struct Case {
    name: String,
    safety: String,
    rule: String,
    wrong: String,
    mended: String,
}

#[test]
fn fixes_come_to_what_was_meant() {
    let (cases, mut failed) = (cases(), String::new());
    assert!(cases.len() > 20, "the fixtures were found");
    for case in &cases {
        if let Err(why) = check(case) {
            let _ = writeln!(failed, "\n== {}: {why}", case.name);
        }
    }
    assert!(failed.is_empty(), "{failed}");
}

fn check(case: &Case) -> Result<(), String> {
    let found = api(&case.wrong, 36);
    let [(finding, fixes)] = found.as_slice() else { return Err(format!("not one finding: {found:#?}")) };
    if finding.rule != case.rule {
        return Err(format!("found {}", finding.rule));
    }
    let Some(fix) = fixes.first() else { return Err(format!("no fix: {finding:#?}")) };
    if fix.safety.name() != case.safety {
        return Err(format!("the fix is {}", fix.safety.name()));
    }
    let mended = apply_edits(&case.wrong, &fix.edits).map_err(|conflict| format!("{conflict:?}"))?;
    if mended != case.mended {
        return Err(format!("it came to\n{mended}"));
    }
    let left = api(&mended, 36);
    if left.is_empty() { Ok(()) } else { Err(format!("still found: {left:#?}")) }
}

#[test]
fn of_two_fields_for_one_place_neither_is_moved_without_a_look() {
    let job = "apiVersion: batch/v1\nkind: Job\nmetadata:\n  name: a\nspec:\n  template:\n    backoffLimit: 1\n    spec:\n      \
               backoffLimit: 2\n      restartPolicy: Never\n      containers:\n        - name: a\n          image: a:1\n";
    let found = api(job, 36);
    let fixes: Vec<&str> = found.iter().flat_map(|(_, fixes)| fixes).map(|fix| fix.safety.name()).collect();
    assert_eq!((found.len(), fixes), (2, vec!["unsafe"]));
}

#[test]
fn two_causes_of_the_server_for_one_place_in_the_same_words_are_one_finding() {
    let job = "apiVersion: batch/v1\nkind: Job\nmetadata:\n  name: a\nspec:\n  template:\n    spec:\n      \
               restartPolicy: never\n      containers:\n        - name: a\n          image: a:1\n";
    for version in [36, 37] {
        let config = Config::new(Settings::at(NOW).with_kubernetes(Version::new(version)));
        let config = config.with_rules(&["job-restart-policy"], &[]).expect("there is such a rule");
        let report = lint(&Source::new("a.yaml", job), &config);
        let causes: Vec<_> = report.findings.iter().map(|finding| finding.server.as_ref()).collect();
        let [Some(cause)] = causes[..] else { panic!("1.{version}: {causes:?}") };
        let field = "spec.template.spec.restartPolicy";
        assert_eq!((cause.reason, cause.field.as_str()), (Some("FieldValueNotSupported"), field), "1.{version}");
    }
}

#[test]
fn a_fault_is_told_without_what_follows_from_it() {
    let job = |spec: &str, container: &str| {
        format!(
            "apiVersion: batch/v1\nkind: Job\nmetadata: {{name: a}}\nspec:\n  {spec}\n  template:\n    spec:\n      \
             restartPolicy: Never\n      containers:\n        - name: a\n          image: a:1\n{container}"
        )
    };
    for (text, rule, help) in [
        (job("", "          env: [{secretRef: {name: b}}]\n"), "unknown-field", "move it to"),
        (job("", "          envFrom: [{configMapRef: b}]\n"), "wrong-type", "write `name: b` below it"),
        (job("", "          resources: {requests: {gpu: 1}}\n"), "resource-not-allowed", "`nvidia.com/gpu`"),
        (job("", "          args:\n            - on: true\n"), "wrong-type", "quote it: \"on: true\""),
        (
            job("", "").replace(
                "    spec:\n      restart",
                "    spec:\n      metadata:\n        annotations: {container.apparmor.security.beta.kubernetes.io/a: \
                 runtime/default}\n      restart",
            ),
            "unknown-field",
            "AppArmor annotations are deprecated",
        ),
        (job("replicas: 3", ""), "unknown-field", "`completions`"),
        ("apiVersion: batch/v1\nkind: Job\nmetadata: {name: a}\n".to_owned(), "missing-field", "`restartPolicy`"),
    ] {
        let report = lint(&Source::new("a.yaml", text.as_str()), &Config::new(Settings::at(NOW)));
        let [finding] = report.findings.as_slice() else { panic!("{text}\n{:#?}", report.findings) };
        let said = finding.help.as_deref().unwrap_or_default();
        assert!(finding.rule == rule && said.contains(help), "{text}\n{finding:#?}");
    }
}

#[test]
fn five_fields_for_a_foreign_schedule_earn_no_finding() {
    let schedules = [
        "0 0 10 * * ?",
        "0 0/15 9-17 ? * MON-FRI",
        "0 0 6 ? * 2-6 *",
        "cron(0 12 1/1 * ? *)",
        "Mon..Fri *-*-* 02:00:00",
        "H/15 * * * *",
        "every 5 minutes",
        "PT2H",
        "@Daily",
        "1 30 * * *",
        "0 22-2 * * *",
        "0 0 * * 7",
        "0 9, 17 * * *",
        "0 8 * * Mo-Fr",
        "0 8 * * Di,Do",
        "0 5 * * * /bin/backup",
    ];
    for schedule in schedules {
        let text = format!(
            "apiVersion: batch/v1\nkind: CronJob\nmetadata:\n  name: a\nspec:\n  schedule: \"{schedule}\"\n  timeZone: \
             Etc/UTC\n  jobTemplate:\n    spec:\n      template:\n        spec:\n          restartPolicy: Never\n          \
             containers:\n            - name: a\n              image: a:1\n"
        );
        let config = Config::new(Settings::at(NOW)).with_rules(&["schedule", "schedule-syntax"], &[]).expect("groups");
        let report = lint(&Source::new("a.yaml", text.as_str()), &config);
        let fix = report.fixes().into_iter().flatten().next().unwrap_or_else(|| panic!("{schedule}: no fix"));
        let mended = apply_edits(&text, &fix.edits).expect("edits of one fix");
        let left = lint(&Source::new("a.yaml", mended.as_str()), &config).findings;
        assert_eq!(left, [], "{schedule}: {mended}");
    }
}

/// The findings of group `api`, with the fixes that hold.
fn api(text: &str, version: u8) -> Vec<(Finding, Vec<Resolved>)> {
    let config = Config::new(Settings::at(NOW).with_kubernetes(Version::new(version)));
    let report = lint(&Source::new("a.yaml", text), &config);
    let fixes = report.fixes();
    report.findings.into_iter().zip(fixes).filter(|(finding, _)| finding.group == "api").collect()
}

fn cases() -> Vec<Case> {
    let folder = format!("{}/fixtures/fixes", env!("CARGO_MANIFEST_DIR"));
    let files = walkdir::WalkDir::new(folder).sort_by_file_name().into_iter();
    let paths = files.map(|file| file.expect("the fixtures can be read").into_path()).filter(|path| path.is_file());
    let case = |path: std::path::PathBuf| {
        let text = std::fs::read_to_string(&path).expect("the fixtures can be read");
        let (head, body) = text.split_once('\n').expect("a first line");
        let (safety, rule) = head.split_once(' ').expect("a safety and a rule");
        let (wrong, mended) = body.split_once("=====\n").expect("two texts");
        let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
        let [safety, rule, wrong, mended] = [safety, rule, wrong, mended].map(str::to_owned);
        Case { name, safety, rule, wrong, mended }
    };
    paths.map(case).collect()
}
