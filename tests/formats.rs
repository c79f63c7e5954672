//! What each output format looks like, and what it never does.

#![expect(clippy::disallowed_methods, reason = "tests read fixtures from disk")]

use std::path::Path;
use std::sync::Arc;

use batchlint::analysis::{Outcome, Unchecked};
use batchlint::diagnostic::{Finding, Fix, Label, Late, Object, ServerCause, Severity};
use batchlint::k8s::Version;
use batchlint::lint::Report;
use batchlint::render::{Format, Look, Printer, Remarks, Share, Tally, Unread, summary};
use batchlint::text::{Edit, Message, Source, Span};
use batchlint::yaml::{Change, parse};

const TERMINAL: Look = Look { width: 80, color: false, unicode: true };

#[test]
fn full_shows_the_lines_the_labels_and_the_help() {
    let (source, report) = found();
    insta::assert_snapshot!(in_full(&source, &report, TERMINAL));
}

#[test]
fn full_is_ascii_where_the_locale_is() {
    let (source, report) = found();
    let text = in_full(&source, &report, Look { unicode: false, ..TERMINAL });
    assert!(text.is_ascii(), "{text}");
    insta::assert_snapshot!(text);
}

#[test]
fn full_wraps_where_the_terminal_is_narrow() {
    let (source, report) = found();
    let text = in_full(&source, &report, Look { width: 50, ..TERMINAL });
    assert!(text.lines().all(|line| width(line) <= 50), "{text}");
    insta::assert_snapshot!(text);
}

#[test]
fn full_in_colour_is_the_same_text() {
    let (source, report) = found();
    let colored = in_full(&source, &report, Look { color: true, ..TERMINAL });
    insta::assert_snapshot!(colored.replace('\u{1b}', "␛"));
    let plain = in_full(&source, &report, TERMINAL);
    let without_styles: Vec<String> = colored.lines().map(|line| without_styles(line).trim_end().to_owned()).collect();
    assert_eq!(without_styles, plain.lines().collect::<Vec<_>>());
}

#[test]
fn concise_is_one_line_a_finding() {
    let (source, report) = found();
    insta::assert_snapshot!(findings(Format::Concise, &source, &report));
}

#[test]
fn json_is_the_promised_object() {
    let (source, report) = found();
    let text = in_json(&source, &report, &[]);
    let value: serde_json::Value = serde_json::from_str(&text).expect("one JSON object");
    let names: Vec<&String> = value.as_object().expect("an object").keys().collect();
    assert_eq!(names, ["documents", "errors", "findings", "summary", "tool", "version"]);
    insta::assert_snapshot!(text.replace(env!("CARGO_PKG_VERSION"), "VERSION"));
}

#[test]
fn json_names_the_files_that_could_not_be_read() {
    let unread = [Unread { file: "a\"b.yaml".to_owned(), why: "a binary file".into() }];
    let (source, report) = found();
    let value: serde_json::Value = serde_json::from_str(&in_json(&source, &report, &unread)).expect("one JSON object");
    assert_eq!(value["errors"], serde_json::json!([{"file": "a\"b.yaml", "message": "a binary file"}]));
}

#[test]
fn json_without_findings_is_an_object_too() {
    let nothing = Report::new(Arc::new(parse("")), Vec::new(), Vec::new());
    let value: serde_json::Value =
        serde_json::from_str(&in_json(&Source::new("a.yaml", ""), &nothing, &[])).expect("one JSON object");
    assert_eq!((&value["findings"], &value["documents"]), (&serde_json::json!([]), &serde_json::json!([])));
}

#[test]
fn lsp_is_publish_diagnostics_params() {
    let (source, report) = found();
    let value = &in_lsp(&source, &report)[0];
    insta::assert_snapshot!(serde_json::to_string_pretty(value).expect("it was JSON"));
}

#[test]
fn lsp_counts_utf16_code_units() {
    let source = Source::new("a.yaml", "a: 😀é x\n");
    let report = report(&source, vec![finding(&source, "x", "message")]);
    assert_eq!(
        in_lsp(&source, &report)[0]["diagnostics"][0]["range"]["start"],
        serde_json::json!({"line": 0, "character": 7})
    );
}

#[test]
fn unusual_lines_are_shown_as_they_are_read() {
    let long = format!("a: {}needle{}\n", "日本".repeat(30_000), "z".repeat(100_000));
    let mut all = String::new();
    for (text, needle) in [
        ("key: value\r\nnext: needle\r\nlast: 1\r\n", "needle"),
        ("a:\n\tneedle: 1\n", "needle"),
        ("名前: 日本語の値 needle\n", "needle"),
        ("a: \u{1b}[31mneedle\u{1b}]0;title\u{7}\u{202e}\n", "needle"),
        ("a: needle", "needle"),
        (long.as_str(), "needle"),
        ("many: |\n  needle one\n  two\n  three\nnext: 1\n", "needle one\n  two\n  three\n"),
    ] {
        let source = Source::new("un\u{1b}[1musual.yaml", text);
        let report = report(&source, vec![finding(&source, needle, "here it is")]);
        all.push_str(&in_full(&source, &report, TERMINAL));
    }
    assert!(!all.contains(['\u{1b}', '\u{7}', '\u{202e}', '\r', '\t']), "{all:?}");
    assert!(all.lines().all(|line| width(line) <= 80), "{all}");
    insta::assert_snapshot!(all);
}

#[test]
fn no_place_in_any_text_is_too_strange_to_show() {
    let texts =
        ["", "\n", "\r\n\r\n", "a", "é: 日\u{301}\r\n\t- x\n\n", "\u{feff}a: 😀\n---\nb", "a:\u{200b}\u{7f}\n  b"];
    for text in texts {
        let source = Source::new("a.yaml", text);
        let end = u32::try_from(text.len()).expect("short") + 2;
        for (start, stop) in (0..=end).flat_map(|start| (start..=end).map(move |stop| (start, stop))) {
            let mut finding = finding(&source, "", "message");
            finding.span = Span::new(start, stop);
            finding.labels.push(Label::new(Span::new(stop, end), "label\u{1b}"));
            let report = report(&source, vec![finding]);
            for look in [TERMINAL, Look { width: 0, color: true, unicode: false }] {
                let shown = in_full(&source, &report, look);
                assert!(shown.contains("message"), "{text:?} {start}..{stop}: {shown}");
            }
        }
    }
}

#[test]
fn a_file_with_one_very_long_line_and_many_findings_is_shown_at_once() {
    let text = format!("[{}]", "\"日本\", needle, ".repeat(20_000));
    let source = Source::new("a.json", text.as_str());
    let findings = text.match_indices("needle").map(|(at, found)| {
        let start = u32::try_from(at).expect("short");
        let mut finding = finding(&source, found, format!("message {start}"));
        finding.span = Span::new(start, start + 6);
        finding
    });
    let report = report(&source, findings.collect());
    // Quadratic time would be hours here.
    assert_eq!(in_full(&source, &report, TERMINAL).matches("message").count(), 20_000);
    assert_eq!(in_json(&source, &report, &[]).matches("\"message\":").count(), 20_000);
}

#[test]
fn the_summary_counts_and_names_what_was_not_checked() {
    let (_, report) = found();
    let mut tally = Tally::of(&report);
    let mut out = Vec::new();
    summary::write(&tally, TERMINAL, &mut out).expect("a vector takes all");
    tally.add(Tally { unread: 2, ..Tally::default() });
    summary::write(&tally, TERMINAL, &mut out).expect("a vector takes all");
    insta::assert_snapshot!(text(out));
}

/// The findings of PRODUCT's picture, and some more kinds of them, in a real manifest.
fn found() -> (Source, Report) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/found/report.yaml");
    let source = Source::new("jobs/report.yaml", std::fs::read_to_string(path).expect("the fixture is there"));
    let mut schedule = finding(&source, "24", "hour 24 is above the maximum, 23");
    schedule.help = Some("midnight is hour 0: `0 0 * * *`".into());
    schedule.server = Some(ServerCause::new("validation", Some("FieldValueInvalid"), "spec.schedule"));
    schedule.fixes.push(Fix::safe("write hour 0", Change::text(vec![Edit::replace(schedule.span, "0")])));

    let mut field = finding(&source, "backoffLimit", "`backoffLimit` is not a field of a pod's spec");
    let label = "it belongs here, in spec.jobTemplate.spec, beside `template`, where the Job's own fields stand";
    field.labels.push(Label::new(span_of(&source, "spec:\n      template").0, label));
    field.fixes.push(Fix::unsafe_("move it to spec.jobTemplate.spec", Change::text(Vec::new())));

    let message =
        "Kubernetes puts no value into `{{ .ScheduledTime }}`, and neither does anything else that is plain to see";
    let mut placeholder = finding(&source, "{{ .ScheduledTime }}", message);
    placeholder.severity = Severity::Warning;
    let help = "the pod's label batch.kubernetes.io/job-name ends with the scheduled minute (Unix time / 60); read it \
                with `valueFrom.fieldRef`, or take the date in the program";
    placeholder.help = Some(help.into());
    placeholder.labels.push(Label::new(placeholder.span, "left as it is"));

    let mut policy = finding(&source, "restartPolicy", "a message of two\nlines \u{1b}[31m");
    policy.severity = Severity::Advice;
    policy.object = None;
    policy.field = None;

    let report = report(&source, vec![schedule, policy, field, placeholder]);
    (source, report)
}

fn finding(source: &Source, words: &str, message: impl Into<Message>) -> Finding {
    let (span, _) = span_of(source, words);
    let mut finding = Finding::new("rule-name", "run", Severity::Error, span, message);
    finding.document = Some(0);
    finding.object = Some(Arc::new(Object {
        api_version: Some("batch/v1".to_owned()),
        kind: Some("CronJob".to_owned()),
        namespace: None,
        name: Some("report".to_owned()),
        source: None,
        start: 0,
    }));
    finding.field = Some("spec.schedule".to_owned());
    finding
}

/// The place of the words' first line, and of all of them.
fn span_of(source: &Source, words: &str) -> (Span, Span) {
    let start = source.text().find(words).expect("the words are there");
    let place = |length: usize| {
        let (start, length) = (u32::try_from(start).expect("short"), u32::try_from(length).expect("short"));
        Span::new(start, start + length)
    };
    (place(words.find(':').unwrap_or(words.len())), place(words.len()))
}

fn report(source: &Source, findings: Vec<Finding>) -> Report {
    let outcome = |document, kind: &str, not_checked| {
        let mut outcome = Outcome::new(document, Span::new(0, 0), not_checked);
        (outcome.kind, outcome.name) = (Some(kind.to_owned()), Some("report".to_owned()));
        outcome
    };
    let other = outcome(1, "Service", Some(Unchecked::OtherKind));
    Report::new(Arc::new(parse(source.text())), findings, vec![outcome(0, "CronJob", None), other])
}

fn in_full(source: &Source, report: &Report, look: Look) -> String {
    quietly(Printer::new(Format::Full, look), source, report)
}

fn in_json(source: &Source, report: &Report, unread: &[Unread]) -> String {
    let mut printer = Printer::new(Format::Json, TERMINAL);
    printer.manner.kubernetes = Version::new(36);
    printer.manner.most = None;
    let unread = unread.iter().cloned().map(Share::of_unread);
    written(&printer, std::iter::once(share(&printer, source, report)).chain(unread), Vec::new()).0
}

fn in_lsp(source: &Source, report: &Report) -> serde_json::Value {
    let mut printer = Printer::new(Format::Lsp, TERMINAL);
    printer.manner.folder = "/work".into();
    let (text, _) = written(&printer, [share(&printer, source, report)], Vec::new());
    serde_json::from_str(&text).expect("one JSON array")
}

fn findings(format: Format, source: &Source, report: &Report) -> String {
    quietly(Printer::new(format, TERMINAL), source, report)
}

/// All findings, and nothing beside them.
fn quietly(mut printer: Printer, source: &Source, report: &Report) -> String {
    (printer.manner.most, printer.manner.remarks) = (None, Remarks::None);
    written(&printer, [share(&printer, source, report)], Vec::new()).0
}

fn share(printer: &Printer, source: &Source, report: &Report) -> Share {
    printer.share(source, report.clone(), Path::new(source.name()))
}

/// The whole output, and what is said beside it.
fn written(printer: &Printer, shares: impl IntoIterator<Item = Share>, late: Vec<Late>) -> (String, String) {
    let (mut out, mut aside) = (Vec::new(), Vec::new());
    let mut writer = printer.writer();
    for share in shares {
        writer.add(share, &mut out).expect("a vector takes all");
    }
    writer.add_late(late);
    writer.finish(&mut out, &mut aside).expect("a vector takes all");
    (text(out), text(aside))
}

fn text(out: Vec<u8>) -> String {
    String::from_utf8(out).expect("output is UTF-8")
}

fn width(line: &str) -> usize {
    textwrap::core::display_width(line)
}

/// The line without its escape sequences, all of which set styles.
fn without_styles(line: &str) -> String {
    let mut parts = line.split('\u{1b}');
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |text, part| text + part.split_once('m').expect("a style").1)
}
