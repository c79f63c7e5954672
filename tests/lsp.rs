//! The language server as an editor talks to it: over the standard input and output of the program.

#![cfg(feature = "lsp")]

mod program;

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::process::{Child, ChildStdin, ChildStdout, Stdio};

use program::{FOUND, Folder};
use serde_json::{Value, json};

/// An editor, as far as a server can tell.
struct Editor {
    child: Child,
    input: Option<ChildStdin>,
    output: BufReader<ChildStdout>,
    folder: Folder,
    next: i64,
    /// What the server said unasked.
    heard: Vec<Value>,
    /// What it can do.
    capabilities: Value,
}

/// One that asks for diagnostics, and counts in bytes.
fn modern() -> Value {
    json!({
        "general": {"positionEncodings": ["utf-16", "utf-8"]},
        "textDocument": {
            "diagnostic": {},
            "publishDiagnostics": {"relatedInformation": true},
            "documentSymbol": {"hierarchicalDocumentSymbolSupport": true},
        },
        "workspace": {
            "diagnostics": {"refreshSupport": true},
            "workspaceEdit": {"documentChanges": true},
            "didChangeWatchedFiles": {"dynamicRegistration": true},
        },
    })
}

impl Editor {
    fn start(folder: Folder, capabilities: &Value) -> Self {
        let mut command = folder.command(&["lsp", "--stdio"]);
        let mut child = command.stdin(Stdio::piped()).stderr(Stdio::inherit()).spawn().expect("the program starts");
        let (input, output) = (child.stdin.take(), BufReader::new(child.stdout.take().expect("it was piped")));
        let mut editor = Self { child, input, output, folder, next: 0, heard: Vec::new(), capabilities: Value::Null };
        let answer =
            editor.ask("initialize", json!({"processId": null, "rootUri": null, "capabilities": capabilities}));
        editor.capabilities = answer["result"]["capabilities"].clone();
        editor.tell("initialized", json!({}));
        editor
    }

    fn send(&mut self, message: &Value) {
        let text = message.to_string();
        let input = self.input.as_mut().expect("nobody said goodbye");
        write!(input, "Content-Length: {}\r\n\r\n{text}", text.len()).expect("the server listens");
        input.flush().expect("the server listens");
    }

    fn tell(&mut self, method: &str, params: Value) {
        self.send(&json!({"jsonrpc": "2.0", "method": method, "params": params}));
    }

    fn ask(&mut self, method: &str, params: Value) -> Value {
        self.next += 1;
        let id = self.next;
        self.send(&json!({"jsonrpc": "2.0", "id": id, "method": method, "params": params}));
        self.answer(id)
    }

    fn answer(&mut self, id: i64) -> Value {
        loop {
            let is_it = |message: &Value| message["id"] == id && message.get("method").is_none();
            if let Some(at) = self.heard.iter().position(is_it) {
                return self.heard.remove(at);
            }
            let message = self.hear();
            self.heard.push(message);
        }
    }

    fn hear(&mut self) -> Value {
        let mut length = 0;
        loop {
            let mut line = String::new();
            assert!(self.output.read_line(&mut line).expect("the server speaks") > 0, "the server is gone");
            match line.trim().strip_prefix("Content-Length: ") {
                Some(number) => length = number.parse().expect("a number"),
                None if line.trim().is_empty() => break,
                None => {}
            }
        }
        let mut text = vec![0; length];
        self.output.read_exact(&mut text).expect("all of it comes");
        serde_json::from_slice(&text).expect("it is JSON")
    }

    /// The next that is said unasked under that name.
    fn next(&mut self, method: &str) -> Value {
        loop {
            if let Some(at) = self.heard.iter().position(|message| message["method"] == method) {
                return self.heard.remove(at)["params"].clone();
            }
            let message = self.hear();
            self.heard.push(message);
        }
    }

    fn uri(&self, name: &str) -> String {
        let path = self.folder.path.canonicalize().expect("it is there").join(name);
        format!("file://{}", path.to_str().expect("UTF-8").replace(' ', "%20"))
    }

    fn open(&mut self, name: &str, text: &str) -> String {
        let uri = self.uri(name);
        let item = json!({"uri": uri, "languageId": "yaml", "version": 1, "text": text});
        self.tell("textDocument/didOpen", json!({"textDocument": item}));
        uri
    }

    fn change(&mut self, uri: &str, version: i64, changes: Value) {
        let document = json!({"uri": uri, "version": version});
        self.tell("textDocument/didChange", json!({"textDocument": document, "contentChanges": changes}));
    }

    fn diagnostics(&mut self, uri: &str) -> Vec<Value> {
        let answer = self.ask("textDocument/diagnostic", json!({"textDocument": {"uri": uri}}));
        assert_eq!(answer["result"]["kind"], "full", "{answer}");
        answer["result"]["items"].as_array().expect("a list").clone()
    }

    fn actions(&mut self, uri: &str, range: &Value, only: Option<&str>) -> Vec<Value> {
        let mut context = json!({"diagnostics": []});
        if let Some(only) = only {
            context["only"] = json!([only]);
        }
        let params = json!({"textDocument": {"uri": uri}, "range": range, "context": context});
        self.ask("textDocument/codeAction", params)["result"].as_array().expect("a list").clone()
    }

    /// Ends as editors end it, and says how the program did.
    fn end(mut self) -> Option<i32> {
        self.ask("shutdown", Value::Null);
        self.tell("exit", Value::Null);
        self.input = None;
        self.child.wait().expect("it ends").code()
    }
}

impl Drop for Editor {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn at(line: u32, character: u32) -> Value {
    json!({"line": line, "character": character})
}

fn between(start: (u32, u32), end: (u32, u32)) -> Value {
    json!({"start": at(start.0, start.1), "end": at(end.0, end.1)})
}

#[test]
fn what_is_found_is_asked_for_or_sent_and_never_both() {
    let mut editor = Editor::start(Folder::new("lsp"), &modern());
    assert_eq!(editor.capabilities["positionEncoding"], "utf-8");
    assert_eq!(editor.capabilities["diagnosticProvider"]["workspaceDiagnostics"], false);
    let uri = editor.open("report.yaml", FOUND);
    let found = editor.diagnostics(&uri);
    insta::assert_snapshot!(serde_json::to_string_pretty(&found).expect("it was JSON"));
    assert!(editor.heard.iter().all(|message| message["method"] != "textDocument/publishDiagnostics"));
    assert_eq!(editor.end(), Some(0));

    let mut editor = Editor::start(Folder::new("lsp"), &json!({}));
    assert_eq!(
        (&editor.capabilities["positionEncoding"], &editor.capabilities["diagnosticProvider"]),
        (&json!("utf-16"), &Value::Null)
    );
    let uri = editor.open("report.yaml", FOUND);
    let sent = editor.next("textDocument/publishDiagnostics");
    assert_eq!((&sent["uri"], &sent["version"]), (&json!(uri), &json!(1)));
    assert_eq!(sent["diagnostics"][0]["code"], "starting-deadline-never-met");
    editor.tell("textDocument/didClose", json!({"textDocument": {"uri": uri}}));
    assert_eq!(editor.next("textDocument/publishDiagnostics")["diagnostics"], json!([]));
    assert_eq!(editor.end(), Some(0));
}

#[test]
fn what_is_typed_is_taken_in_in_every_encoding() {
    let text = "# é😀 日本\n".to_owned() + FOUND;
    for (encoding, columns) in [("utf-8", [6, 13]), ("utf-16", [5, 8]), ("utf-32", [4, 7])] {
        let mut capabilities = modern();
        capabilities["general"]["positionEncodings"] = json!([encoding]);
        let mut editor = Editor::start(Folder::new("typing"), &capabilities);
        assert_eq!(editor.capabilities["positionEncoding"], encoding);
        let uri = editor.open("report.yaml", &text);
        assert_eq!(editor.diagnostics(&uri).len(), 1);
        // Within the comment nothing changes but the comment; the deadline goes with the line.
        let comment = json!({"range": between((0, columns[0]), (0, columns[1])), "text": "x\ny"});
        editor.change(&uri, 2, json!([comment]));
        let broken = editor.diagnostics(&uri);
        assert!(
            broken.iter().any(|found| found["code"] == "yaml-syntax" || found["range"]["start"]["line"] == 1),
            "{broken:?}"
        );
        let mend = json!({"range": between((0, columns[0]), (2, 0)), "text": "\n"});
        let deadline = json!({"range": between((7, 0), (8, 0)), "text": ""});
        editor.change(&uri, 3, json!([mend, deadline]));
        assert_eq!(editor.diagnostics(&uri), Vec::<Value>::new());
        editor.change(&uri, 4, json!([{"text": text}]));
        assert_eq!(editor.diagnostics(&uri).len(), 1);
        assert_eq!(editor.end(), Some(0));
    }
}

#[test]
fn a_finding_can_be_mended_or_ignored_from_where_it_stands() {
    let mut editor = Editor::start(Folder::new("actions"), &modern());
    let text = FOUND.replace("batch/v1", "batch/v1beta1");
    let uri = editor.open("report.yaml", &text);
    let actions = editor.actions(&uri, &between((0, 13), (0, 13)), None);
    let titles: Vec<&str> = actions.iter().filter_map(|action| action["title"].as_str()).collect();
    assert_eq!(titles, ["Write batch/v1", "Ignore api-version-removed here, because …"]);
    assert_eq!((&actions[0]["isPreferred"], &actions[1]["isPreferred"]), (&json!(true), &Value::Null));
    let edit = &actions[0]["edit"]["documentChanges"][0];
    assert_eq!(edit["textDocument"], json!({"uri": uri, "version": 1}));
    assert_eq!(edit["edits"], json!([{"range": between((0, 12), (0, 25)), "newText": "batch/v1"}]));

    // What the action of ignoring writes is taken at its word.
    let ignore = &actions[1]["edit"]["documentChanges"][0]["edits"];
    let changes: Vec<Value> = ignore
        .as_array()
        .expect("edits")
        .iter()
        .map(|edit| json!({"range": edit["range"], "text": edit["newText"]}))
        .collect();
    editor.change(&uri, 2, json!(changes));
    assert!(editor.diagnostics(&uri).iter().all(|found| found["code"] != "api-version-removed"));

    editor.change(&uri, 3, json!([{"text": text}]));
    assert!(
        editor
            .actions(&uri, &between((0, 0), (15, 0)), Some("source"))
            .iter()
            .all(|action| action["kind"] == "source.fixAll.batchlint")
    );
    let all = editor.actions(&uri, &between((0, 0), (0, 0)), Some("source.fixAll"));
    let edits = &all[0]["edit"]["documentChanges"][0]["edits"];
    assert_eq!(edits, &json!([{"range": between((0, 20), (0, 25)), "newText": ""}]));
    // There is nothing to do where nothing is wrong.
    assert!(editor.actions(&uri, &between((10, 0), (10, 0)), None).is_empty());
    assert_eq!(editor.end(), Some(0));
}

#[test]
fn a_schedule_is_explained_and_its_next_run_stands_beside_it() {
    let mut editor = Editor::start(Folder::new("hover"), &modern());
    let uri =
        editor.open("report.yaml", &FOUND.replace("  startingDeadlineSeconds: 0\n", "  timeZone: Europe/Berlin\n"));
    for position in [at(5, 15), at(6, 14)] {
        let hover = editor.ask("textDocument/hover", json!({"textDocument": {"uri": uri}, "position": position}));
        let text = hover["result"]["contents"]["value"].as_str().expect("Markdown");
        assert!(text.contains("at 04:30") && text.contains("Europe/Berlin") && text.contains("next runs"), "{text}");
    }
    let nothing = editor.ask("textDocument/hover", json!({"textDocument": {"uri": uri}, "position": at(2, 3)}));
    assert_eq!(nothing["result"], Value::Null);
    let range = between((0, 0), (20, 0));
    let hints = editor.ask("textDocument/inlayHint", json!({"textDocument": {"uri": uri}, "range": range}));
    let hint = &hints["result"][0];
    assert_eq!(hint["position"], at(5, 24));
    let label = hint["label"].as_str().expect("words");
    assert!(label.starts_with("next: ") && label.contains(" 04:30 CE"), "{label}");
    let symbols = editor.ask("textDocument/documentSymbol", json!({"textDocument": {"uri": uri}}));
    assert_eq!((&symbols["result"][0]["name"], &symbols["result"][0]["detail"]), (&json!("report"), &json!("CronJob")));
    assert_eq!(editor.end(), Some(0));
}

#[test]
fn values_are_offered_however_little_is_written() {
    let mut editor = Editor::start(Folder::new("completion"), &modern());
    let uri = editor.open("report.yaml", "spec:\n  timeZone: Europe/Be\n  schedule: \n  concurrencyPolicy: \"F\n");
    let mut offered = |position: Value| {
        let params = json!({"textDocument": {"uri": uri}, "position": position});
        editor.ask("textDocument/completion", params)["result"].as_array().expect("a list").clone()
    };
    let zones = offered(at(1, 21));
    let berlin = zones.iter().find(|zone| zone["label"] == "Europe/Berlin").expect("the zone is there");
    assert_eq!(berlin["textEdit"], json!({"range": between((1, 12), (1, 21)), "newText": "Europe/Berlin"}));
    let schedules = offered(at(2, 12));
    assert!(
        schedules.iter().any(|one| one["textEdit"]["newText"] == "\"0 9 * * 1-5\"" && one["detail"] != Value::Null)
    );
    let policies = offered(at(3, 23));
    assert_eq!(policies[0]["textEdit"]["newText"], "\"Forbid");
    assert!(offered(at(0, 5)).is_empty());
    assert_eq!(editor.end(), Some(0));
}

#[test]
fn configuration_is_obeyed_followed_and_complained_of() {
    let folder = Folder::new("configured").file("batchlint.toml", "ignore = [\"starting-deadline-never-met\"]\n");
    let mut editor = Editor::start(folder, &modern());
    assert_eq!(
        editor.next("client/registerCapability")["registrations"][0]["method"],
        "workspace/didChangeWatchedFiles"
    );
    let uri = editor.open("report.yaml", FOUND);
    assert!(editor.diagnostics(&uri).is_empty());
    let write = |editor: &Editor, text: &str| {
        let path = editor.folder.path.join("batchlint.toml");
        write_file(&path, text);
    };
    write(&editor, "");
    editor.tell("workspace/didChangeWatchedFiles", json!({"changes": []}));
    editor.next_request("workspace/diagnostic/refresh");
    assert_eq!(editor.diagnostics(&uri).len(), 1);
    write(&editor, "ignore = [\"starting-deadline-never-meet\"]\n");
    editor.tell("workspace/didChangeWatchedFiles", json!({"changes": []}));
    editor.diagnostics(&uri);
    let said = editor.next("window/showMessage");
    assert!(said["message"].as_str().expect("words").contains("batchlint.toml:1:"), "{said}");
    assert_eq!(editor.end(), Some(0));
}

#[expect(clippy::disallowed_methods, reason = "the test changes a file under the server's eyes")]
fn write_file(path: &std::path::Path, text: &str) {
    std::fs::write(path, text).expect("it can be written");
}

impl Editor {
    fn next_request(&mut self, method: &str) {
        self.next(method);
    }
}

#[test]
fn whatever_comes_the_server_answers_and_goes_on() {
    let mut editor = Editor::start(Folder::new("odd"), &modern());
    let uri = editor.open("report.yaml", FOUND);
    assert_eq!(editor.ask("textDocument/rename", json!({}))["error"]["code"], -32601);
    assert_eq!(editor.ask("textDocument/hover", json!({"position": "here"}))["error"]["code"], -32602);
    assert_eq!(
        editor.ask("textDocument/hover", json!({"textDocument": {"uri": "file:///none"}, "position": at(0, 0)}))["result"],
        Value::Null
    );
    editor.tell("textDocument/didChange", json!(1));
    editor.tell("none/such", json!({}));
    // Places that are nowhere are the nearest there are.
    editor.change(&uri, 2, json!([{"range": between((900, 9), (901, 0)), "text": "# the end\n"}]));
    assert_eq!(editor.diagnostics(&uri).len(), 1);
    // A question that is taken back before its turn is answered as that, or as asked if it came too late.
    editor.next += 2;
    let (first, second) = (editor.next - 1, editor.next);
    for id in [first, second] {
        let params = json!({"textDocument": {"uri": uri}});
        editor.send(&json!({"jsonrpc": "2.0", "id": id, "method": "textDocument/diagnostic", "params": params}));
    }
    editor.tell("$/cancelRequest", json!({"id": second}));
    assert!(editor.answer(first)["result"].is_object());
    let answer = editor.answer(second);
    assert!(answer["error"]["code"] == -32800 || answer["result"].is_object(), "{answer}");
    assert_eq!(editor.end(), Some(0));
}

#[test]
fn what_is_no_kubernetes_is_left_in_peace() {
    let mut editor = Editor::start(Folder::new("peace"), &modern());
    for (name, text) in
        [("a.yaml", "on: [push]\njobs:\n  x: 1\n"), ("b.json", "{\"name\": \"package\"}"), ("c.yaml", "")]
    {
        let uri = editor.open(name, text);
        assert!(editor.diagnostics(&uri).is_empty(), "{name}");
    }
    assert_eq!(editor.end(), Some(0));
}
