//! Whatever is typed, in every encoding: the language server holds the text that its editor holds, and says of it what the
//! library says. Every question is answered.
//!
//! `LSP_EDITS` says how many edits are made where others than 2,000 are wanted, or 100,000 with `--ignored`.
#![expect(clippy::disallowed_methods, reason = "the number of edits")]

use batchlint::config::Config;
use batchlint::diagnostic::{Finding, Severity};
use batchlint::lint::lint;
use batchlint::schedule::Instant;
use batchlint::text::Source;
use serde_json::{Value, json};

use crate::editor::{Editor, modern};
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
    let said = |all: &[Value]| all.iter().map(|one| [one["code"].clone(), one["message"].clone()]).collect::<Vec<_>>();
    let shown = said(&editor.diagnostics(uri));
    let args = ["check", "--quiet", "--format", "lsp", "--stdin-filename", "report.yaml", "-"];
    let run = editor.folder.run_with(args, text().as_bytes());
    let checked: Value = serde_json::from_str(&run.out).unwrap_or_else(|error| panic!("{error}: {}", run.err));
    assert_eq!((run.status, said(checked[0]["diagnostics"].as_array().expect("a list"))), (1, shown));
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
