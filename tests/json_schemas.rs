//! Every JSON output is what its schema in `schemas/` says, and nothing more.

#![expect(clippy::disallowed_methods, reason = "tests read schemas and manifests from disk")]

mod shared;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;

use batchlint::analysis::{Outcome, Unchecked};
use batchlint::diagnostic::{Finding, Fix, Label, Object, ServerCause, Severity};
use batchlint::lint::Report;
use batchlint::render::{Format, Look, Printer, Share, Unread};
use batchlint::rules;
use batchlint::text::{Edit, Lines, Location, Source, Span};
use batchlint::yaml::{Change, parse};
use jsonschema::Validator;
use serde_json::{Value, json};

const FROM: &str = "2026-11-21T00:00:00Z";

#[test]
fn the_whole_shape_is_this() {
    let text = whole();
    assert_fits("check", &text);
    let value: Value = serde_json::from_str(&text).expect("one object");
    let shown = serde_json::to_string_pretty(&value).expect("it was JSON");
    insta::assert_snapshot!(shown.replace(env!("CARGO_PKG_VERSION"), "VERSION"));
}

#[test]
fn what_check_prints_fits() {
    for path in ["fixtures", "fixtures/found", "fixtures/clean", "missing.yaml"] {
        assert_fits("check", &run(&["check", path, "--format=json"]));
    }
    for page in rules_with_examples() {
        assert_fits("check", &run_with(&["check", "-", "--format=json"], page.as_bytes()));
    }
}

#[test]
fn what_statistics_print_fits() {
    for path in ["fixtures", "fixtures/clean", "missing.yaml"] {
        assert_fits("statistics", &run(&["check", path, "--statistics", "--format=json"]));
    }
}

#[test]
fn what_an_object_does_not_say_of_itself_is_null() {
    let text = "apiVersion: batch/v1\nmetadata: {name: a}\nspec:\n  schedule: '0 3 * * *'\n  jobTemplate: {}\n";
    let answer = run_with(&["check", "-", "--format=json"], text.as_bytes());
    assert_fits("check", &answer);
    let value: Value = serde_json::from_str(&answer).expect("one object");
    let object = &value["findings"][0]["object"];
    assert_eq!(object, &json!({"apiVersion": "batch/v1", "kind": null, "namespace": null, "name": "a"}));
    assert_eq!(value["documents"][0]["kind"], Value::Null);
}

#[test]
fn what_check_prints_of_real_manifests_fits() {
    let Some(wild) = shared::find("wild/plain") else { return };
    let files = walkdir::WalkDir::new(wild).sort_by_file_name().into_iter().step_by(7);
    let files = files.map(|file| file.expect("the folder can be read").into_path()).filter(|path| path.is_file());
    let names: Vec<String> = files.map(|path| path.to_string_lossy().into_owned()).collect();
    let args = ["check", "--format=json"].into_iter().chain(names.iter().map(String::as_str));
    assert_fits("check", &run(&args.collect::<Vec<_>>()));
}

#[test]
fn what_the_other_commands_print_fits() {
    for length in ["2h", "30d"] {
        assert_fits("runs", &run(&["runs", "fixtures", "--from", FROM, "--for", length, "-n", "9", "--format=json"]));
    }
    for schedule in ["30 2 * * 0", "0 24 * * *", "@every 90m", "0 0 30 2 *", "TZ=UTC 0 0 * * *", "", "é\u{1b}"] {
        for zone in ["UTC", "Europe/Berlin", "Local", "Atlantis"] {
            let answer = run(&["schedule", schedule, "-z", zone, "--from", FROM, "--format=json"]);
            assert_fits("schedule", &answer);
        }
    }
    // Here Kubernetes' search finds one run again and again.
    let stuck = run(&["schedule", "45 3 * * *", "-z", "Pacific/Chatham", "-n", "400", "--from", FROM, "--format=json"]);
    assert!(stuck.contains("\"stuck\":{\"at\":"), "{stuck:.400}");
    assert_fits("schedule", &stuck);
    assert_fits("rules", &run(&["rules", "--format=json"]));
    for rule in rules::all() {
        assert_fits("explain", &run(&["explain", rule.name, "--format=json"]));
    }
}

#[test]
fn what_simulate_prints_fits() {
    let beginning = ["simulate", "fixtures", "--from", FROM, "--for=2h", "--format=json"];
    for assumed in [&[][..], &["--run-time=40m", "--outage=2026-11-21T00:30Z/1h"], &["--fails=2", "--hangs=pi"]] {
        let answer = run(&[&beginning[..], assumed].concat());
        assert!(
            answer.contains("\"job-created\"") && answer.contains("\"notSimulated\":\"is refused"),
            "{answer:.400}"
        );
        assert_fits("simulate", &answer);
    }
}

#[test]
fn what_diff_prints_fits() {
    let pages = ["fixtures/clean/job.yaml", "fixtures/clean/cronjob.yaml", "fixtures/simulate/backup.yaml", "fixtures"];
    for old in pages {
        for new in pages {
            assert_fits("diff", &run(&["diff", old, new, "--from", FROM, "--format=json"]));
        }
    }
}

#[test]
fn what_read_prints_fits_line_by_line() {
    let schema = schema("read");
    for args in [&["read", "fixtures", "--format=json"][..], &["read", "fixtures", "--format=json", "--as=server"]] {
        let lines = run(args);
        assert!(lines.lines().any(|line| line.contains("\"error\":")), "some file cannot be read");
        for line in lines.lines() {
            // Deeper than a JSON reader goes by itself.
            if !line.contains("[[[[[[[[[[") {
                fits(&schema, line);
            }
        }
    }
}

#[test]
fn a_definition_of_two_schemas_is_the_same() {
    let mut known: BTreeMap<String, Value> = BTreeMap::new();
    for name in ["check", "diff", "explain", "read", "rules", "runs", "schedule", "simulate", "statistics"] {
        let value = json_of(&folder().join(format!("{name}.schema.json")));
        for (name, definition) in value["$defs"].as_object().expect("definitions") {
            // `schedule` says less of a finding, and of the zone that it was given.
            if name != "finding" {
                assert_eq!(known.entry(name.clone()).or_insert_with(|| definition.clone()), definition, "{name}");
            }
        }
    }
}

#[test]
fn what_is_not_in_the_schema_does_not_fit() {
    let schema = schema("check");
    let mut value: Value = serde_json::from_str(&whole()).expect("one object");
    value["findings"][0]["fingerprint"] = json!("5927c04fe33cf86a63f1eee28f855fd7");
    value["findings"][0]["suppressed"] = json!({"kind": "inSource", "reason": null});
    assert!(schema.is_valid(&value), "reserved names fit");
    value["findings"][0]["finger_print"] = json!("abc");
    assert!(!schema.is_valid(&value));
}

/// One finding with everything in it, one of each that can be said of a document, and a file that cannot be read.
fn whole() -> String {
    let text = "kind: CronJob\nspec:\n  schedule: 60 2 * * *\n";
    let source = Source::new("jobs/a.yaml", text);
    let span = Span::new(32, 34);
    let other = Location::new("jobs/é.yaml", &Lines::new("é: 1\n"), Span::new(4, 5));
    let message = "minute 60 is above the maximum, 59";
    let mut finding = Finding::new("schedule-syntax", "api", Severity::Error, span, message);
    finding.help = Some("there is minute 0 of the next hour".into());
    finding.document = Some(0);
    finding.object = Some(Arc::new(Object {
        api_version: Some("batch/v1".to_owned()),
        kind: Some("CronJob".to_owned()),
        namespace: Some("jobs".to_owned()),
        name: Some("a".to_owned()),
        source: Some("app/templates/job.yaml".to_owned()),
        start: 0,
    }));
    finding.field = Some("spec.schedule".to_owned());
    let (reason, field) = (Some("FieldValueInvalid"), "spec.schedule".to_owned());
    let mut cause = ServerCause::new("validation", reason, field);
    cause.add(ServerCause::new("validation", reason, "spec.jobTemplate.spec"));
    finding.server = Some(cause);
    finding.labels = vec![Label::new(Span::new(0, 4), "a place here"), Label::new(other, "a place elsewhere")];
    finding.fixes = vec![Fix::safe("write 59", Change::text(vec![Edit::replace(span, "59")]))];
    let placeholder = "{{ .x }}".to_owned();
    let reasons = [
        None,
        Some(Unchecked::OtherKind),
        Some(Unchecked::NoKind),
        Some(Unchecked::NotAnObject),
        Some(Unchecked::Template { line: 2, placeholder }),
        Some(Unchecked::NotYaml { line: Some(7) }),
        Some(Unchecked::NotYaml { line: None }),
    ];
    let outcome = |(document, not_checked)| Outcome::new(document, span, not_checked);
    let documents = reasons.into_iter().enumerate().map(outcome).collect();
    let report = Report::new(Arc::new(parse(text)), vec![finding], documents);
    let printer = Printer::new(Format::Json, Look { width: 80, color: false, unicode: true });
    let (mut out, mut writer) = (Vec::new(), printer.writer());
    let unread = Unread { file: "binary.yaml".to_owned(), why: "a binary file".into() };
    for share in [printer.share(&source, report, Path::new("jobs/a.yaml")), Share::of_unread(unread)] {
        writer.add(share, &mut out).expect("memory takes all");
    }
    writer.finish(&mut out, &mut std::io::sink()).expect("memory takes all");
    String::from_utf8(out).expect("output is UTF-8")
}

/// The pages of the rulebook are manifests too, if odd ones: every example with its heading as a comment.
fn rules_with_examples() -> Vec<String> {
    let example = |page: &str| -> String {
        let blocks = page.split("```yaml\n").skip(1).filter_map(|rest| rest.split("```").next());
        blocks.collect::<Vec<_>>().join("---\n")
    };
    rules::all().map(|rule| example(rule.rule.page.body())).collect()
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("schemas")
}

fn json_of(path: &Path) -> Value {
    serde_json::from_str(&std::fs::read_to_string(path).expect("the schema is there")).expect("a schema is JSON")
}

fn schema(name: &str) -> Validator {
    let schema = json_of(&folder().join(format!("{name}.schema.json")));
    assert!(jsonschema::meta::is_valid(&schema), "{name} is a schema of draft 2020-12");
    jsonschema::options().should_validate_formats(true).build(&schema).expect("the schema can be used")
}

fn assert_fits(name: &str, text: &str) {
    fits(&schema(name), text);
}

fn fits(schema: &Validator, text: &str) {
    let value: Value = serde_json::from_str(text).unwrap_or_else(|error| panic!("{error} in {text:.400}"));
    let errors: Vec<String> =
        schema.iter_errors(&value).map(|error| format!("{}: {error}", error.instance_path())).take(9).collect();
    assert!(errors.is_empty(), "{errors:#?} in {text:.400}");
}

fn run(args: &[&str]) -> String {
    run_with(args, b"")
}

fn run_with(args: &[&str], input: &[u8]) -> String {
    use std::io::Write as _;
    use std::process::Stdio;
    let mut child = Command::new(env!("CARGO_BIN_EXE_batchlint"))
        .args(args)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("the program starts");
    child.stdin.take().expect("it was piped").write_all(input).expect("the program reads");
    let output = child.wait_with_output().expect("the program ends");
    String::from_utf8(output.stdout).expect("output is UTF-8")
}
