//! The rulebook holds together: the index names every rule, and every page's examples are true.

#![expect(clippy::disallowed_methods, reason = "tests read the rulebook from disk")]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use batchlint::config::Config;
use batchlint::diagnostic::{Finding, Severity};
use batchlint::lint::lint;
use batchlint::render::{Checked, Look, full};
use batchlint::rule::{Entry, FixPromise};
use batchlint::rules;
use batchlint::schedule::Instant;
use batchlint::text::{Lines, Source, apply_edits};

/// 2026-11-21 00:00:00 UTC: what the examples' dates are counted from.
const NOW: Instant = Instant::from_unix(1_795_219_200);

/// Rules of group `api` whose problems the validation does not report yet.
const AWAITED: [&str; 1] = ["field-dropped"];

const SECTIONS: [&str; 5] = ["## What it finds", "## Why it matters", "## Bad", "## Good", "## References"];

#[test]
fn the_index_names_every_rule_in_the_folder() {
    let root = root();
    let mut groups: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for page in walkdir::WalkDir::new(root.join("rules")).sort_by_file_name() {
        let page = page.expect("the rulebook can be read").into_path();
        if page.extension().is_some_and(|extension| extension == "md") && page.parent() != Some(&root.join("rules")) {
            let group = page.parent().and_then(Path::file_name).expect("pages stand in their group's folder");
            let name = page.file_stem().expect("pages have names").to_string_lossy().into_owned();
            groups.entry(group.to_string_lossy().into_owned()).or_default().push(name);
        }
    }
    let mut stale = Vec::new();
    repair(&root.join("src/rules/index.rs"), &index(&groups), &mut stale);
    for (group, names) in &groups {
        repair(&root.join(format!("src/rules/{group}.rs")), &group_module(group, names), &mut stale);
    }
    assert!(stale.is_empty(), "rewritten to match the folder rules/, run the tests again and commit: {stale:?}");
}

/// Rewrites a generated file that differs; where CI runs, it only says so.
fn repair(path: &Path, expected: &str, stale: &mut Vec<PathBuf>) {
    if std::fs::read_to_string(path).unwrap_or_default() != expected {
        if std::env::var_os("CI").is_none() {
            std::fs::write(path, expected).expect("the index can be written");
        }
        stale.push(path.to_owned());
    }
}

fn index(groups: &BTreeMap<String, Vec<String>>) -> String {
    let count: usize = groups.values().map(Vec::len).sum();
    let mut text = String::from("//! Every rule of the folder `rules/`. Written by `cargo test --test rulebook`.\n\n");
    let names: Vec<&str> = groups.keys().map(String::as_str).collect();
    let names = if let [name] = names[..] { name.to_owned() } else { format!("{{{}}}", names.join(", ")) };
    let _ = writeln!(text, "use super::{names};\nuse crate::rule::Entry;\n");
    text.push_str("#[rustfmt::skip]\n");
    let _ = writeln!(text, "pub(super) static ALL: [Entry; {count}] = [");
    for (group, names) in groups {
        for name in names {
            let module = name.replace('-', "_");
            let line =
                format!("    Entry {{ group: \"{group}\", name: \"{name}\", rule: &{group}::{module}::RULE }},\n");
            text.push_str(&line);
        }
    }
    text.push_str("];\n");
    text
}

fn group_module(group: &str, names: &[String]) -> String {
    let mut text = format!("//! The rules of group `{group}`. Written by `cargo test --test rulebook`.\n\n");
    for name in names {
        let _ = writeln!(text, "pub(super) mod {};", name.replace('-', "_"));
    }
    text
}

#[test]
fn every_page_has_its_sections_in_order() {
    for entry in rules::all() {
        let body = entry.rule.page.body;
        let found: Vec<&str> = body.lines().filter(|line| line.starts_with("## ")).collect();
        assert_eq!(found, SECTIONS, "rules/{}/{}.md", entry.group, entry.name);
        assert!(!entry.rule.page.summary.ends_with('.'), "{}: a summary has no full stop", entry.name);
        assert!(!examples(body, "Bad").is_empty(), "{}: no example under Bad", entry.name);
        assert!(!examples(body, "Good").is_empty(), "{}: no example under Good", entry.name);
    }
}

#[test]
fn every_flagged_line_of_bad_is_found_and_nothing_else() {
    for entry in rules::all().filter(|entry| !AWAITED.contains(&entry.name)) {
        for (number, example) in examples(entry.rule.page.body, "Bad").iter().enumerate() {
            let (yaml, flagged) = without_flags(example);
            assert!(!flagged.is_empty(), "{} Bad {number}: no line is flagged", entry.name);
            let source = Source::new("bad.yaml", yaml);
            let findings = lint(&source, &Config::at(NOW)).said_once().findings;
            let lines = Lines::new(source.text());
            let mut found: Vec<(u32, String)> = of(entry, &findings)
                .map(|finding| (lines.position(finding.span.start).line, finding.message.clone()))
                .collect();
            for (line, words) in &flagged {
                let hit = found.iter().position(|(at, message)| at == line && message.contains(words.as_str()));
                let hit = hit.unwrap_or_else(|| {
                    panic!("{} Bad {number} line {line}: no finding with {words:?} in {found:?}", entry.name)
                });
                found.remove(hit);
            }
            assert!(found.is_empty(), "{} Bad {number}: found without a flag: {found:?}", entry.name);
            no_other_error(entry, &findings, "Bad");
        }
    }
}

#[test]
fn every_bad_example_looks_like_this() {
    let look = Look { width: 80, color: false, unicode: true };
    for entry in rules::all() {
        let mut shown = Vec::new();
        for example in examples(entry.rule.page.body, "Bad") {
            let source = Source::new("bad.yaml", without_flags(&example).0);
            let mut report = lint(&source, &Config::at(NOW)).said_once();
            report.findings.retain(|finding| finding.rule == entry.name);
            full::write(Checked { source: &source, report: &report }, look, &mut shown).expect("memory takes it");
        }
        let shown = String::from_utf8(shown).expect("output is UTF-8");
        insta::assert_snapshot!(format!("{}-{}", entry.group, entry.name), shown);
    }
}

#[test]
fn good_is_silent() {
    for entry in rules::all() {
        for example in examples(entry.rule.page.body, "Good") {
            let findings = lint(&Source::new("good.yaml", example), &Config::at(NOW)).findings;
            let own: Vec<&Finding> = of(entry, &findings).collect();
            assert!(own.is_empty(), "{} Good: {own:#?}", entry.name);
            no_other_error(entry, &findings, "Good");
        }
    }
}

#[test]
fn fixing_bad_gives_good() {
    for entry in rules::all() {
        let bad = examples(entry.rule.page.body, "Bad");
        let good = examples(entry.rule.page.body, "Good");
        let mut fixable = false;
        for (number, example) in bad.iter().enumerate() {
            let (yaml, _) = without_flags(example);
            let source = Source::new("bad.yaml", yaml);
            let findings = lint(&source, &Config::at(NOW)).findings;
            let edits: Vec<_> = of(entry, &findings)
                .filter_map(|finding| finding.fixes.first())
                .flat_map(|fix| fix.edits.clone())
                .collect();
            if edits.is_empty() {
                continue;
            }
            fixable = true;
            let fixed = apply_edits(source.text(), &edits).expect("fixes do not overlap");
            assert_eq!(Some(&fixed), good.get(number), "{} Bad {number} fixed is not Good {number}", entry.name);
        }
        assert_eq!(fixable, entry.rule.page.fix != FixPromise::None, "{}: the page's `fix`", entry.name);
    }
}

fn of<'f>(entry: &'static Entry, findings: &'f [Finding]) -> impl Iterator<Item = &'f Finding> {
    findings.iter().filter(move |finding| finding.rule == entry.name)
}

fn no_other_error(entry: &Entry, findings: &[Finding], section: &str) {
    let other = findings.iter().find(|finding| finding.severity == Severity::Error && finding.rule != entry.name);
    assert!(other.is_none(), "{} {section}: another rule's error: {other:#?}", entry.name);
}

/// The `yaml` code blocks of a section.
fn examples(body: &str, section: &str) -> Vec<String> {
    let mut examples = Vec::new();
    let mut current: Option<String> = None;
    let mut inside = false;
    for line in body.lines() {
        if let Some(example) = &mut current {
            if line == "```" {
                examples.extend(current.take());
            } else {
                example.push_str(line);
                example.push('\n');
            }
        } else if let Some(title) = line.strip_prefix("## ") {
            inside = title == section;
        } else if inside && line == "```yaml" {
            current = Some(String::new());
        }
    }
    examples
}

/// An example without its flags, and the flags: line counted from 1, words.
fn without_flags(example: &str) -> (String, Vec<(u32, String)>) {
    let mut yaml = String::new();
    let mut flags = Vec::new();
    for (line, number) in example.lines().zip(1u32..) {
        let mut rest = line;
        while let Some((before, words)) = rest.rsplit_once(" # flagged: ") {
            flags.push((number, words.to_owned()));
            rest = before.trim_end();
        }
        yaml.push_str(rest);
        yaml.push('\n');
    }
    (yaml, flags)
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}
