//! The rulebook holds together: the index names every rule, and every page's examples are true.

#[path = "rulebook/index.rs"]
mod index;
#[path = "rulebook/page.rs"]
mod page;

use std::panic::catch_unwind;
use std::path::Path;

use batchlint::analysis::analyse;
use batchlint::change::{self, Question};
use batchlint::config::Config;
use batchlint::diagnostic::{Basis, Finding, Late, Severity};
use batchlint::lint::lint;
use batchlint::render::{Format, Look, Printer, Remarks};
use batchlint::rule::{Audience, Entry, FixPromise};
use batchlint::rules;
use batchlint::schedule::Instant;
use batchlint::text::{Lines, Role, Source, apply_edits};
use index::RULEBOOK;
use page::{Example, Page};

/// 2026-11-21 00:00:00 UTC: what the examples' dates are counted from.
const NOW: Instant = Instant::from_unix(1_795_219_200);

/// Every rule, and all that it finds.
fn config() -> Config {
    Config::at(NOW).with_pedantic(true)
}

#[test]
fn the_index_names_every_rule_in_the_folder() {
    none_of(RULEBOOK.strays());
}

#[test]
fn every_page_has_its_front_matter_and_its_sections() {
    none_of(RULEBOOK.pages.iter().flat_map(Page::faults).collect());
}

#[test]
fn every_flagged_line_of_bad_is_found_and_nothing_else() {
    each_rule(|page, entry, faults| {
        for example in page.examples("Bad") {
            let mut found = own_findings(entry, &example);
            for (line, words) in &example.flags {
                match found.iter().position(|(at, message)| at == line && message.contains(words.as_str())) {
                    Some(hit) => drop(found.remove(hit)),
                    None => faults.push(page.at(*line, format!("no finding here says {words:?}"))),
                }
            }
            faults.extend(found.iter().map(|(line, message)| page.at(*line, format!("no flag here says {message:?}"))));
        }
    });
}

#[test]
fn every_bad_example_looks_like_this() {
    let mut printer = Printer::new(Format::Full, Look { width: 80, color: false, unicode: true });
    printer.manner.remarks = Remarks::None;
    each_rule(|page, entry, faults| {
        let mut shown = Vec::new();
        for example in page.examples("Bad") {
            let source = Source::new("bad.yaml", example.now().1);
            let mut report = lint(&source, &config());
            report.findings.retain(|finding| finding.rule == entry.name);
            let mut writer = printer.writer();
            let share = printer.share(&source, report, Path::new("bad.yaml"));
            writer.add(share, &mut shown).expect("a vector takes all");
            writer.add_late(of_change(&example, "bad.yaml", |finding| finding.rule == entry.name));
            writer.finish(&mut shown, &mut std::io::sink()).expect("a vector takes all");
        }
        let shown = String::from_utf8(shown).expect("output is UTF-8");
        let name = format!("{}-{}", entry.group, entry.name);
        if catch_unwind(|| insta::assert_snapshot!(name, shown)).is_err() {
            let accept = "if it looks as it should, accept it by `INSTA_UPDATE=always cargo test --test rulebook`";
            faults.push(format!("{}: new, or other than before: {accept}", page.snapshot()));
        }
    });
}

#[test]
fn good_is_silent() {
    each_rule(|page, entry, faults| {
        for example in page.examples("Good") {
            let counts = |finding: &Finding| finding.rule == entry.name || is_regular(finding.rule);
            let found = findings(&example, Role::Manifest, counts).into_iter();
            faults.extend(found.map(|(line, message)| page.at(line, format!("Good is not silent: {message:?}"))));
        }
    });
}

#[test]
fn no_example_is_another_rules_error() {
    let mut faults = Vec::new();
    for page in &RULEBOOK.pages {
        for example in page.examples("Bad").iter().chain(&page.examples("Good")) {
            let others = |finding: &Finding| finding.severity == Severity::Error && finding.rule != page.name;
            let found = findings(example, Role::Manifest, others).into_iter();
            faults.extend(found.map(|(line, message)| page.at(line, format!("another rule's error: {message:?}"))));
        }
    }
    none_of(faults);
}

#[test]
fn of_a_patch_only_what_rests_on_one_place_is_told() {
    each_rule(|page, entry, faults| {
        let rests_on_place = entry.rule.page.rests_on == Basis::Place;
        let mut is_told = false;
        for example in page.examples("Bad") {
            let role = Role::Patch { kinds: [].into() };
            let of_part = findings(&example, role, |finding| finding.rule == entry.name);
            is_told |= !of_part.is_empty();
            is_told |=
                !findings(&head(&example), Role::Patch { kinds: [].into() }, |one| one.rule == entry.name).is_empty();
            let strays = of_part.iter().filter(|(line, _)| !example.flags.iter().any(|(flagged, _)| flagged == line));
            faults.extend(strays.map(|(line, message)| page.at(*line, format!("of a patch it says {message:?}"))));
        }
        if is_told != rests_on_place {
            let (line, said) = page.field("rests-on").unwrap_or((1, ""));
            let what = if is_told { "it is found in a patch" } else { "no Bad is found in a patch" };
            faults.push(page.at(line, format!("rests-on is {said}, and {what}")));
        }
    });
}

/// What an example has before its spec: a patch of that alone gives an object another name.
fn head(example: &Example) -> Example {
    let yaml = example.yaml.split("\nspec:").next().unwrap_or_default().to_owned();
    Example { line: example.line, yaml, flags: Vec::new() }
}

#[test]
fn fixing_bad_gives_good() {
    each_rule(|page, entry, faults| {
        let goods = page.examples("Good");
        let mut fixable = false;
        for (number, bad) in page.examples("Bad").iter().enumerate() {
            let Some(fixed) = fixed(entry, bad) else { continue };
            fixable = true;
            match (fixed, goods.get(number)) {
                (Err(why), _) => faults.push(page.at(bad.line, why)),
                (Ok(_), None) => faults.push(page.at(bad.line, "this Bad has a fix, and no Good shows what it gives")),
                (Ok(fixed), Some(good)) => faults.extend(difference(page, good, &fixed)),
            }
        }
        if fixable != (entry.rule.page.fix != FixPromise::None) {
            let (line, said) = page.field("fix").unwrap_or((1, ""));
            let has = if fixable { "a Bad has one" } else { "no Bad has one" };
            faults.push(page.at(line, format!("fix is {said}, and {has}")));
        }
    });
}

#[test]
fn a_habit_names_rules_of_its_harm_that_everybody_is_told_of() {
    let mut faults = Vec::new();
    for entry in rules::all() {
        let is_habit = entry.rule.page.audience != Audience::Regular;
        let is_right = |harm: &str| is_habit && is_regular(harm);
        faults.extend(entry.rule.page.harms().filter(|harm| !is_right(harm)).map(|harm| (entry.name, harm)));
    }
    assert!(faults.is_empty(), "{faults:?}");
}

/// Whether everybody is told what a rule finds.
fn is_regular(rule: &str) -> bool {
    rules::all().any(|entry| entry.name == rule && entry.rule.page.audience == Audience::Regular)
}

/// Asks something of every rule that is compiled, and shows all that is wrong together.
fn each_rule(ask: impl Fn(&Page, &'static Entry, &mut Vec<String>)) {
    let mut faults = Vec::new();
    for page in &RULEBOOK.pages {
        if let Some(entry) = page.entry {
            ask(page, entry, &mut faults);
        }
    }
    none_of(faults);
}

/// Fails with all the faults; and where a rule may not have been looked at, with that.
fn none_of(mut faults: Vec<String>) {
    faults.extend_from_slice(&RULEBOOK.stale);
    assert!(faults.is_empty(), "the rulebook has faults\n{}\n", faults.join("\n"));
}

/// What the rule itself finds in an example: the page's line, and the message.
fn own_findings(entry: &Entry, example: &Example) -> Vec<(usize, String)> {
    findings(example, Role::Manifest, |finding| finding.rule == entry.name)
}

fn findings(example: &Example, role: Role, wanted: impl Fn(&Finding) -> bool) -> Vec<(usize, String)> {
    let (first, text) = example.now();
    let is_whole = role == Role::Manifest;
    let source = Source::new("example.yaml", text).with_role(role);
    let lines = Lines::new(source.text());
    let found = lint(&source, &config()).findings.into_iter().filter(&wanted);
    let place = |finding: &Finding| first + lines.position(finding.span.start).line as usize - 1;
    let mut all: Vec<_> = found.map(|finding| (place(&finding), finding.message.into())).collect();
    if is_whole {
        let late = of_change(example, "example.yaml", wanted).into_iter();
        all.extend(late.map(|late| (first + late.at().start.line as usize - 1, late.finding().message.to_string())));
    }
    all
}

/// What is found in an example of a change because it is one.
fn of_change(example: &Example, file: &str, wanted: impl Fn(&Finding) -> bool) -> Vec<Late> {
    let Some((before, _, after)) = example.versions() else { return Vec::new() };
    let [old, new] = [before, after].map(|text| [analyse(Source::new(file, text), config().settings())]);
    let question = Question { from: NOW, until: NOW, not_started: false, only_changed: true };
    let mut found = change::findings(&change::changes(&old, &new, &question), &config());
    found.retain(|late| wanted(late.finding()));
    found
}

/// An example after the first fix of each of the rule's findings; `None` where there is nothing to fix.
fn fixed(entry: &Entry, bad: &Example) -> Option<Result<String, &'static str>> {
    let source = Source::new("bad.yaml", bad.now().1);
    let report = lint(&source, &config());
    let fixes = report.findings.iter().zip(report.fixes()).filter(|(finding, _)| finding.rule == entry.name);
    let edits: Vec<_> = fixes.filter_map(|(_, fixes)| fixes.into_iter().next()).flat_map(|fix| fix.edits).collect();
    (!edits.is_empty()).then(|| apply_edits(source.text(), &edits).map_err(|_| "the fixes of this Bad overlap"))
}

/// The first line of a Good that is not what a fix gives.
fn difference(page: &Page, good: &Example, fixed: &str) -> Option<String> {
    if good.yaml == fixed {
        return None;
    }
    let same = good.yaml.lines().zip(fixed.lines()).take_while(|(good, fixed)| good == fixed).count();
    let gives = fixed.lines().nth(same).map_or("nothing more".to_owned(), |line| format!("{line:?}"));
    Some(page.at(good.line + same, format!("Bad, fixed, has {gives} here")))
}
