//! What is said of several files together, and how all of it is printed, in every format and width.

use std::collections::BTreeMap;
use std::io;
use std::num::NonZeroUsize;
use std::path::Path;
use std::sync::Arc;

use batchlint::agenda::{Window, rows};
use batchlint::analysis::analyse;
use batchlint::config::Config;
use batchlint::diagnostic::{Safety, Severity};
use batchlint::lint::{over_all, report};
use batchlint::mend::ignores::ignore;
use batchlint::mend::{Wanted, together};
use batchlint::project::{Project, Scope};
use batchlint::render::diff::unified;
use batchlint::render::{Format, Look, Printer, Remarks, page, runs, table};
use batchlint::rules;
use batchlint::schedule::{Seconds, Zone};
use batchlint::text::Source;

use crate::digest::Digests;
use crate::random::Random;
use crate::{LONG, NOW, examples, faults, recorded, shapes, text, wild};

/// Files of one folder: those of a rule's example, which belong together, and others; mostly with a fault more.
fn folder(texts: &[String], examples: &[String], random: &mut Random) -> Vec<Source> {
    let mut all: Vec<String> = Vec::new();
    for _ in 0..1 + random.below(4) {
        match random.chance(70) {
            true => {
                let example = random.pick(examples).expect("there are some");
                all.extend(example.split("\n---\n").map(|text| format!("{text}\n")));
            }
            false => all.extend(random.pick(texts).cloned()),
        }
    }
    let file = |(at, mut text): (usize, String)| {
        for _ in 0..random.below(3) {
            text = if random.chance(60) { faults::plant(&text, random) } else { text::change(&text, random).0 };
        }
        let text = if random.chance(20) { shapes::change(text, random) } else { text };
        Source::new(format!("{}{at}.yaml", ["", "a/", "long folder/b/"][random.below(3)]), text)
    };
    all.into_iter().enumerate().map(file).collect()
}

fn all_texts() -> Option<(Vec<String>, Vec<String>)> {
    let mut texts: Vec<String> = recorded()?.into_iter().step_by(7).collect();
    texts.extend(wild()?.into_iter().map(|(_, text)| text).filter(|text| (1..LONG).contains(&text.len())).step_by(2));
    Some((texts, examples()))
}

/// A terminal.
fn look(random: &mut Random) -> Look {
    Look { width: 20 + random.below(130), color: random.chance(30), unicode: random.chance(80) }
}

#[test]
fn findings_and_fixes_over_several_files() {
    let (Some((texts, own)), mut digests) = (all_texts(), Digests::default()) else { return };
    let config = Arc::new(Config::at(NOW).with_pedantic(true));
    for number in 0..600 {
        let mut random = Random::new(50, number);
        let files = folder(&texts, &own, &mut random);
        let scope = if random.chance(80) { Scope::Whole } else { Scope::Part };
        let mut project = Project::new();
        for source in &files {
            project.add(report(&analyse(source.clone(), config.settings()), &config).1);
        }
        for late in over_all(&project, &config, scope) {
            let finding = late.finding();
            digests.add(finding.rule, &(late.at(), &finding.message, &finding.help, &finding.labels, late.fixes()));
        }
        let known: BTreeMap<&str, &Source> = files.iter().map(|source| (source.name(), source)).collect();
        let wanted = Wanted { config: &config, scope, allowed: Safety::Unsafe, counts: &|_| true };
        let mended = together(&mut project, wanted, |name| Some(((*known.get(name)?).clone(), Arc::clone(&config))));
        match mended {
            Ok(mended) => {
                let look = look(&mut random);
                for (name, changed) in &mended.files {
                    let (before, after) = (changed.before.text(), changed.after.text());
                    digests.add("(mended)", &after);
                    digests.add_lines("(diff)", &unified(name, before, after, look));
                }
                digests.add("(left)", &(&mended.applied, &mended.refused, mended.forbidden));
            }
            Err(refusal) => digests.add("(not mended)", &refusal.to_string()),
        }
    }
    insta::assert_snapshot!(digests.table());
}

#[test]
fn all_formats_in_all_widths() {
    let (Some((texts, own)), mut digests) = (all_texts(), Digests::default()) else { return };
    for number in 0..1_000 {
        let mut random = Random::new(51, number);
        let files = folder(&texts, &own, &mut random);
        let mut config = Config::at(NOW).with_pedantic(random.chance(50));
        if random.chance(20) {
            config = config.with_min_severity([Severity::Warning, Severity::Error][random.below(2)]);
        }
        let format = *random.pick(Format::ALL).expect("there are some");
        let look = look(&mut random);
        let mut printer = Printer::new(format, look);
        printer.manner.remarks = [Remarks::None, Remarks::Summary, Remarks::All][random.below(3)];
        printer.manner.shows_suppressed = random.chance(30);
        printer.manner.statistics = random.chance(20);
        printer.manner.most = [None, NonZeroUsize::new(1), NonZeroUsize::new(3)][random.below(3)];
        let (mut project, mut out, mut aside) = (Project::new(), Vec::new(), Vec::new());
        let mut writer = printer.writer();
        for source in files {
            let (report, facts) = report(&analyse(source.clone(), config.settings()), &config);
            project.add(facts);
            let path = Path::new("/").join(source.name());
            writer.add(printer.share(&source, report, &path), &mut out).expect("a buffer takes everything");
        }
        writer.add_over_all(over_all(&project, &config, Scope::Whole), &config);
        writer.finish(&mut out, &mut aside).expect("a buffer takes everything");
        let name = if printer.manner.statistics { "statistics" } else { format.name() };
        digests.add_lines(name, &String::from_utf8_lossy(&out));
        digests.add_lines("aside", &String::from_utf8_lossy(&aside));
    }
    insta::assert_snapshot!(digests.table());
}

#[test]
fn comments_that_suppress_what_is_found() {
    let (Some((texts, own)), mut digests) = (all_texts(), Digests::default()) else { return };
    let config = Config::at(NOW).with_pedantic(true);
    for number in 0..500 {
        let mut random = Random::new(52, number);
        for source in folder(&texts, &own, &mut random).into_iter().take(1) {
            match ignore(&source, &config, &[]) {
                Ok(ignored) => {
                    digests.add("written", &ignored.source.text());
                    digests.add("told", &(&ignored.rules, ignored.in_json, ignored.without_head));
                }
                Err(why) => digests.add("not written", &why.to_string()),
            }
        }
    }
    insta::assert_snapshot!(digests.table());
}

#[test]
fn agendas_in_all_widths() {
    let (Some((texts, own)), mut digests) = (all_texts(), Digests::default()) else { return };
    let config = Config::at(NOW);
    for number in 0..500 {
        let mut random = Random::new(53, number);
        let mut project = Project::new();
        for source in folder(&texts, &own, &mut random) {
            project.add(report(&analyse(source, config.settings()), &config).1);
        }
        let from = NOW + Seconds::HOUR * random.below(4_000) as i64;
        let lengths = [Seconds::MINUTE * 5, Seconds::HOUR, Seconds::DAY, Seconds::DAY * 9, Seconds::DAY * 400];
        let window = Window { from, until: from + lengths[random.below(lengths.len())] };
        let most = [1, 5, 40][random.below(3)];
        let zone = Zone::load(["UTC", "America/New_York", "Asia/Kathmandu"][random.below(3)]).expect("a zone");
        let look = look(&mut random);
        let rows = rows(&project, window, most);
        let mut printed = |what: &str, write: &dyn Fn(&mut Vec<u8>) -> io::Result<()>| {
            let mut out = Vec::new();
            write(&mut out).expect("a buffer takes everything");
            digests.add_lines(what, &String::from_utf8_lossy(&out));
        };
        printed("timeline", &|out| runs::timeline::write(&rows, window, zone, look, out));
        printed("merged", &|out| runs::list::write_merged(&rows, most, zone, look, out));
        printed("grouped", &|out| runs::list::write_grouped(&rows, most, zone, look, out));
        printed("notes", &|out| runs::list::write_notes(&rows, window, look, out));
        if window.until < from + Seconds::DAY * 10 {
            printed("calendar", &|out| runs::ics::write(&rows, window, out));
            printed("JSON", &|out| runs::json::write(&rows, window, out));
            printed("page", &|out| runs::html::write(&rows, window, zone, out));
        }
    }
    insta::assert_snapshot!(digests.table());
}

#[test]
fn pages_of_rules_in_all_widths() {
    let mut digests = Digests::default();
    for (number, entry) in rules::all().enumerate() {
        let mut random = Random::new(54, number as u64);
        for _ in 0..3 {
            let (look, mut out) = (look(&mut random), Vec::new());
            table::write_heading(entry, look, &mut out).expect("a buffer takes everything");
            page::write(entry.rule.page.body(), look, &mut out).expect("a buffer takes everything");
            digests.add_lines(entry.group, &String::from_utf8_lossy(&out));
        }
        let all: Vec<_> = rules::all().skip(number).take(9).collect();
        let mut out = Vec::new();
        table::write(&all, look(&mut random), &mut out).expect("a buffer takes everything");
        digests.add_lines("(tables)", &String::from_utf8_lossy(&out));
    }
    insta::assert_snapshot!(digests.table());
}
