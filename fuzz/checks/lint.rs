//! Any bytes, checked as a file: every place lies in the text, every fix can be applied, every format can be written,
//! and who reads it twice gets the same.

use std::io;
use std::path::Path;

use batchlint::agenda::{Window, rows};
use batchlint::analysis::{Facts, analyse};
use batchlint::config::Config;
use batchlint::diagnostic::{Finding, Place};
use batchlint::lint::{Report, lint, over_all, report};
use batchlint::mend::ignores::{Unwritten, ignore};
use batchlint::project::{Project, Scope};
use batchlint::render::{Format, Look, Printer, read, runs};
use batchlint::schedule::{Instant, Seconds, Zone};
use batchlint::text::{Role, Source, Span, apply_edits};
use batchlint::yaml;

/// 2026-11-21 00:00:00 UTC.
const NOW: Instant = Instant::from_unix(1_795_219_200);
const LOOK: Look = Look { width: 80, color: true, unicode: true };
/// The fixes of a file that are applied one by one.
const FIXES: usize = 8;

pub(crate) fn check(bytes: &[u8]) {
    show(bytes);
    let Ok(source) = Source::decode("fuzz.yaml", bytes.to_vec()) else { return };
    let config = Config::at(NOW).with_pedantic(true);
    let found = lint(&source, &config);
    assert_eq!(found.findings, lint(&source, &config).findings, "a second look sees something else");
    for finding in found.findings.iter().chain(&found.suppressed) {
        look_at(finding, &source);
    }
    let patch = source.clone().with_role(Role::Patch { kinds: [Box::from("CronJob")].into() });
    lint(&patch, &config).findings.iter().for_each(|finding| look_at(finding, &patch));
    found.documents.iter().for_each(|document| assert_within(document.span, &source));
    fix(&source, &found);
    suppress(&source, &config);
    for format in Format::ALL {
        print(*format, &source, &config);
    }
    list(&source, &config);
}

/// What `read` shows of it.
fn show(bytes: &[u8]) {
    let text = yaml::read::text(bytes);
    for file in [text.as_kubectl(), text.as_server()] {
        read::yaml::write(&file, "fuzz.yaml", LOOK, &mut io::sink()).expect("a sink takes everything");
    }
    let documents = yaml::read::kubectl_strict(bytes);
    read::json::write(&documents, text.as_str(), "fuzz.yaml", &mut io::sink()).expect("a sink takes everything");
}

fn look_at(finding: &Finding, source: &Source) {
    assert_within(finding.span, source);
    assert!(!finding.message.is_empty(), "{} has nothing to say", finding.rule);
    for label in &finding.labels {
        match &label.place {
            Place::Here(span) => assert_within(*span, source),
            Place::Elsewhere(location) => assert_within(location.span(), source),
            place => panic!("unknown: {place:?}"),
        }
    }
}

fn assert_within(span: Span, source: &Source) {
    assert!(source.text().get(span.range()).is_some(), "{span:?} is not in the text");
}

fn fix(source: &Source, found: &Report) {
    let errors = yaml::parse(source.text()).errors.len();
    for fix in found.fixes().iter().flatten().take(FIXES) {
        let fixed = apply_edits(source.text(), &fix.edits).expect("a fix can be applied");
        assert!(yaml::parse(&fixed).errors.len() <= errors, "{} breaks the file:\n{fixed}", fix.title);
    }
}

/// Whatever the text, unless it is a template, comments are written for all that is found in it, and it is read as before.
fn suppress(source: &Source, config: &Config) {
    let ignored = match ignore(source, config, &[]) {
        Err(Unwritten::Template { .. }) => return,
        ignored => ignored.expect("comments can be written for all that is found"),
    };
    let again = ignore(&ignored.source, config, &[]).expect("there is nothing to prove any more");
    assert_eq!(again.source.text(), ignored.source.text(), "what is suppressed is suppressed again");
}

/// As `check` does it, with findings that other files have a say in coming last.
fn print(format: Format, source: &Source, config: &Config) {
    let (report, facts) = report(&analyse(source.clone(), config.settings()), config);
    let mut project = Project::new();
    project.add(facts);
    let printer = Printer::new(format, LOOK);
    let mut out = Vec::new();
    let mut writer = printer.writer();
    writer.add(printer.share(source, report, Path::new("fuzz.yaml")), &mut out).expect("a buffer takes everything");
    writer.add_late(over_all(&project, config, Scope::Whole));
    writer.finish(&mut out, &mut io::sink()).expect("a buffer takes everything");
    let text = std::str::from_utf8(&out).expect("output is text");
    if matches!(format, Format::Json | Format::Lsp) {
        serde_json::from_str::<serde_json::Value>(text).expect("it is JSON");
    }
}

/// What `runs` shows of it.
fn list(source: &Source, config: &Config) {
    let mut project = Project::new();
    project.add(Facts::of(&analyse(source.clone(), config.settings())));
    let window = Window { from: NOW, until: NOW + Seconds::DAY };
    let rows = rows(&project, window, 9);
    let out = &mut io::sink();
    runs::timeline::write(&rows, window, Zone::utc(), LOOK, out).expect("a sink takes everything");
    runs::list::write_merged(&rows, 9, Zone::utc(), LOOK, out).expect("a sink takes everything");
    runs::list::write_notes(&rows, window, LOOK, out).expect("a sink takes everything");
    runs::ics::write(&rows, window, out).expect("a sink takes everything");
    runs::json::write(&rows, window, out).expect("a sink takes everything");
}
