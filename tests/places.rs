//! The exact place is right: what a finding points at is the key or the value that its field names.

#![expect(clippy::disallowed_methods, reason = "tests read fixtures and the rulebook from disk")]

use std::fmt::Write as _;
use std::path::Path;

use batchlint::analysis::analyse;
use batchlint::config::Config;
use batchlint::diagnostic::{Finding, Severity};
use batchlint::lint::{lint, report};
use batchlint::rules;
use batchlint::schedule::Instant;
use batchlint::text::{Lines, Source, Span};
use batchlint::yaml::{self, Entry, Kind, Value};

/// 2026-11-21 00:00:00 UTC.
const NOW: Instant = Instant::from_unix(1_795_219_200);

/// All that there is to find.
fn config() -> Config {
    Config::at(NOW).with_pedantic(true)
}

/// Whether it was found in what a template prints, whose objects stand nowhere as such.
fn is_in_template(file: &yaml::File, finding: &Finding) -> bool {
    let document = finding.document.and_then(|document| file.documents.get(document));
    document.is_some_and(|document| document.placeholder().is_some())
}

#[test]
fn every_finding_points_at_the_key_or_value_of_its_field() {
    let mut count = 0;
    for source in found().into_iter().chain(examples()) {
        let file = yaml::parse(source.text());
        for finding in lint(&source, &config()).findings {
            count += 1;
            let place = format!("{} {} {:?}", source.name(), finding.rule, source.slice(finding.span));
            assert!(!finding.span.is_empty(), "{place} points at nothing");
            let is_placed = is_in_template(&file, &finding) || is_at_its_field(&file, &finding);
            assert!(is_placed, "{place} is not at {:?}", finding.field);
        }
    }
    assert!(count >= 200, "only {count} findings were looked at");
}

#[test]
fn every_finding_in_an_object_has_an_owner_that_starts_with_its_key_or_item() {
    let config = config();
    for source in found().into_iter().chain(examples()) {
        let analysis = analyse(source.clone(), config.settings());
        let owners = analysis.owners();
        for finding in report(&analysis, &config).0.findings {
            let place = format!("{} {} {:?}", source.name(), finding.rule, source.slice(finding.span));
            let Some(owner) = owners.of(&finding) else {
                let is_free = finding.object.is_none() || is_in_template(analysis.file(), &finding);
                assert!(is_free, "{place} has no owner");
                continue;
            };
            assert!(owner.contains(finding.span), "{place} is not in {:?}", source.slice(owner));
            let before = source.text()[..owner.start as usize].trim_end_matches([' ', '-', '"', '\'']);
            assert!(before.is_empty() || before.ends_with(['\n', '{', '[', ',', ':']), "{place} ends {before:?}");
        }
    }
}

#[test]
fn what_is_found_in_the_fixtures_is_this() {
    let mut seen = String::new();
    for source in found() {
        let lines = Lines::new(source.text());
        for finding in lint(&source, &config()).findings {
            let place = lines.position(finding.span.start);
            let (severity, rule, text) = (finding.severity.name(), finding.rule, source.slice(finding.span));
            let _ = writeln!(seen, "{}:{}:{} {severity}[{rule}] {text}", source.name(), place.line, place.column);
        }
    }
    insta::assert_snapshot!(seen);
}

#[test]
fn good_practice_gives_no_error_and_no_warning() {
    let sources = folder("clean");
    assert!(sources.len() > 10, "the fixtures were found");
    for source in sources {
        let report = lint(&source, &config());
        let bad = report.findings.iter().find(|finding| finding.severity != Severity::Advice);
        assert!(bad.is_none(), "{}: {bad:#?}", source.name());
        assert!(report.documents.iter().any(|document| document.not_checked.is_none()), "{}", source.name());
    }
}

fn is_at_its_field(file: &yaml::File, finding: &Finding) -> bool {
    let span = finding.span;
    let Some(field) = &finding.field else {
        return finding.rule == "content-ignored" || file.text[span.range()].lines().count() == 1;
    };
    let root = finding.document.and_then(|index| file.documents[index].root());
    let mut at = Place { value: root.expect("a document with fields has a value"), key: None };
    for step in steps(field) {
        let Some(next) = at.step(&step) else {
            // An absent field: the object that lacks it is named by its key, or by the sibling that asks for the field.
            let sibling = at.value.entries().any(|sibling| is_part(span, sibling.key_span, sibling.value));
            return at.key == Some(span) || sibling;
        };
        at = next;
    }
    // Of some parts the server names what holds them.
    let is_held = finding.group == "api" && at.value.span().contains(span);
    at.key.is_some_and(|key| is_part(span, key, at.value))
        || is_value(span, at.value)
        || is_held
        || are_items(span, at.value)
}

/// Whether it is some items of a list, one after the other: words of a command line.
fn are_items(span: Span, list: Value<'_>) -> bool {
    let items = || list.items().map(|item| item.span());
    items().any(|item| item.start == span.start) && items().any(|item| item.end == span.end)
}

/// Where a walk along a field's path has come to.
struct Place<'a> {
    value: Value<'a>,
    key: Option<Span>,
}

impl<'a> Place<'a> {
    fn step(&self, step: &str) -> Option<Self> {
        if self.value.kind() == Kind::Sequence {
            let value = self.value.items().nth(step.parse().ok()?)?;
            return Some(Self { value, key: None });
        }
        let entry: Entry<'a> = self.value.get(step)?;
        Some(Self { value: entry.value, key: Some(entry.key_span) })
    }
}

fn is_part(span: Span, key: Span, value: Value<'_>) -> bool {
    span == key || is_value(span, value)
}

/// Whether it is the value, or, in a text, a part of it.
fn is_value(span: Span, value: Value<'_>) -> bool {
    span == value.span() || value.as_str().is_some() && value.span().contains(span)
}

/// `spec.list[0].map[a.b]` in its steps.
fn steps(field: &str) -> Vec<String> {
    let mut steps = Vec::new();
    let mut rest = field;
    while !rest.is_empty() {
        if let Some(inside) = rest.strip_prefix('[') {
            let (key, after) = inside.split_once(']').expect("brackets close");
            steps.push(key.to_owned());
            rest = after;
        } else {
            let plain = rest.trim_start_matches('.');
            let end = plain.find(['.', '[']).unwrap_or(plain.len());
            steps.push(plain[..end].to_owned());
            rest = &plain[end..];
        }
    }
    steps
}

fn found() -> Vec<Source> {
    folder("found")
}

fn folder(name: &str) -> Vec<Source> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(name);
    let files = walkdir::WalkDir::new(folder).sort_by_file_name();
    let files = files.into_iter().map(|file| file.expect("the fixtures can be read").into_path());
    let read = |path: std::path::PathBuf| {
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        Source::new(name, std::fs::read_to_string(path).expect("the fixtures can be read"))
    };
    files.filter(|path| path.is_file()).map(read).collect()
}

/// The examples of every page, with their flags, which are comments.
fn examples() -> Vec<Source> {
    let mut sources = Vec::new();
    for entry in rules::all() {
        for block in entry.rule.page.body().split("```yaml\n").skip(1) {
            let example = block.split("```").next().expect("a block ends");
            sources.push(Source::new(entry.name, example));
        }
    }
    sources
}

#[test]
fn what_stands_before_a_syntax_error_is_checked() {
    let yaml =
        "apiVersion: batch/v1\nkind: CronJob\nspec:\n  schedule: \"0 24 * * *\"\n  suspendd: true\n  jobTemplate: [\n";
    let report = lint(&Source::new("half-typed.yaml", yaml), &config());
    let rules: Vec<&str> = report.findings.iter().map(|finding| finding.rule).collect();
    assert_eq!(rules, ["schedule-syntax", "unknown-field", "yaml-syntax"], "{:#?}", report.findings);

    // The term may get its `topologyKey` yet.
    let yaml = "apiVersion: batch/v1\nkind: Job\nspec:\n  template:\n    spec:\n      affinity:\n        podAffinity:\n          \
                requiredDuringSchedulingIgnoredDuringExecution:\n          - labelSelector: {}\n         topologyKey: a\n";
    let report = lint(&Source::new("half-typed.yaml", yaml), &config());
    let rules: Vec<&str> = report.findings.iter().map(|finding| finding.rule).collect();
    assert_eq!(rules, ["yaml-syntax"], "{:#?}", report.findings);

    // What a here-document holds is nobody's key, and ends what is known.
    let yaml = "apiVersion: batch/v1\nkind: Job\nspec:\n  template:\n    spec:\n      containers:\n      - name: a\n        args:\n        \
                - |\n          kubectl apply -f - <<EOF\napiVersion: v1\nkind: Secret\nEOF\n          echo ${A}: ${B}\n";
    let report = lint(&Source::new("here-document.yaml", yaml), &config());
    let found: Vec<_> = report.findings.iter().map(|finding| (finding.rule, finding.message.as_str())).collect();
    let [("yaml-syntax", message)] = found[..] else { panic!("{found:?}") };
    assert!(message.contains("this line of its here-document"), "{message}");

    // The value that stands last is over where a later line cannot be read, and may be half typed elsewhere.
    for (rest, expected) in [
        ("x\n  templ\n  template: {}\n", &["wrong-type", "yaml-syntax"][..]),
        ("x\n    y: z\n", &["yaml-syntax"]),
        ("x: y\n", &["yaml-syntax"]),
        ("3\n  template: {spec: {restartPolicy: Al", &["yaml-syntax"]),
        ("3\n  template: {spec: {restartPolicy: Al\n\n", &["yaml-syntax"]),
    ] {
        let yaml = format!("apiVersion: batch/v1\nkind: Job\nmetadata: {{name: a}}\nspec:\n  backoffLimit: {rest}");
        let report = lint(&Source::new("half-typed.yaml", &*yaml), &config());
        let rules: Vec<&str> = report.findings.iter().map(|finding| finding.rule).collect();
        assert_eq!(rules, expected, "{yaml}");
    }
}
