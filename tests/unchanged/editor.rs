//! What an editor is told of a text, wherever it asks.

use serde_json::{Value, json};

use crate::digest::Digests;
use crate::editor::{Editor, at, between, modern};
use crate::program::Folder;

/// Asks of some texts whatever can be asked: as an editor that can do all there is, with the folder in which they stand,
/// and as one that can do nothing.
pub(crate) fn ask(texts: &[(String, String)], digests: &mut Digests) {
    let mut folder = Folder::new("asked").file(".git/HEAD", "");
    for (name, text) in texts {
        folder = folder.file(name, text);
    }
    let mut editor = Editor::silent(folder);
    let root = editor.uri("").trim_end_matches('/').to_owned();
    editor.greet(json!({"rootUri": root, "capabilities": able(), "initializationOptions": {"panels": true}}));
    editor.tell("initialized", json!({}));
    let mut told = Told { who: "able", editor, digests };
    // Answered once the folder has been read.
    told.note("workspace/diagnostic", json!({"previousResultIds": []}));
    told.of_texts(texts, 7);
    let mut told = Told { who: "plain", editor: Editor::start(Folder::new("asked"), &json!({})), ..told };
    told.of_texts(texts, 40);
}

/// All that a client can say that it can do.
fn able() -> Value {
    let mut able = modern();
    able["textDocument"]["completion"] =
        json!({"completionItem": {"insertTextModeSupport": {"valueSet": [1, 2]}, "documentationFormat": ["markdown"]}});
    able["textDocument"]["hover"] = json!({"contentFormat": ["markdown"]});
    able["textDocument"]["rename"] = json!({"prepareSupport": true});
    able
}

struct Told<'d> {
    who: &'static str,
    editor: Editor,
    digests: &'d mut Digests,
}

impl Told<'_> {
    /// Asks of each text, and of one in so many of its lines.
    fn of_texts(&mut self, texts: &[(String, String)], every: usize) {
        for (number, (name, text)) in texts.iter().enumerate() {
            let uri = self.editor.open(name, text);
            self.of_text(&uri, text);
            for (line, written) in text.lines().enumerate().filter(|(line, _)| (line + number) % every == 0) {
                self.of_line(&uri, line, written);
            }
            for command in ["batchlint.runs", "batchlint.simulate"].iter().filter(|_| number % every == 0) {
                self.note("workspace/executeCommand", json!({"command": command, "arguments": [uri]}));
            }
        }
    }

    fn of_text(&mut self, uri: &str, text: &str) {
        let lines = u32::try_from(text.lines().count()).expect("few");
        let range = between((0, 0), (lines, 0));
        let document = json!({"uri": uri});
        self.note("textDocument/codeLens", json!({"textDocument": document}));
        self.note("textDocument/inlayHint", json!({"textDocument": document, "range": range}));
        self.note("textDocument/documentSymbol", json!({"textDocument": document}));
        let actions = json!({"textDocument": document, "range": range, "context": {"diagnostics": []}});
        self.note("textDocument/codeAction", actions);
    }

    fn of_line(&mut self, uri: &str, line: usize, written: &str) {
        let line = u32::try_from(line).expect("few");
        let end = written.encode_utf16().count();
        let first = written.len() - written.trim_start_matches([' ', '-']).len();
        let value = written.find(": ").map_or(end, |colon| colon + 3);
        for column in [first, value.min(end), end] {
            let position = at(line, u32::try_from(column).expect("few"));
            let params = json!({"textDocument": {"uri": uri}, "position": position});
            for question in ["hover", "completion", "definition", "prepareRename"] {
                self.note(&format!("textDocument/{question}"), params.clone());
            }
            let mut params = params;
            params["context"] = json!({"includeDeclaration": true});
            self.note("textDocument/references", params.clone());
            params["newName"] = json!("another");
            self.note("textDocument/rename", params);
        }
    }

    /// Asks, and keeps the answer without what this run's folder changes: its name, sums of texts with it, and where lines
    /// with it break.
    fn note(&mut self, method: &str, params: Value) {
        let mut answer = self.editor.ask(method, params);
        if let Some(page) = answer.get_mut("result").and_then(Value::as_object_mut) {
            page.remove("text");
        }
        let items = answer.pointer_mut("/result/items").and_then(Value::as_array_mut);
        for item in items.into_iter().flatten().filter_map(Value::as_object_mut) {
            item.remove("resultId");
        }
        let root = self.editor.folder.path.to_string_lossy().into_owned();
        let said = format!("{}{}", answer["result"], answer["error"]).replace(&root, "").replace("\\n", " ");
        let said: Vec<&str> = said.split_whitespace().collect();
        self.digests.add(&format!("{} {method}", self.who), &said.join(" "));
    }
}
