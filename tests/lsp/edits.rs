//! Whatever is typed, in every encoding: the language server holds the text that its editor holds, and says of it what the
//! library says. Every question is answered.
//!
//! `LSP_EDITS` says how many edits are made where others than 2,000 are wanted, or 100,000 with `--ignored`.
#![expect(clippy::disallowed_methods, reason = "the number of edits, and what the server takes for now")]

use std::collections::BTreeSet;

use batchlint::config::Config;
use batchlint::diagnostic::{Finding, Severity};
use batchlint::lint::lint;
use batchlint::schedule::Instant;
use batchlint::text::Source;
use serde_json::{Value, json};

use crate::editor::{Editor, in_folder, modern};
use crate::mutate::{Random, excerpt, mutate};
use crate::program::{FOUND, Folder, NOW};

/// How many columns a character has.
type Width = fn(char) -> usize;

const ENCODINGS: [(&str, Width); 3] = [("utf-8", char::len_utf8), ("utf-16", char::len_utf16), ("utf-32", |_| 1)];

/// Edits until the text starts anew, so that it stays one of which there is something to say.
const LIFE: i64 = 40;

/// A text as an editor holds it, its lines counted the slow way.
struct Held {
    text: String,
    width: Width,
}

impl Held {
    fn position(&self, byte: usize) -> (usize, usize) {
        let (mut line, mut column) = (0, 0);
        for (at, char) in self.text[..byte].char_indices() {
            let is_end = char == '\n' || char == '\r' && !self.text[at + 1..].starts_with('\n');
            (line, column) = if is_end { (line + 1, 0) } else { (line, column + (self.width)(char)) };
        }
        (line, column)
    }

    /// Some place that an editor can name: no cursor stands within a line break.
    fn place(&self, random: &mut Random) -> usize {
        let mut byte = random.below(self.text.len() + 1);
        let is_one = |byte: usize| {
            self.text.is_char_boundary(byte)
                && !(self.text[..byte].ends_with('\r') && self.text[byte..].starts_with('\n'))
        };
        while !is_one(byte) {
            byte -= 1;
        }
        byte
    }

    /// The position of a place, or one beyond the end that it is at.
    fn named(&self, byte: usize, random: &mut Random) -> Value {
        let (mut line, mut column) = self.position(byte);
        let rest = &self.text[byte..];
        match random.below(4) {
            0 if rest.is_empty() => line += random.below(3),
            1 if rest.is_empty() || rest.starts_with(['\n', '\r']) => column += random.below(9),
            _ => {}
        }
        json!({"line": line, "character": column})
    }

    /// Types something, and says what.
    fn type_something(&mut self, random: &mut Random) -> Value {
        let (one, other) = (self.place(random), self.place(random));
        // People seldom replace half of their text.
        let (start, end) = if random.below(4) == 0 { (one.min(other), one.max(other)) } else { (one, one) };
        let text = match random.below(4) {
            0 => String::new(),
            1 => excerpt(FOUND, random),
            _ => mutate("", FOUND, random),
        };
        let range = json!({"start": self.named(start, random), "end": self.named(end, random)});
        self.text.replace_range(start..end, &text);
        json!({"range": range, "text": text})
    }

    /// What the library says of it, as the protocol has it.
    fn expected(&self, name: &str) -> Vec<Value> {
        let config = Config::at(Instant::from_unix(NOW));
        let report = lint(&Source::new(name, self.text.as_str()), &config);
        report.findings.iter().map(|finding| self.diagnostic(finding)).collect()
    }

    fn diagnostic(&self, finding: &Finding) -> Value {
        let [start, end] = [finding.span.start, finding.span.end].map(|byte| {
            let (line, character) = self.position(byte as usize);
            json!({"line": line, "character": character})
        });
        let severity = match finding.severity {
            Severity::Error => 1,
            Severity::Warning => 2,
            Severity::Advice => 3,
        };
        let help = finding.help.as_ref().map_or(String::new(), |help| format!("\nhelp: {help}"));
        let message = format!("{}{help}", finding.message);
        json!({"range": {"start": start, "end": end}, "severity": severity, "code": finding.rule, "message": message})
    }
}

/// Findings in many places, among characters of every width and line breaks of every kind.
fn text() -> String {
    let odd =
        FOUND.replace("spec:\n", "spec:\r\n").replace("  startingDeadlineSeconds: 0\n", "  é: 1\n  \"😀\": 日本\r\n");
    format!("# é😀\r{FOUND}---\n{odd}---\r\n{}", FOUND.replace("image:", "imag:"))
}

/// Asks for whatever there is at some place.
fn questions(editor: &mut Editor, uri: &str, held: &Held, random: &mut Random) -> Vec<i64> {
    let byte = held.place(random);
    let position = held.named(byte, random);
    let document = json!({"uri": uri});
    let range = json!({"start": position, "end": position});
    [
        ("textDocument/hover", json!({"textDocument": document, "position": position})),
        ("textDocument/completion", json!({"textDocument": document, "position": position})),
        ("textDocument/definition", json!({"textDocument": document, "position": position})),
        ("textDocument/prepareRename", json!({"textDocument": document, "position": position})),
        (
            "textDocument/references",
            json!({"textDocument": document, "position": position, "context": {"includeDeclaration": true}}),
        ),
        ("textDocument/codeLens", json!({"textDocument": document})),
        ("textDocument/inlayHint", json!({"textDocument": document, "range": range})),
        ("textDocument/documentSymbol", json!({"textDocument": document})),
        ("textDocument/foldingRange", json!({"textDocument": document})),
        ("textDocument/selectionRange", json!({"textDocument": document, "positions": [position, position]})),
        ("textDocument/codeAction", json!({"textDocument": document, "range": range, "context": {"diagnostics": []}})),
    ]
    .map(|(method, params)| editor.pose(method, params))
    .to_vec()
}

fn edits(count: usize) {
    for (number, (encoding, width)) in ENCODINGS.into_iter().enumerate() {
        let mut capabilities = modern();
        capabilities["general"]["positionEncodings"] = json!([encoding]);
        let mut editor = Editor::start(Folder::new("edits").file(".git/HEAD", ""), &capabilities);
        let mut held = Held { text: text(), width };
        let uri = editor.open("report.yaml", &held.text);
        let name = uri.trim_start_matches("file://").to_owned();
        let mut random = Random::new(number as u64 + 1);
        for version in 2..(count / ENCODINGS.len()) as i64 + 2 {
            let before = held.text.clone();
            let changes = if version % LIFE == 0 {
                held.text = text();
                json!([{"text": held.text}])
            } else {
                (0..=random.below(3)).map(|_| held.type_something(&mut random)).collect()
            };
            editor.change(&uri, version, changes.clone());
            if random.below(4) > 0 {
                continue;
            }
            let asked = questions(&mut editor, &uri, &held, &mut random);
            let mut shown = editor.diagnostics(&uri);
            for one in shown.iter_mut().filter_map(Value::as_object_mut) {
                one.retain(|key, _| ["range", "severity", "code", "message"].contains(&key.as_str()));
            }
            assert_eq!(shown, held.expected(&name), "{encoding} {version}: {before:?} {changes}");
            for id in asked {
                let answer = editor.answer(id);
                assert!(answer.get("result").is_some(), "{encoding} {version}: {answer} {:?}", held.text);
            }
        }
        as_checked(&mut editor, &uri);
        assert_eq!(editor.end(), Some(0));
    }
}

/// The program says the same of the text when it is asked to check it.
fn as_checked(editor: &mut Editor, uri: &str) {
    editor.change(uri, i64::from(i32::MAX), json!([{"text": text()}]));
    let shown = said(&editor.diagnostics(uri));
    let args = ["check", "--quiet", "--format", "lsp", "--stdin-filename", "report.yaml", "-"];
    let run = editor.folder.run_with(args, text().as_bytes());
    let checked: Value = serde_json::from_str(&run.out).unwrap_or_else(|error| panic!("{error}: {}", run.err));
    assert_eq!((run.status, said(checked[0]["diagnostics"].as_array().expect("a list"))), (1, shown));
}

/// Files around the one that is typed in, with which it has something to do.
fn folder() -> Folder {
    let map = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: report-settings\ndata:\n  A: b\n";
    let folder = Folder::new("edits").file(".git/HEAD", "").file("map.yaml", map);
    (0..3).fold(folder, |folder, number| {
        let text = FOUND.replace("name: report", &format!("name: sync-{number}")).replace("30 4", "0 4");
        folder.file(&format!("sync-{number}.yaml"), &text.replace("  startingDeadlineSeconds: 0\n", ""))
    })
}

/// What the program says of the file among the others, by rule and message.
fn checked_among(editor: &Editor) -> BTreeSet<String> {
    let run = editor.folder.run(["check", "--quiet", "--format", "lsp", "."]);
    let checked: Value = serde_json::from_str(&run.out).unwrap_or_else(|error| panic!("{error}: {}", run.err));
    let files = checked.as_array().expect("a list");
    let is_it = |file: &&Value| file["uri"].as_str().is_some_and(|uri| uri.ends_with("/report.yaml"));
    let own = files.iter().find(is_it).map_or(&Value::Null, |file| &file["diagnostics"]);
    said(own.as_array().map_or(&[][..], Vec::as_slice)).iter().map(|one| json!(one).to_string()).collect()
}

/// The same of the server, which names files by all of their paths.
fn shown_among(editor: &mut Editor, uri: &str) -> BTreeSet<String> {
    let folder = editor.uri("").trim_start_matches("file://").to_owned();
    said(&editor.diagnostics(uri)).iter().map(|one| json!(one).to_string().replace(&folder, "")).collect()
}

fn said(all: &[Value]) -> Vec<[Value; 2]> {
    all.iter().map(|one| [one["code"].clone(), one["message"].clone()]).collect()
}

#[test]
fn what_is_said_of_a_file_among_others_is_in_the_end_what_a_check_says() {
    let wants = "              envFrom: [{configMapRef: {name: report-setings}}]\n";
    let text = format!("{}{wants}", FOUND.replace("30 4", "0 4").replace("  startingDeadlineSeconds: 0\n", ""));
    let mut editor = in_folder(folder().file("report.yaml", &text), &modern());
    let uri = editor.open("report.yaml", &text);
    let mut held = Held { text: text.clone(), width: char::len_utf8 };
    let (mut random, mut rules) = (Random::new(7), BTreeSet::new());
    for version in 2..40 {
        if version % 4 == 0 {
            held.text.clone_from(&text);
            editor.change(&uri, version, json!([{"text": held.text}]));
        } else {
            let change = held.type_something(&mut random);
            editor.change(&uri, version, json!([change]));
        }
        editor.diagnostics(&uri);
        editor.write("report.yaml", &held.text);
        let expected = checked_among(&editor);
        rules.extend(expected.iter().filter_map(|one| Some(one.split('"').nth(1)?.to_owned())));
        let mut shown = shown_among(&mut editor, &uri);
        for _ in 0..500 {
            if shown == expected {
                break;
            }
            std::thread::sleep(std::time::Duration::from_millis(20));
            shown = shown_among(&mut editor, &uri);
        }
        assert_eq!(shown, expected, "{version}: {:?}", held.text);
    }
    for rule in ["runs-start-together", "reference-misspelled"] {
        assert!(rules.contains(rule), "{rule}: {rules:?}");
    }
    assert_eq!(editor.end(), Some(0));
}

fn count(otherwise: usize) -> usize {
    std::env::var("LSP_EDITS").ok().and_then(|count| count.parse().ok()).unwrap_or(otherwise)
}

#[test]
fn the_server_holds_the_text_that_its_editor_holds() {
    edits(count(2_000));
}

#[test]
#[ignore = "it takes minutes"]
fn the_server_holds_the_text_through_a_hundred_thousand_edits() {
    edits(count(100_000));
}
