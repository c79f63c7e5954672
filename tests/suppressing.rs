//! Findings that are there and do not count: what suppresses them, and what is shown of it.

mod program;

use std::path::Path;

use batchlint::config::Config;
use batchlint::diagnostic::{Severity, Suppression, SuppressionKind};
use batchlint::lint::lint;
use batchlint::render::{Format, Look, Printer};
use batchlint::schedule::Instant;
use batchlint::text::Source;
use program::FOUND;

/// 2026-11-21 00:00:00 UTC.
const NOW: Instant = Instant::from_unix(1_795_219_200);

/// What a format shows of the one finding of [`FOUND`], which a baseline suppresses.
fn shown(format: Format, shows_suppressed: bool) -> String {
    let source = Source::new("a.yaml", FOUND);
    let mut report = lint(&source, &Config::at(NOW));
    report.suppress(|_| Some(Suppression::new(SuppressionKind::External, " known since\nMay ")));
    let mut printer = Printer::new(format, Look { width: 80, color: false, unicode: true });
    printer.manner.shows_suppressed = shows_suppressed;
    let (mut out, mut aside) = (Vec::new(), Vec::new());
    let mut writer = printer.writer();
    let share = printer.share(&source, report, Path::new("a.yaml"));
    writer.add(share, &mut out).expect("a vector takes all");
    assert_eq!((writer.tally().suppressed, writer.tally().at_least(Severity::Advice)), (1, 0));
    writer.finish(&mut out, &mut aside).expect("a vector takes all");
    String::from_utf8([out, aside].concat()).expect("output is UTF-8")
}

#[test]
fn what_is_suppressed_is_counted_and_shown_only_where_that_is_asked_for() {
    for &format in Format::ALL {
        let hidden = shown(format, false);
        assert!(!hidden.contains("no run ever starts"), "{hidden}");
    }
    insta::assert_snapshot!([shown(Format::Full, true), shown(Format::Concise, true)].join("\n"));
    let json: serde_json::Value = serde_json::from_str(&shown(Format::Json, true)).expect("JSON");
    assert_eq!(json["findings"][0]["suppressed"]["kind"], "external");
    assert_eq!(json["findings"][0]["suppressed"]["reason"], "known since\\nMay");
    assert_eq!((&json["summary"]["errors"], &json["summary"]["suppressed"]), (&0.into(), &1.into()));
    assert!(shown(Format::Lsp, true).contains("\"severity\":4"));
}
