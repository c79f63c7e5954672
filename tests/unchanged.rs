//! What is said of many thousand texts is what was said of them before: whoever changes it sees where, and means to.
//!
//! Other tests say what is right. This one only sees to it that nothing else becomes of a rule, a fix or a command
//! unnoticed: for each it keeps how much came out, and a digest of all of it. What differs, the released program and
//! this one show side by side; then `INSTA_UPDATE=always cargo test --test unchanged` takes it over.

#![expect(clippy::disallowed_methods, reason = "reads manifests from disk")]

#[path = "unchanged/digest.rs"]
mod digest;
#[path = "proof/faults.rs"]
mod faults;
#[expect(dead_code, reason = "other tests want more of it")]
mod program;
#[path = "oracle/search/random.rs"]
#[expect(dead_code, reason = "the search for differences has further choices")]
mod random;
#[path = "proof/shapes.rs"]
mod shapes;
mod shared;
#[path = "oracle/search/text.rs"]
mod text;

use std::fs;
use std::path::Path;

use batchlint::analysis::analyse;
use batchlint::command::{Script, Text, shell};
use batchlint::config::Config;
use batchlint::diagnostic::Safety;
use batchlint::lint::{lint, over_all, report};
use batchlint::mend::mend;
use batchlint::project::{Project, Scope};
use batchlint::schedule::{Instant, claims, name_claims};
use batchlint::text::Source;
use digest::Digests;
use program::Folder;
use random::Random;
use serde_json::Value;

/// 2026-11-21 00:00:00 UTC, for the library and on the command line.
const NOW: Instant = Instant::from_unix(1_795_219_200);
const FROM: &str = "--from=2026-11-21T00:00:00Z";
/// Bytes of a manifest that is damaged: a longer one shows no more, and takes its time.
const LONG: usize = 20_000;

#[test]
fn findings_of_real_manifests() {
    let Some(texts) = wild() else { return };
    let (config, mut digests, mut project) = (Config::at(NOW).with_pedantic(true), Digests::default(), Project::new());
    for (name, text) in texts {
        let (report, facts) = report(&analyse(Source::new(name, text), config.settings()), &config);
        digests.add_findings(&report);
        project.add(facts);
    }
    for late in over_all(&project, &config, Scope::Whole) {
        let finding = late.finding();
        digests.add(finding.rule, &(late.at(), &finding.message, &finding.help, &finding.labels, late.fixes()));
    }
    insta::assert_snapshot!(digests.table());
}

#[test]
fn findings_of_manifests_that_api_servers_were_asked_about() {
    let Some(texts) = recorded() else { return };
    let (config, mut digests) = (Config::at(NOW).with_pedantic(true), Digests::default());
    for text in texts {
        digests.add_findings(&lint(&Source::new("a.yaml", text), &config));
    }
    insta::assert_snapshot!(digests.table());
}

#[test]
fn findings_and_fixes_of_manifests_that_were_damaged() {
    let (Some(mut texts), Some(wild)) = (recorded(), wild()) else { return };
    texts.extend(wild.into_iter().map(|(_, text)| text).filter(|text| (1..LONG).contains(&text.len())));
    let (config, mut digests) = (Config::at(NOW).with_pedantic(true), Digests::default());
    for number in 0..2_000 {
        let mut random = Random::new(1, number);
        let mut text = random.pick(&texts).cloned().expect("there are some");
        for _ in 0..random.below(4) {
            let is_fault = random.chance(60);
            text = if is_fault { faults::plant(&text, &mut random) } else { text::change(&text, &mut random).0 };
        }
        let source = Source::new("a.yaml", shapes::change(text, &mut random));
        digests.add_findings(&lint(&source, &config));
        match mend(&source, &config, Safety::Unsafe, None) {
            Ok(mended) => digests.add("(mended)", &mended.source.text()),
            Err(refusal) => digests.add("(not mended)", &refusal.to_string()),
        }
    }
    insta::assert_snapshot!(digests.table());
}

#[test]
fn what_is_read_of_scripts() {
    let Some(commands) = shared::find("conformance/commands.jsonl") else { return };
    let mut digests = Digests::default();
    for case in fs::read_to_string(commands).expect("recorded commands").lines() {
        let case: Value = serde_json::from_str(case).expect("a case");
        let container = &case["container"];
        let words = ["command", "args"].iter().flat_map(|name| container[name].as_array().into_iter().flatten());
        for text in words.filter_map(Value::as_str) {
            let start = shell(&["bash", "-c", text].map(|word| Some(word.into()))).expect("a shell");
            let script = Script::read(Text::expanded(text, |_| true), &start);
            let inner = script.iter().flat_map(Script::inner).collect::<Vec<_>>();
            digests.add("scripts", &(&script, inner));
        }
    }
    insta::assert_snapshot!(digests.table());
}

#[test]
fn what_comments_and_names_say_of_schedules() {
    let (Some(comments), Some(texts)) = (shared::find("conformance/comments.jsonl"), wild()) else { return };
    let mut digests = Digests::default();
    let recorded = fs::read_to_string(comments).expect("recorded comments");
    for comment in recorded.lines().filter_map(|case| string(case, "comment")) {
        digests.add("comments of schedules", &claims(&comment));
    }
    for (_, text) in texts {
        for line in text.lines() {
            if let Some((_, comment)) = line.split_once('#') {
                digests.add("any comments", &claims(comment));
            } else if let Some((_, name)) = line.split_once("name: ") {
                digests.add("names", &name_claims(name));
            }
        }
    }
    insta::assert_snapshot!(digests.table());
}

#[test]
fn output_of_each_command() {
    let (Some(plain), Some(schedules), Some(texts)) =
        (shared::find("wild/plain"), shared::find("conformance/schedules.jsonl"), recorded())
    else {
        return;
    };
    let mut folder = Folder::new("unchanged");
    for (number, text) in texts.iter().enumerate().filter(|(number, _)| number % 9 == 4) {
        folder = folder.file(&format!("recorded/{number:04}.yaml"), text);
    }
    for (name, text) in files(&plain).iter().step_by(20) {
        folder = folder.file(&format!("real/{name}"), text);
    }
    let schedules: String =
        fs::read_to_string(schedules).expect("recorded schedules").lines().filter_map(schedule_of).collect();
    let mut digests = Digests::default();
    let mut run = |args: &[&str], input: &str| {
        let run = folder.run_with(args, input.as_bytes());
        digests.add_lines(&args.join(" "), &format!("{}\n{}\n{}", run.status, run.out, run.err));
    };
    for format in ["--format=yaml", "--format=json"] {
        run(&["read", format], "");
        run(&["read", "--as=server", "--strict", format, "recorded"], "");
    }
    for format in ["--format=text", "--format=json"] {
        run(&["schedule", "-", FROM, format], &schedules);
        run(&["schedule", "-", "-z=America/New_York", FROM, format], &schedules);
        run(&["runs", "-z=Australia/Lord_Howe", FROM, format], "");
        run(&["simulate", "-z=UTC", "--for=1d", FROM, format, "recorded"], "");
    }
    run(&["runs", "-z=UTC", FROM, "--format=html"], "");
    insta::assert_snapshot!(digests.table());
}

/// The manifests, templates and patches beside the checkout, with their names.
fn wild() -> Option<Vec<(String, String)>> {
    Some(files(&shared::find("wild")?))
}

fn files(folder: &Path) -> Vec<(String, String)> {
    let files = walkdir::WalkDir::new(folder).sort_by_file_name().into_iter().filter_map(Result::ok);
    let yaml = files.filter(|file| file.path().extension().is_some_and(|extension| extension != "jsonl"));
    let text = |file: walkdir::DirEntry| {
        Some((file.file_name().to_string_lossy().into_owned(), fs::read_to_string(file.path()).ok()?))
    };
    yaml.filter_map(text).collect()
}

fn recorded() -> Option<Vec<String>> {
    let mut texts = Vec::new();
    for name in ["conformance/manifests.jsonl", "conformance/text.jsonl"] {
        let cases = fs::read_to_string(shared::find(name)?).expect("recorded cases");
        texts.extend(cases.lines().filter_map(|case| string(case, "yaml")));
    }
    Some(texts)
}

/// A line of its own, where it is one.
fn schedule_of(case: &str) -> Option<String> {
    string(case, "schedule").filter(|schedule| !schedule.contains(['\n', '\r'])).map(|schedule| schedule + "\n")
}

fn string(case: &str, member: &str) -> Option<String> {
    let case: Value = serde_json::from_str(case).expect("a case");
    case[member].as_str().map(str::to_owned)
}
