//! A session with an editor, replayed: how long it waits for what it asks, and how much memory that takes.
//!
//! `cargo test --release --test lsp session -- --ignored --nocapture`; `LSP_WORKSPACE` names a folder to be opened, too.
#![expect(clippy::disallowed_methods, clippy::print_stdout, reason = "it measures, and tells")]

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::editor::{Editor, at, between, modern};
use crate::program::{FOUND, Folder};

/// CronJobs, some of which have findings, with so many lines.
fn text(lines: usize) -> String {
    let one = FOUND.replace("startingDeadlineSeconds: 0", "startingDeadlineSeconds: 200\n  concurrencyPolicy: Forbid");
    let mut text = String::new();
    for number in 0.. {
        if text.lines().count() >= lines {
            break;
        }
        let source = if number % 20 == 0 { FOUND } else { &one };
        text.push_str(&source.replace("report", &format!("report-{number}")));
        text.push_str("---\n");
    }
    text
}

/// The middle of as many times, in milliseconds.
fn middle(count: u32, mut what: impl FnMut(u32)) -> f64 {
    let mut times: Vec<Duration> = (0..count)
        .map(|turn| {
            let start = Instant::now();
            what(turn);
            start.elapsed()
        })
        .collect();
    times.sort();
    times[times.len() / 2].as_secs_f64() * 1000.0
}

/// Memory that the server has, and had at most, in MB.
fn memory(editor: &Editor) -> [usize; 2] {
    let status = std::fs::read_to_string(format!("/proc/{}/status", editor.process())).unwrap_or_default();
    ["VmRSS:", "VmHWM:"].map(|name| {
        let line = status.lines().find_map(|line| line.strip_prefix(name)).unwrap_or_default();
        line.trim().trim_end_matches(" kB").parse::<usize>().unwrap_or_default() / 1024
    })
}

fn question(uri: &str, position: Value) -> Value {
    json!({"textDocument": {"uri": uri}, "position": position})
}

#[test]
#[ignore = "it measures"]
fn session_of_edits_and_questions() {
    for lines in [2_000, 20_000] {
        let mut editor = Editor::start(Folder::new("session").file(".git/HEAD", ""), &modern());
        let uri = editor.open("jobs.yaml", &text(lines));
        editor.diagnostics(&uri);
        let line = lines as u32 / 2;
        let mut version = 1;
        let edit = middle(30, |turn| {
            version += 1;
            let (start, end) = if turn % 2 == 0 { ((line, 0), (line, 0)) } else { ((line, 0), (line, 1)) };
            let text = if turn % 2 == 0 { "#" } else { "" };
            editor.change(&uri, version, json!([{"range": between(start, end), "text": text}]));
            editor.diagnostics(&uri);
        });
        let mut ask = |method: &str, position: Value| {
            middle(20, |_| {
                editor.ask(method, question(&uri, position.clone()));
            })
        };
        let completion = ask("textDocument/completion", at(5, 3));
        let zone = ask("textDocument/completion", at(5, 14));
        let hover = ask("textDocument/hover", at(5, 4));
        let policy = ask("textDocument/hover", at(23, 6));
        let definition = ask("textDocument/references", at(13, 20));
        println!(
            "{lines} lines: edit to diagnostics {edit:.1} ms; completion {completion:.1} and {zone:.1}, hover {hover:.1} and \
             {policy:.1}, references {definition:.1}; {:?} MB",
            memory(&editor)
        );
        assert_eq!(editor.end(), Some(0));
    }
}

#[test]
#[ignore = "it measures"]
fn session_of_many_edits_and_documents() {
    let mut editor = Editor::start(Folder::new("session").file(".git/HEAD", ""), &modern());
    let uri = editor.open("jobs.yaml", &text(500));
    editor.diagnostics(&uri);
    for part in 0..5 {
        for turn in 0..2_000 {
            let version = 2 + part * 2_000 + turn;
            let edit = match turn % 2 {
                0 => json!([{"range": between((3, 0), (3, 0)), "text": "# a line\n"}]),
                _ => json!([{"range": between((3, 0), (4, 0)), "text": ""}]),
            };
            editor.change(&uri, version, edit);
            if turn % 10 == 0 {
                editor.diagnostics(&uri);
            }
        }
        println!("{} edits: {:?} MB", (part + 1) * 2_000, memory(&editor));
    }
    let text = text(200);
    for number in 0..1_000 {
        let uri = editor.open(&format!("{number}.yaml"), &text);
        editor.diagnostics(&uri);
        editor.tell("textDocument/didClose", json!({"textDocument": {"uri": uri}}));
        if number % 250 == 249 {
            println!("{} documents opened and closed: {:?} MB", number + 1, memory(&editor));
        }
    }
    assert_eq!(editor.end(), Some(0));
}

#[test]
#[ignore = "it measures"]
fn session_in_a_large_folder() {
    let Ok(folder) = std::env::var("LSP_WORKSPACE") else { return };
    let start = Instant::now();
    let mut editor = Editor::silent(Folder::new("session"));
    editor.greet(json!({"capabilities": modern(), "rootUri": format!("file://{folder}")}));
    editor.tell("initialized", json!({}));
    let uri = editor.open("jobs.yaml", &text(200));
    editor.diagnostics(&uri);
    println!("{folder}: a text is answered after {:?}; {:?} MB", start.elapsed(), memory(&editor));
    let params = json!({"previousResultIds": [], "partialResultToken": "parts"});
    let all = editor.pose("workspace/diagnostic", params);
    editor.next("$/progress");
    println!("all files are read after {:?}; {:?} MB", start.elapsed(), memory(&editor));
    editor.answer(all);
    println!("all files are told of after {:?}; {:?} MB", start.elapsed(), memory(&editor));
    let open = format!("file://{folder}/typed.yaml");
    let item = json!({"uri": open, "languageId": "yaml", "version": 1, "text": FOUND});
    editor.tell("textDocument/didOpen", json!({"textDocument": item}));
    editor.diagnostics(&open);
    let mut version = 1;
    let edit = middle(20, |turn| {
        version += 1;
        let edit = json!([{"text": FOUND.replace("report", &format!("report-{turn}"))}]);
        editor.change(&open, version, edit);
        editor.diagnostics(&open);
    });
    println!("an edit among them: {edit:.1} ms; {:?} MB", memory(&editor));
    assert_eq!(editor.end(), Some(0));
}
