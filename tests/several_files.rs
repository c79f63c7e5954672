//! Findings over several files, in every format: labels that point into other files, and findings that are known only
//! when all files were read, whose texts are gone by then.

use std::path::Path;
use std::sync::Arc;

use batchlint::diagnostic::{Finding, Label, Late, Resolved, Safety, Severity};
use batchlint::lint::Report;
use batchlint::render::{Format, Look, Printer};
use batchlint::text::{Edit, Lines, Location, Source, Span};
use batchlint::yaml::parse;
use serde_json::Value;

const A: &str = "kind: CronJob\nspec:\n  schedule: \"0 2 * * *\"   # à 2 h 😀\n";
const B: &str = "kind: CronJob\nmetadata:\n  name: b\nspec:\n  schedule: 0 2 * * *\n";

#[test]
fn full_shows_a_label_of_another_file_in_an_excerpt_of_its_own() {
    insta::assert_snapshot!(printed(Format::Full).0);
}

#[test]
fn concise_prints_late_findings_after_those_of_all_files() {
    let (out, aside) = printed(Format::Concise);
    assert_eq!(
        out,
        "a.yaml:3:14: warning[early] found while a.yaml was read\n\
         a.yaml:3:14: warning[late] three runs start together\n\
         c.yaml:1:4: warning[late] at the end of a long line\n"
    );
    assert!(aside.starts_with("Checked 0 documents in 2 files: 3 warnings.\n"), "{aside}");
}

#[test]
fn json_names_the_file_of_every_range() {
    let value: Value = serde_json::from_str(&printed(Format::Json).0).expect("one object");
    let findings = value["findings"].as_array().expect("a list");
    assert_eq!(value["summary"]["warnings"], findings.len());
    let early = &findings[0]["related"][0];
    assert_eq!((&early["file"], &early["range"]["start"]["line"]), (&"b.yaml".into(), &5.into()));
    let late = &findings[1];
    let files: Vec<&Value> =
        late["related"].as_array().expect("a list").iter().map(|related| &related["file"]).collect();
    assert_eq!(files, ["a.yaml", "b.yaml", "c.yaml"]);
    let edit = &late["fixes"][0]["edits"][0];
    assert_eq!((&edit["file"], &edit["range"]["start"]["column"]), (&"a.yaml".into(), &14.into()));
}

#[test]
fn lsp_publishes_a_file_once_with_its_late_findings() {
    let value: Value = serde_json::from_str(&printed(Format::Lsp).0).expect("one list");
    let rules = |element: &Value| -> Vec<Value> {
        element["diagnostics"].as_array().expect("a list").iter().map(|found| found["code"].clone()).collect()
    };
    let shown: Vec<(&Value, Vec<Value>)> =
        value.as_array().expect("a list").iter().map(|element| (&element["uri"], rules(element))).collect();
    assert_eq!(
        shown,
        [
            (&"file:///work/a.yaml".into(), vec!["early".into(), "late".into()]),
            (&"file:///work/b.yaml".into(), vec![]),
            (&"file:///work/c.yaml".into(), vec!["late".into()]),
        ]
    );
    let related = &value[0]["diagnostics"][0]["relatedInformation"][0]["location"];
    assert_eq!((&related["uri"], &related["range"]["start"]["line"]), (&"file:///work/b.yaml".into(), &4.into()));
    assert_eq!(value[0]["diagnostics"][1]["relatedInformation"].as_array().map(Vec::len), Some(3));
}

#[test]
fn a_late_finding_keeps_only_what_can_be_shown() {
    let (at, first) = (location("a.yaml", A, "0 2"), Span::new(0, 4));
    let mut finding = finding("late", "message", at.span());
    finding.labels = vec![Label::new(first, "on another line"), Label::new(at.span(), "here")];
    let late = Late::new(at, finding, vec![fix("a word of another line", Edit::replace(first, "x"))]);
    assert_eq!((late.finding().labels.len(), late.fixes().len()), (1, 0));
}

/// Two files, of which the first has a finding that points into the second, and what both show together.
fn printed(format: Format) -> (String, String) {
    let look = Look { width: 80, color: false, unicode: true };
    let mut printer = Printer::new(format, look);
    printer.manner.folder = "/work".into();
    let (mut out, mut aside) = (Vec::new(), Vec::new());
    let mut writer = printer.writer();
    for (name, text, findings) in [("a.yaml", A, vec![early()]), ("b.yaml", B, vec![])] {
        let report = Report::new(Arc::new(parse(text)), findings, Vec::new());
        let share = printer.share(&Source::new(name, text), report, Path::new(name));
        writer.add(share, &mut out).expect("memory takes all");
    }
    writer.add_late(vec![late(), long()]);
    writer.finish(&mut out, &mut aside).expect("memory takes all");
    let text = |bytes| String::from_utf8(bytes).expect("output is UTF-8");
    (text(out), text(aside))
}

fn early() -> Finding {
    let mut finding = finding("early", "found while a.yaml was read", location("a.yaml", A, "0 2").span());
    finding.help = Some("there is help below all excerpts".into());
    finding.labels.push(Label::new(location("b.yaml", B, "0 2 * * *"), "the same schedule"));
    finding.labels.push(Label::new(location("a.yaml", A, "spec"), "a place of the own file that names it"));
    finding
}

/// Its text is gone; a third file is named that has no share.
fn late() -> Late {
    let at = location("a.yaml", A, "0 2");
    let mut finding = finding("late", "three runs start together", at.span());
    finding.labels.push(Label::new(location("a.yaml", A, "à 2 h"), "the comment says so, too"));
    finding.labels.push(Label::new(location("b.yaml", B, "0 2"), "the second"));
    finding.labels.push(Label::new(location("c.yaml", "x: 0 2", "0 2"), "the third"));
    let fix = fix("start it at another minute", Edit::replace(at.span(), "17 2"));
    Late::new(at, finding, vec![fix])
}

fn long() -> Late {
    let text = format!("x: needle {}", "long ".repeat(1_000));
    let at = location("c.yaml", &text, "needle");
    let mut finding = finding("late", "at the end of a long line", at.span());
    let text = format!("{} needle {}", "before ".repeat(200), "behind ".repeat(200));
    finding.labels.push(Label::new(location("d\u{1b}.yaml", &text, "needle"), "in the midst of a long line"));
    Late::new(at, finding, Vec::new())
}

fn fix(title: &'static str, edit: Edit) -> Resolved {
    Resolved { title: title.into(), safety: Safety::Safe, edits: vec![edit], elsewhere: Vec::new() }
}

fn location(file: &str, text: &str, words: &str) -> Location {
    let start = u32::try_from(text.find(words).expect("the words are there")).expect("short");
    let span = Span::new(start, start + u32::try_from(words.len()).expect("short"));
    Location::new(Arc::from(file), &Lines::new(text), span)
}

fn finding(rule: &'static str, message: &'static str, span: Span) -> Finding {
    let mut finding = Finding::new(rule, "fleet", Severity::Warning, span, message);
    finding.document = Some(0);
    finding
}
