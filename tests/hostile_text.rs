//! Nothing that a manifest, a name or an argument holds steers a terminal, breaks a line or misleads a reader, in any
//! output.

#![expect(clippy::disallowed_methods, reason = "tests read fixtures from disk")]

use std::path::{Path, PathBuf};
use std::process::Command;

use batchlint::agenda::{Window, explain, rows};
use batchlint::analysis::{Facts, analyse};
use batchlint::config::Config;
use batchlint::lint::{self, lint, over_all};
use batchlint::project::{Project, Scope};
use batchlint::render::{Format, Look, Manner, Printer, Remarks, Unread, page, read, runs, schedule};
use batchlint::rules;
use batchlint::schedule::{Instant, Seconds, Zone};
use batchlint::text::{Edit, Message};
use batchlint::text::{Lines, Source, Span, apply_edits};
use batchlint::yaml::{self, Value};
use serde_json::Value as Json;

/// 2026-11-21 00:00:00 UTC.
const NOW: Instant = Instant::from_unix(1_795_219_200);
const TERMINAL: Look = Look { width: 80, color: false, unicode: true };
/// What scalars get, as escapes in double quotes and as it is.
const ESCAPED: &str = r"\e[31m\n\r\x85\x9b1m\u202e\u2066\u2028\u2029\uFEFF\0\x7f";
const RAW: &str = "\u{202e}\u{2066}\u{200b}\u{2028}\u{85}\u{9b}1m\u{7f}\u{1b}[31m\r";
/// A name of a file that the operating system takes.
const NAME: &str = "a\u{1b}[31m\n\u{202e}\u{9b}b.yaml";

#[test]
fn no_output_holds_a_character_that_steers() {
    let mut count = 0;
    for text in bad_examples().into_iter().chain(fixtures()) {
        for hostile in variants(&text) {
            check(&hostile);
            count += 1;
        }
    }
    assert!(count > 500, "only {count} texts were looked at");
}

#[test]
fn what_kubernetes_cannot_read_is_shown_without_harm() {
    let kept = std::fs::read_to_string(path("fixtures/yaml/errors.jsonl")).expect("the kept sentences");
    for line in kept.lines() {
        let text = serde_json::from_str::<Json>(line).expect("a row")["text"].as_str().expect("a text").to_owned();
        check(&format!("kind: Job\n{text}"));
        check(&format!("kind: Job\n{}{RAW}\n", text.trim_end()));
    }
    for piece in RAW.chars() {
        check(&format!("kind: Job\nspec: a{piece}b\nbackoffLimit: {{{{ .{piece} }}}}\n"));
        check(&format!("kind: Job{piece}\n{piece}: \"{piece}\n"));
    }
}

#[test]
fn schedules_are_explained_without_harm() {
    let hostile = ["\u{1b}[31m", "\n", "\u{85}", "\u{202e}", "\u{2028}", "\0", "\r"];
    let forms = ["@x{}", "@every 1{}", "0 {} * * *", "TZ={} 0 0 * * *", "{}", "0 0 * * mon{}", "0 0 * *{}"];
    for (form, hostile) in forms.iter().flat_map(|form| hostile.map(|hostile| (form, hostile))) {
        let expression = form.replace("{}", hostile);
        let zones = [None, Some(format!("Europe/{hostile}")), Some(hostile.to_owned())];
        for (expression, zone) in zones.iter().flat_map(|zone| [(expression.as_str(), zone), ("0 0 * * *", zone)]) {
            let explained = explain(expression, (zone.as_deref(), None), |_| NOW, 2);
            assert_visible(&written(|out| schedule::text::write(&explained, None, TERMINAL, out)));
            assert_json_visible(&written(|out| schedule::json::write(&explained, out)));
        }
    }
}

#[test]
fn pages_hold_nothing_that_steers() {
    for entry in rules::all() {
        assert_visible(&written(|out| page::write(entry.rule.page.body(), TERMINAL, out)));
    }
}

#[test]
fn a_message_does_not_grow_with_what_it_quotes() {
    let long = "x".repeat(5000);
    for text in bad_examples() {
        let longer = |place: Span| {
            let quoted = text[place.range()].starts_with(['"', '\'']);
            Some(Edit::insert(if quoted { place.end - 1 } else { place.end }, long.as_str()))
        };
        for long in edited(&text, 6, longer) {
            for finding in lint(&Source::new("a.yaml", long), &Config::at(NOW)).findings {
                let said = [Some(&finding.message), finding.help.as_ref()].into_iter().flatten();
                let said = said.chain(finding.labels.iter().map(|label| &label.message));
                for message in said.chain(finding.fixes.iter().map(|fix| &fix.title)) {
                    assert!(message.chars().count() <= 401, "{}: {message}", finding.rule);
                }
            }
        }
    }
}

#[test]
fn errors_on_standard_error_stay_on_their_line() {
    let hostile = "\u{1b}[31m\n\u{202e}\u{9b}x";
    let runs: [&[&str]; 9] = [
        &["check", hostile],
        &["read", hostile],
        &["runs", hostile],
        &["check", "--select", hostile],
        &["check", "--format", hostile],
        &["check", "--kubernetes-version", hostile],
        &["explain", hostile],
        &["runs", "--zone", hostile],
        &[hostile],
    ];
    for arguments in runs {
        let run = Command::new(env!("CARGO_BIN_EXE_batchlint")).args(arguments).output().expect("the program runs");
        let error = String::from_utf8(run.stderr).expect("text");
        assert_visible(&error);
        assert_visible(&String::from_utf8(run.stdout).expect("text"));
        assert!(error.contains("\\u{1b}[31m\\n\\u{202e}\\u{9b}x"), "{error}");
        assert_eq!(run.status.code(), Some(2), "{error}");
        if !error.starts_with("error:") {
            assert_eq!(error.lines().count(), 1, "{error}");
        }
    }
}

/// Every output that there is of a text.
fn check(text: &str) {
    let source = Source::new(NAME, text);
    let (config, mut project) = (Config::at(NOW), Project::new());
    let analysis = analyse(source.clone(), config.settings());
    let (report, _) = lint::report(&analysis, &config);
    project.add(Facts::of(&analysis));
    let unread = Unread { file: NAME.to_owned(), why: Message::from(RAW) };
    for &format in Format::ALL {
        let mut printer = Printer::new(format, TERMINAL);
        printer.manner = Manner { remarks: Remarks::All, ..printer.manner };
        let mut writer = printer.writer();
        let mut aside = Vec::new();
        let output = written(|out| {
            writer.add(printer.share(&source, report.clone(), Path::new(NAME)), out)?;
            writer.add(batchlint::render::Share::of_unread(unread.clone()), out)?;
            writer.add_late(over_all(&project, &config, Scope::Whole));
            writer.finish(out, &mut aside)
        });
        assert_visible(&String::from_utf8(aside).expect("text"));
        match format {
            Format::Json | Format::Lsp => assert_json_visible(&output),
            _ => assert_visible(&output),
        }
    }
    read_and_run(text, &project);
}

fn read_and_run(text: &str, project: &Project) {
    let (lines, bytes) = (Lines::new(text), yaml::read::text(text.as_bytes()));
    assert_visible(&written(|out| read::yaml::write(&bytes.as_kubectl(), NAME, TERMINAL, out)));
    let results = yaml::read::kubectl_strict(text.as_bytes());
    assert_json_visible(&written(|out| read::json::write(&results, text, NAME, out)));
    for error in results.iter().filter_map(|result| result.as_ref().err()) {
        assert_visible(&written(|out| read::yaml::write_error(error, &lines, (NAME, TERMINAL), out)));
    }
    let window = Window { from: NOW, until: NOW + Seconds::new(86_400) };
    let rows = rows(project, window, 3);
    let zone = Zone::utc();
    assert_visible(&written(|out| runs::timeline::write(&rows, window, zone, TERMINAL, out)));
    assert_visible(&written(|out| runs::list::write_merged(&rows, 3, zone, TERMINAL, out)));
    assert_visible(&written(|out| runs::list::write_grouped(&rows, 3, zone, TERMINAL, out)));
    assert_visible(&written(|out| runs::list::write_notes(&rows, window, TERMINAL, out)));
    assert_visible(&written(|out| runs::ics::write(&rows, window, out)).replace("\r\n", "\n"));
    assert_json_visible(&written(|out| runs::json::write(&rows, window, out)));
}

fn written(write: impl FnOnce(&mut Vec<u8>) -> std::io::Result<()>) -> String {
    let mut out = Vec::new();
    write(&mut out).expect("memory takes all");
    String::from_utf8(out).expect("output is UTF-8")
}

/// Line feeds are the output's own; tabs stand in texts that `read` shows as blocks.
fn assert_visible(text: &str) {
    let odd = text.chars().find(|char| !matches!(char, '\n' | '\t') && steers(*char));
    assert!(odd.is_none(), "{odd:?} is in\n{text:?}");
}

/// The text holds nothing odd, and what is for people does not either when it is decoded.
fn assert_json_visible(text: &str) {
    assert_visible(text);
    for value in serde_json::Deserializer::from_str(text).into_iter::<Json>() {
        assert_members_visible(&value.expect("JSON"));
    }
}

fn assert_members_visible(value: &Json) {
    match value {
        Json::Array(items) => items.iter().for_each(assert_members_visible),
        Json::Object(members) => {
            for (name, member) in members {
                match (name.as_str(), member) {
                    ("message" | "help" | "title" | "reason" | "words" | "never" | "error", Json::String(text)) => {
                        // An editor shows the help below the message.
                        let text = text.replacen("\nhelp: ", "", 1);
                        assert!(!text.contains(steers) && !text.contains('\n'), "{name}: {text:?}");
                    }
                    // What was read is given as it is.
                    ("value", _) => {}
                    _ => assert_members_visible(member),
                }
            }
        }
        _ => {}
    }
}

fn steers(char: char) -> bool {
    let directions = matches!(char, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}');
    char.is_control() || char == '\u{feff}' || directions
}

/// The text with hostile scalars: a sixth of them at a time, so that what rules look for beside them stays what it is.
fn variants(text: &str) -> Vec<String> {
    let hostile = |place: Span| {
        let written = text[place.range()].trim_matches(['"', '\'']);
        let is_simple = !written.contains(['"', '\\', '\n']);
        is_simple.then(|| Edit::replace(place, format!("\"{written}{ESCAPED}\"")))
    };
    let escaped = edited(text, 6, hostile);
    let raw = edited(text, 6, |place| Some(Edit::insert(place.end, RAW.split('\u{7f}').next().unwrap_or_default())));
    escaped.into_iter().chain(raw.into_iter().step_by(2)).collect()
}

/// The text with every n-th of its scalars changed, in n ways.
fn edited(text: &str, n: usize, change: impl Fn(Span) -> Option<Edit>) -> Vec<String> {
    let scalars: Vec<Span> = scalars(text).into_iter().filter(|place| !is_type(text, *place)).collect();
    let some = |first: usize| scalars.iter().skip(first).step_by(n).filter_map(|place| change(*place));
    (0..n).map(|first| apply_edits(text, &some(first).collect::<Vec<_>>()).expect("scalars stand apart")).collect()
}

/// Whether it is what makes an object a Job or a CronJob.
fn is_type(text: &str, place: Span) -> bool {
    matches!(&text[place.range()], "apiVersion" | "kind" | "batch/v1" | "Job" | "CronJob")
}

/// The places of all keys and scalar values.
fn scalars(text: &str) -> Vec<Span> {
    fn walk(value: Value<'_>, places: &mut Vec<Span>) {
        if !value.is_mapping() && !value.is_sequence() {
            places.push(value.span());
        }
        for entry in value.entries() {
            places.push(entry.key_span);
            walk(entry.value, places);
        }
        value.items().for_each(|item| walk(item, places));
    }
    let mut places = Vec::new();
    yaml::parse(text).documents.iter().filter_map(|document| document.root()).for_each(|root| walk(root, &mut places));
    places.retain(|place| !place.is_empty() && !text[place.range()].starts_with(['|', '>', '&', '*', '<', '!']));
    places.sort_unstable();
    places.dedup();
    places
}

fn bad_examples() -> Vec<String> {
    let mut examples = Vec::new();
    for entry in rules::all() {
        let bad = entry.rule.page.body().split("\n## ").find(|section| section.starts_with("Bad\n")).expect("a Bad");
        for block in bad.split("\n```yaml\n").skip(1) {
            let block = block.split("\n```").next().expect("a part");
            let lines = block.lines().map(|line| line.split(" # flagged: ").next().unwrap_or_default().trim_end());
            examples.push(lines.map(|line| format!("{line}\n")).collect());
        }
    }
    examples
}

fn fixtures() -> Vec<String> {
    let files = ["fixtures/server/bases", "fixtures/found"].into_iter().flat_map(|folder| {
        let mut paths: Vec<PathBuf> =
            std::fs::read_dir(path(folder)).expect("a folder").map(|entry| entry.expect("an entry").path()).collect();
        paths.sort();
        paths
    });
    files.filter(|path| path.is_file()).map(|path| std::fs::read_to_string(path).expect("a fixture")).collect()
}

fn path(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}
