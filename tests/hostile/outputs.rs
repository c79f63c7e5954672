//! Everything that the commands write of a text, with a look at every place in it.

use std::collections::HashMap;
use std::num::NonZeroUsize;
use std::path::Path;

use batchlint::agenda::{Window, rows};
use batchlint::analysis::{Facts, analyse};
use batchlint::diagnostic::{Finding, Place};
use batchlint::lint::over_all;
use batchlint::project::{Project, Scope};
use batchlint::render::runs::{ics, json, list, timeline};
use batchlint::render::{Format, Look, Printer, Tally, read};
use batchlint::schedule::{Instant, Seconds, Zone};
use batchlint::text::{Source, Span, apply_edits};
use batchlint::{Config, Report, lint, yaml};

const LOOK: Look = Look { width: 80, color: true, unicode: true };
/// Findings of one rule that are kept of a document.
const MOST: usize = 3;
const NOW: Instant = Instant::from_unix(1_798_761_600);

/// Checks, reads and lists the runs of a text in every format.
pub(crate) fn write_all(name: &str, text: &str) {
    let (source, config) = (Source::new("a.yaml", text), Config::at(NOW).with_pedantic(true));
    let analysis = analyse(source.clone(), config.settings());
    let (report, facts) = batchlint::lint::report(&analysis, &config);
    look_at_places(name, text, &report);
    let whole = lint(&source, &config);
    look_at_places(name, text, &whole);
    count(name, &whole, &lint(&source, &config.clone().with_most(NonZeroUsize::new(MOST))));
    let mut project = Project::new();
    project.add(facts);
    for format in Format::ALL {
        check(name, *format, &source, &report, &project);
    }
    read_all(text);
    list_runs(name, Facts::of(&analysis));
}

/// However few findings are kept, all are counted, and of no rule more are kept than shall be.
fn count(name: &str, whole: &Report, few: &Report) {
    let [all, counted] = [whole, few].map(Tally::of);
    assert_eq!((all.errors, all.warnings, all.advice), (counted.errors, counted.warnings, counted.advice), "{name}");
    assert_eq!((all.rules, &whole.habits), (counted.rules, &few.habits), "{name}");
    let mut kept = HashMap::new();
    for finding in &few.findings {
        *kept.entry((finding.document, finding.rule)).or_insert(0) += 1;
        *kept.entry((None, finding.rule)).or_insert(0) += 1;
    }
    for ((document, rule), count) in kept {
        assert!(count <= if document.is_some() { MOST } else { 10 * MOST }, "{name}: {count} {rule}");
    }
    let first = |rule: &str| whole.findings.iter().find(|finding| finding.rule == rule);
    // What a mend would lead to is seen of the mends that are kept.
    let said = |finding: &Finding| (finding.rule, finding.span, finding.message.clone());
    let is_kept = |finding: &&Finding| few.findings.iter().any(|kept| said(kept) == said(finding));
    assert!(few.findings.iter().all(|kept| first(kept.rule).is_some_and(|first| is_kept(&first))), "{name}");
}

fn look_at_places(name: &str, text: &str, report: &Report) {
    let is_there = |span: Span| span.start <= span.end && text.get(span.range()).is_some();
    for finding in &report.findings {
        assert!(is_there(finding.span), "{name}: {finding:?}");
        for label in &finding.labels {
            let span = match &label.place {
                Place::Here(span) => *span,
                Place::Elsewhere(location) => location.span(),
                _ => panic!("{name}: a label stands nowhere: {label:?}"),
            };
            assert!(is_there(span), "{name}: {label:?}");
        }
    }
    for fix in report.fixes().iter().flatten() {
        assert!(apply_edits(text, &fix.edits).is_ok(), "{name}: {fix:?}");
    }
    for outcome in &report.documents {
        assert!(is_there(outcome.span), "{name}: {outcome:?}");
    }
}

fn check(name: &str, format: Format, source: &Source, report: &Report, project: &Project) {
    let printer = Printer::new(format, LOOK);
    let (mut out, mut aside) = (Vec::new(), Vec::new());
    let mut writer = printer.writer();
    writer.add(printer.share(source, report.clone(), Path::new("a.yaml")), &mut out).expect("memory takes all");
    writer.add_late(over_all(project, &Config::at(NOW).with_pedantic(true), Scope::Whole));
    writer.finish(&mut out, &mut aside).expect("memory takes all");
    if matches!(format, Format::Json | Format::Lsp) {
        assert_json(name, &out);
    } else {
        assert!(str::from_utf8(&out).is_ok(), "{name}");
    }
}

fn read_all(text: &str) {
    let mut out = Vec::new();
    for file in [yaml::parse(text), yaml::parse_as_server(text)] {
        read::yaml::write(&file, "a.yaml", LOOK, &mut out).expect("memory takes all");
    }
    for documents in [yaml::read::kubectl(text.as_bytes()), yaml::read::kubectl_strict(text.as_bytes())] {
        read::json::write(&documents, text, "a.yaml", &mut out).expect("memory takes all");
    }
}

fn list_runs(name: &str, facts: Facts) {
    let mut project = Project::new();
    project.add(facts);
    let window = Window { from: NOW, until: NOW.saturating_add(Seconds::DAY) };
    let (most, mut out) = (20, Vec::new());
    let rows = rows(&project, window, most);
    json::write(&rows, window, &mut out).expect("memory takes all");
    assert_json(name, &out);
    ics::write(&rows, window, &mut out).expect("memory takes all");
    timeline::write(&rows, window, Zone::utc(), LOOK, &mut out).expect("memory takes all");
    list::write_merged(&rows, most, Zone::utc(), LOOK, &mut out).expect("memory takes all");
    list::write_grouped(&rows, most, Zone::utc(), LOOK, &mut out).expect("memory takes all");
    list::write_notes(&rows, window, LOOK, &mut out).expect("memory takes all");
}

fn assert_json(name: &str, out: &[u8]) {
    let read = serde_json::from_slice::<serde::de::IgnoredAny>(out);
    assert!(read.is_ok(), "{name}: {:?}", read.err());
}
