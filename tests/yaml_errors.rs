//! What is said of text that cannot be read, and where it points; and the traps that are noted.
//!
//! The sentences stand in `fixtures/yaml/errors.jsonl`; `UPDATE=1` writes them anew, to be read before they are kept.
#![expect(clippy::disallowed_methods, reason = "a test reads the kept files")]

use batchlint::schedule::Instant;
use batchlint::yaml::{Trap, parse};
use batchlint::{Config, Source, lint};
use serde_json::{Value, json};

#[test]
fn every_error_points_at_its_characters_and_says_what_would_be_right() {
    let path = format!("{}/fixtures/yaml/errors.jsonl", env!("CARGO_MANIFEST_DIR"));
    let kept = std::fs::read_to_string(&path).expect("the kept sentences");
    let mut rows = String::new();
    for line in kept.lines() {
        let text = serde_json::from_str::<Value>(line).expect("a row")["text"].as_str().expect("a text").to_owned();
        let file = parse(&text);
        let error = file.errors.first().expect("an error");
        let message = &error.message;
        assert!(!message.to_lowercase().contains("invalid") && !message.ends_with('.'), "{message}");
        let mut row = json!({"text": text, "start": error.span.start, "at": &text[error.span.range()], "message": message.as_str()});
        if let Some((span, words)) = &error.label {
            row["label"] = json!([span.start, &text[span.range()], words.as_str()]);
        }
        rows.push_str(&format!("{row}\n"));
    }
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, rows).expect("the sentences are written");
        return;
    }
    assert_eq!(rows, kept);
    assert!(kept.lines().count() > 40);
}

#[test]
fn a_broken_document_keeps_what_was_understood_and_the_rest_is_read() {
    let text = "a: 1\nb: [x, y\n---\nc: 3\n---\nd: \"open\n---\ne: 5\n";
    let file = parse(text);
    let keys: Vec<Vec<&str>> = file
        .documents
        .iter()
        .map(|document| document.root().into_iter().flat_map(|root| root.entries()).map(|entry| entry.key).collect())
        .collect();
    assert_eq!(keys, [vec!["a", "b"], vec!["c"], vec!["d"], vec!["e"]]);
    assert_eq!(file.documents.iter().map(|document| document.complete).collect::<Vec<_>>(), [false, true, false, true]);
    assert_eq!(file.errors.iter().map(|error| error.document).collect::<Vec<_>>(), [Some(0), Some(2)]);
}

/// As deep as go-yaml goes, and not one deeper: the error stands at what is too much, however it is read.
#[test]
fn collections_lie_in_each_other_as_deep_as_kubernetes_reads_them() {
    for (last, too_much) in [("a: 1\n", ": 1\n"), ("a : 1\n", ": 1\n"), ("? a\n", "? a\n"), ("- a\n", "- a\n")] {
        let nested = |depth: usize| format!("{}{last}", "- ".repeat(depth - 1));
        assert_eq!(parse(&nested(10_000)).errors, [], "{last}");
        let text = nested(10_001);
        let errors = parse(&text).errors;
        assert_eq!(errors.first().map(|error| &text[error.span.start as usize..]), Some(too_much));
    }
}

#[test]
fn what_deceives_a_reader_is_noted() {
    for (text, trap, at) in [
        ("a: 1\n...\nb: 2\n", Trap::Ignored, "b: 2"),
        (" a: 1\nb: 2\n", Trap::Ignored, "b: 2"),
        ("\"kind\":Job\n", Trap::Ignored, ":Job"),
        ("# c\u{2028}a: 1\n", Trap::LineBreak, "\u{2028}"),
        ("a: 1\u{85}b: 2\n", Trap::LineBreak, "\u{85}"),
        ("a: 1\rb: 2\n", Trap::LineBreak, "\r"),
        ("a: x\u{feff}\n", Trap::SecondMark, "\u{feff}"),
        ("a: \"x\n---\ny\"\n", Trap::Separator, "---"),
        ("b: &b {a: 1}\nc:\n  <<: *b\n  a: 2\n", Trap::MergeOverride, "a"),
        ("1: a\n\"1\": b\n", Trap::Collision, "\"1\""),
    ] {
        let file = parse(text);
        let note = file.notes.iter().find(|note| note.trap == trap);
        assert_eq!(note.map(|note| &text[note.span.range()]), Some(at), "{text:?}: {:?}", file.notes);
    }
    let split = parse("a: \"x\n---\ny\"\n");
    let label = split.errors[0].label.as_ref().map(|(span, words)| (&split.text[span.range()], words.as_str()));
    assert_eq!(label, Some(("---", "kubectl splits the file here, still inside the quotes")));
    assert_eq!(parse("# c\na: 1 # d\n---\nb: \"x\\n\"\n...\n# end\n").notes, []);
}

#[test]
fn a_second_byte_order_mark_eats_characters_as_it_does_in_kubernetes() {
    let file = parse("\u{feff}\u{feff}apiVersion: v1\nkind: Job\n");
    let root = file.documents[0].root().expect("a root");
    assert_eq!(root.entries().map(|entry| entry.key).collect::<Vec<_>>(), ["apiVersion", "ind"]);
}

#[test]
fn carriage_returns_are_said_once_where_lines_end_so_and_all_else_each_time() {
    let said = |text: &str| {
        let report = lint(&Source::new("a.yaml", text), &Config::at(Instant::from_unix(0)));
        let breaks = report.findings.iter().filter(|finding| finding.rule == "hidden-line-break");
        breaks.map(|finding| text[finding.span.range()].to_owned()).collect::<Vec<_>>()
    };
    let job = ["apiVersion: batch/v1", "kind: Job", "metadata:", "  name: a", "spec: {}"];
    assert_eq!(said(&job.join("\n")).len(), 0);
    assert_eq!(said(&job.join("\r")), ["\r"]);
    assert_eq!(said(&job.join("\u{85}")).len(), 4);
    assert_eq!(said(&(job[..3].join("\r") + "\u{85}" + &job[3..].join("\r"))), ["\r", "\u{85}"]);
    assert_eq!(said(&(job[..3].join("\r") + "\n" + &job[3..].join("\n"))), ["\r", "\r"]);
}
