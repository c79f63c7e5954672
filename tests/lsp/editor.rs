//! An editor as a language server knows it: it talks to the program over its standard input and output.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::process::{Child, ChildStdin, ChildStdout, Stdio};

use serde_json::{Value, json};

use crate::program::Folder;

/// An editor, as far as a server can tell.
pub(crate) struct Editor {
    child: Child,
    input: Option<ChildStdin>,
    output: BufReader<ChildStdout>,
    pub(crate) folder: Folder,
    next: i64,
    /// What the server said unasked.
    pub(crate) heard: Vec<Value>,
    /// What it can do.
    pub(crate) capabilities: Value,
}

/// One that asks for diagnostics, and counts in bytes.
pub(crate) fn modern() -> Value {
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

/// One that has a folder open.
pub(crate) fn in_folder(folder: Folder, capabilities: &Value) -> Editor {
    let mut editor = Editor::silent(folder);
    let root = editor.uri("").trim_end_matches('/').to_owned();
    editor.greet(json!({"processId": null, "rootUri": root, "capabilities": capabilities}));
    editor.tell("initialized", json!({}));
    editor
}

impl Editor {
    pub(crate) fn start(folder: Folder, capabilities: &Value) -> Self {
        let mut editor = Self::silent(folder);
        editor.greet(json!({"processId": null, "rootUri": null, "capabilities": capabilities}));
        editor.tell("initialized", json!({}));
        editor
    }

    /// One that has not said anything yet.
    pub(crate) fn silent(folder: Folder) -> Self {
        let mut command = folder.command(&["lsp", "--stdio"]);
        let mut child = command.stdin(Stdio::piped()).stderr(Stdio::inherit()).spawn().expect("the program starts");
        let (input, output) = (child.stdin.take(), BufReader::new(child.stdout.take().expect("it was piped")));
        Self { child, input, output, folder, next: 0, heard: Vec::new(), capabilities: Value::Null }
    }

    /// Says hello with these parameters.
    pub(crate) fn greet(&mut self, params: Value) {
        let answer = self.ask("initialize", params);
        self.capabilities = answer["result"]["capabilities"].clone();
    }

    pub(crate) fn send(&mut self, message: &Value) {
        let text = message.to_string();
        let input = self.input.as_mut().expect("nobody said goodbye");
        write!(input, "Content-Length: {}\r\n\r\n{text}", text.len()).expect("the server listens");
        input.flush().expect("the server listens");
    }

    pub(crate) fn tell(&mut self, method: &str, params: Value) {
        self.send(&json!({"jsonrpc": "2.0", "method": method, "params": params}));
    }

    pub(crate) fn ask(&mut self, method: &str, params: Value) -> Value {
        let id = self.pose(method, params);
        self.answer(id)
    }

    /// Asks, and goes on talking.
    pub(crate) fn pose(&mut self, method: &str, params: Value) -> i64 {
        self.next += 1;
        self.send(&json!({"jsonrpc": "2.0", "id": self.next, "method": method, "params": params}));
        self.next
    }

    pub(crate) fn answer(&mut self, id: i64) -> Value {
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
    pub(crate) fn next(&mut self, method: &str) -> Value {
        loop {
            if let Some(at) = self.heard.iter().position(|message| message["method"] == method) {
                return self.heard.remove(at)["params"].clone();
            }
            let message = self.hear();
            self.heard.push(message);
        }
    }

    /// The number of the server's process.
    pub(crate) fn process(&self) -> u32 {
        self.child.id()
    }

    /// Gives what the server asks for under that name.
    pub(crate) fn give(&mut self, method: &str, result: Value) {
        loop {
            if let Some(at) = self.heard.iter().position(|message| message["method"] == method) {
                let id = self.heard.remove(at)["id"].clone();
                return self.send(&json!({"jsonrpc": "2.0", "id": id, "result": result}));
            }
            let message = self.hear();
            self.heard.push(message);
        }
    }

    #[expect(clippy::disallowed_methods, reason = "the test changes a file under the server's eyes")]
    pub(crate) fn write(&self, name: &str, text: &str) {
        std::fs::write(self.folder.path.join(name), text).expect("it can be written");
    }

    #[expect(clippy::disallowed_methods, reason = "the test changes a file under the server's eyes")]
    pub(crate) fn remove(&self, name: &str) {
        std::fs::remove_file(self.folder.path.join(name)).expect("it can be removed");
    }

    pub(crate) fn uri(&self, name: &str) -> String {
        let path = self.folder.path.canonicalize().expect("it is there").join(name);
        format!("file://{}", path.to_str().expect("UTF-8").replace(' ', "%20"))
    }

    pub(crate) fn open(&mut self, name: &str, text: &str) -> String {
        let uri = self.uri(name);
        let item = json!({"uri": uri, "languageId": "yaml", "version": 1, "text": text});
        self.tell("textDocument/didOpen", json!({"textDocument": item}));
        uri
    }

    pub(crate) fn change(&mut self, uri: &str, version: i64, changes: Value) {
        let document = json!({"uri": uri, "version": version});
        self.tell("textDocument/didChange", json!({"textDocument": document, "contentChanges": changes}));
    }

    pub(crate) fn diagnostics(&mut self, uri: &str) -> Vec<Value> {
        let answer = self.ask("textDocument/diagnostic", json!({"textDocument": {"uri": uri}}));
        assert_eq!(answer["result"]["kind"], "full", "{answer}");
        answer["result"]["items"].as_array().expect("a list").clone()
    }

    pub(crate) fn actions(&mut self, uri: &str, range: &Value, only: Option<&str>) -> Vec<Value> {
        let mut context = json!({"diagnostics": []});
        if let Some(only) = only {
            context["only"] = json!([only]);
        }
        let params = json!({"textDocument": {"uri": uri}, "range": range, "context": context});
        self.ask("textDocument/codeAction", params)["result"].as_array().expect("a list").clone()
    }

    /// Ends as editors end it, and says how the program did.
    pub(crate) fn end(mut self) -> Option<i32> {
        self.ask("shutdown", Value::Null);
        self.tell("exit", Value::Null);
        self.leave()
    }

    /// Goes without a word, and says how the program did.
    pub(crate) fn leave(mut self) -> Option<i32> {
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

pub(crate) fn at(line: u32, character: u32) -> Value {
    json!({"line": line, "character": character})
}

pub(crate) fn between(start: (u32, u32), end: (u32, u32)) -> Value {
    json!({"start": at(start.0, start.1), "end": at(end.0, end.1)})
}
