//! What is said of many thousand texts is what was said of them before: whoever changes it sees where, and means to.
//!
//! Other tests say what is right. This one only sees to it that nothing else becomes of a rule, a fix or a command
//! unnoticed: for each it keeps how much came out, and a digest of all of it. What differs is seen when both versions
//! write all of it down, each into a folder that `BATCHLINT_PIECES` names; then
//! `INSTA_UPDATE=always cargo test --test unchanged` takes it over.

#![expect(clippy::disallowed_methods, reason = "reads manifests from disk")]

#[cfg(feature = "lsp")]
#[path = "unchanged/editor.rs"]
mod asking;
#[path = "oracle/search/bases.rs"]
mod bases;
#[path = "unchanged/built.rs"]
mod built;
#[path = "oracle/search/cases.rs"]
#[expect(dead_code, reason = "the search for differences has further plans")]
mod cases;
#[path = "unchanged/charts.rs"]
mod charts;
#[path = "unchanged/digest.rs"]
mod digest;
#[cfg(feature = "lsp")]
#[path = "lsp/editor.rs"]
#[expect(dead_code, reason = "other tests ask for more of it")]
mod editor;
#[path = "oracle/search/emit.rs"]
mod emit;
#[path = "proof/faults.rs"]
mod faults;
#[path = "unchanged/forecasts.rs"]
mod forecasts;
#[path = "unchanged/functions.rs"]
mod functions;
#[path = "unchanged/generators.rs"]
mod generators;
#[path = "oracle/search/grow.rs"]
mod grow;
#[path = "unchanged/kustomizations.rs"]
mod kustomizations;
#[path = "oracle/search/mutate.rs"]
mod mutate;
#[path = "unchanged/objects.rs"]
mod objects;
#[path = "unchanged/outputs.rs"]
mod outputs;
#[expect(dead_code, reason = "other tests want more of it")]
mod program;
#[path = "oracle/search/random.rs"]
mod random;
#[path = "unchanged/remarks.rs"]
mod remarks;
#[path = "unchanged/schedules.rs"]
mod schedules;
#[path = "unchanged/scripts.rs"]
mod scripts;
#[path = "unchanged/settings.rs"]
mod settings;
#[path = "unchanged/several.rs"]
mod several;
#[path = "proof/shapes.rs"]
mod shapes;
mod shared;
#[path = "unchanged/splice.rs"]
mod splice;
#[path = "oracle/search/text.rs"]
mod text;
#[path = "unchanged/texts.rs"]
mod texts;
#[path = "oracle/search/tree.rs"]
mod tree;
#[path = "oracle/search/values.rs"]
mod values;

use std::fs;
use std::path::Path;

use batchlint::analysis::analyse;
use batchlint::change::{Question, changes, findings as change_findings};
use batchlint::config::Config;
use batchlint::diagnostic::Safety;
use batchlint::lint::{lint, over_all, report};
use batchlint::mend::mend;
use batchlint::project::{Project, Scope};
use batchlint::rules;
use batchlint::schedule::{Instant, Seconds};
use batchlint::text::Source;
use digest::Digests;
use outputs::Inputs;
use random::Random;
use serde_json::Value;
use splice::splice;

/// 2026-11-21 00:00:00 UTC.
const NOW: Instant = Instant::from_unix(1_795_219_200);
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
fn findings_in_scripts_that_were_damaged() {
    let Some(commands) = shared::find("conformance/commands.jsonl") else { return };
    let containers: Vec<String> = fs::read_to_string(commands)
        .expect("recorded commands")
        .lines()
        .filter_map(|case| serde_json::from_str::<Value>(case).ok())
        .map(|case| case["container"].to_string())
        .collect();
    let (config, mut digests) = (Config::at(NOW).with_pedantic(true), Digests::default());
    for number in 0..500 {
        let mut random = Random::new(5, number);
        let container = random.pick(&containers).expect("there are some");
        let container = splice(container, &containers, &mut random);
        let text =
            format!("{{kind: Job, apiVersion: batch/v1, spec: {{template: {{spec: {{containers: [{container}]}}}}}}}}");
        digests.add_findings(&lint(&Source::new("a.yaml", text), &config));
    }
    insta::assert_snapshot!(digests.table());
}

#[test]
fn what_charts_print() {
    let Some(folder) = shared::find("conformance/templates/hand") else { return };
    let mut digests = Digests::default();
    charts::render(&folder, 400, &mut digests);
    charts::call_functions(3_000, &mut digests);
    insta::assert_snapshot!(digests.table());
}

#[test]
fn what_functions_of_templates_print() {
    let mut digests = Digests::default();
    functions::call_each(12_000, &mut digests);
    functions::print_each(&mut digests);
    functions::decode_each(4_000, &mut digests);
    insta::assert_snapshot!(digests.table());
}

#[test]
fn what_kustomizations_build() {
    let mut digests = Digests::default();
    kustomizations::build_all(1_500, &mut digests);
    generators::build_all(1_500, &mut digests);
    insta::assert_snapshot!(digests.table());
}

#[test]
fn what_changes_do() {
    let Some(updates) = shared::find("conformance/updates.jsonl") else { return };
    let config = Config::at(NOW).with_pedantic(true);
    let question = Question { from: NOW, until: NOW + Seconds::DAY, not_started: false, only_changed: true };
    let (mut digests, mut pairs) = (Digests::default(), Vec::new());
    for case in fs::read_to_string(updates).expect("recorded changes").lines() {
        pairs.extend(string(case, "old").zip(string(case, "yaml")));
    }
    for number in 0..1_000 {
        let mut random = Random::new(8, number);
        let (old, new) = random.pick(&pairs).cloned().expect("there are some");
        let texts = [old, new].map(|text| if random.chance(50) { faults::plant(&text, &mut random) } else { text });
        let [old, new] = texts.map(|text| analyse(Source::new("a.yaml", text), config.settings()));
        let changes = changes(&[old], &[new], &question);
        digests.add("changes", &changes);
        digests.add("findings", &change_findings(&changes, &config));
    }
    insta::assert_snapshot!(digests.table());
}

#[test]
fn output_of_each_command() {
    let (Some(inputs), mut digests) = (Inputs::read(), Digests::default()) else { return };
    inputs.run_each_command(&mut digests);
    insta::assert_snapshot!(digests.table());
}

#[cfg(feature = "lsp")]
#[test]
fn answers_to_an_editor() {
    let Some(cases) = shared::find("cases") else { return };
    let mut digests = Digests::default();
    let mut texts: Vec<_> = files(&cases).into_iter().filter(|(name, _)| name.ends_with(".yaml")).collect();
    texts.extend(built::charts_in_folders());
    // Each example of several files is a folder of its own.
    let examples = examples().into_iter().filter(|example| example.contains("# file: ")).enumerate();
    texts.extend(examples.flat_map(|(number, example)| {
        built::files_of(&example).into_iter().map(move |(name, text)| (format!("example-{number}/{name}"), text))
    }));
    asking::ask(&texts, &mut digests);
    insta::assert_snapshot!(digests.table());
}

/// The manifests, templates and patches beside the checkout, with their names.
fn wild() -> Option<Vec<(String, String)>> {
    Some(files(&shared::find("wild")?))
}

fn files(folder: &Path) -> Vec<(String, String)> {
    let files = walkdir::WalkDir::new(folder).sort_by_file_name().into_iter().filter_map(Result::ok);
    let yaml = files.filter(|file| file.path().extension().is_some_and(|extension| extension != "jsonl"));
    let text = |file: walkdir::DirEntry| Some((file.file_name().to_string_lossy().into_owned(), read(file.path())?));
    yaml.filter_map(text).collect()
}

fn read(path: &Path) -> Option<String> {
    fs::read_to_string(path).ok()
}

/// The examples of all rules.
fn examples() -> Vec<String> {
    let blocks = |page: &'static str| page.split("\n```yaml\n").skip(1).filter_map(|rest| rest.split("\n```").next());
    rules::all().flat_map(|entry| blocks(entry.rule.page.body())).map(str::to_owned).collect()
}

fn recorded() -> Option<Vec<String>> {
    let mut texts = Vec::new();
    for name in ["conformance/manifests.jsonl", "conformance/text.jsonl"] {
        let cases = fs::read_to_string(shared::find(name)?).expect("recorded cases");
        texts.extend(cases.lines().filter_map(|case| string(case, "yaml")));
    }
    Some(texts)
}

fn string(case: &str, member: &str) -> Option<String> {
    let case: Value = serde_json::from_str(case).expect("a case");
    case[member].as_str().map(str::to_owned)
}
