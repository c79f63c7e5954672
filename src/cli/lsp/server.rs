//! The conversation with an editor. One thread answers in the order of the questions; what is typed meanwhile is taken in
//! before anything is looked at, and a question that is taken back is not answered twice.

use std::collections::{BTreeSet, VecDeque};
use std::sync::mpsc::{self, Receiver};
use std::thread;

use lsp_server::{Connection, ErrorCode, Message, Notification, ProtocolError, Request, RequestId, Response};
use lsp_types::{
    CancelParams, CodeActionParams, CompletionParams, DocumentDiagnosticParams, DocumentSymbolParams,
    FullDocumentDiagnosticReport, HoverParams, Id, InlayHintParams, MessageType, PublishDiagnosticsParams,
    RelatedFullDocumentDiagnosticReport, ServerInfo, ShowMessageParams, Uri,
};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::client::Client;
use super::texts::Texts;
use super::{actions, capabilities, completion, diagnostics, hints, hover, symbols};
use crate::cli::bug;
use crate::cli::configuration::Arguments;

/// The server, as long as one editor talks to it.
pub(super) struct Server<'c> {
    connection: &'c Connection,
    client: Client,
    texts: Texts<'c>,
    /// What the editor says.
    heard: Receiver<Message>,
    /// What is waiting for its turn.
    queue: VecDeque<Message>,
    /// Texts whose diagnostics are to be sent.
    stale: BTreeSet<String>,
    /// How often the editor was asked for something.
    asked: i32,
    /// What was said last of a configuration that cannot be read.
    said: Vec<String>,
    /// Whether the editor has announced its end.
    is_over: bool,
}

/// Why there is no answer.
type Refusal = (ErrorCode, String);

impl<'c> Server<'c> {
    /// Agrees with the editor on what each can do.
    pub(super) fn start(connection: &'c Connection, arguments: &'c Arguments) -> Result<Self, ProtocolError> {
        let (id, mut params) = connection.initialize_start()?;
        // One that says nothing that is understood is offered the least.
        let said = params.get_mut("capabilities").map(Value::take).unwrap_or_default();
        let client = Client::of(&serde_json::from_value(said).unwrap_or_default());
        let version = Some(env!("CARGO_PKG_VERSION").to_owned());
        let info = ServerInfo { name: "batchlint".to_owned(), version };
        let server = Self {
            connection,
            client,
            texts: Texts::new(arguments, client.encoding),
            heard: listen(connection),
            queue: VecDeque::new(),
            stale: BTreeSet::new(),
            asked: 0,
            said: Vec::new(),
            is_over: false,
        };
        server.send(Response::new_ok(id, json!({"capabilities": capabilities::of(client), "serverInfo": info})));
        Ok(server)
    }

    /// Answers until the editor is gone, and says whether it had announced that.
    pub(super) fn serve(mut self) -> bool {
        loop {
            self.take_in();
            let message = match self.queue.pop_front() {
                Some(message) => message,
                None => match self.stale.pop_first() {
                    Some(uri) => {
                        self.publish(uri);
                        continue;
                    }
                    None => match self.heard.recv() {
                        Ok(message) => message,
                        Err(_) => return self.is_over,
                    },
                },
            };
            match message {
                Message::Request(request) => self.answer(request),
                Message::Notification(Notification { method, .. }) if method == "exit" => return self.is_over,
                Message::Notification(notification) => self.take_note(notification),
                Message::Response(_) => {}
            }
        }
    }

    /// Takes in what has come, and answers what was taken back meanwhile.
    fn take_in(&mut self) {
        while let Ok(message) = self.heard.try_recv() {
            match message {
                Message::Notification(Notification { method, params }) if method == "$/cancelRequest" => {
                    if let Ok(CancelParams { id }) = serde_json::from_value(params) {
                        self.take_back(&request_id(id));
                    }
                }
                message => self.queue.push_back(message),
            }
        }
    }

    fn take_back(&mut self, id: &RequestId) {
        let is_it = |message: &Message| matches!(message, Message::Request(request) if request.id == *id);
        let count = self.queue.len();
        self.queue.retain(|message| !is_it(message));
        if self.queue.len() < count {
            let words = "taken back".to_owned();
            self.send(Response::new_err(id.clone(), ErrorCode::RequestCanceled as i32, words));
        }
    }

    fn answer(&mut self, request: Request) {
        let Request { id, method, params } = request;
        let answered = bug::guard(|| self.result(&method, params)).unwrap_or_else(|| {
            self.tell_of_bug();
            Err((ErrorCode::InternalError, "a bug in batchlint".to_owned()))
        });
        self.send(match answered {
            Ok(result) => Response::new_ok(id, result),
            Err((code, why)) => Response::new_err(id, code as i32, why),
        });
        self.complain();
    }

    fn result(&mut self, method: &str, params: Value) -> Result<Value, Refusal> {
        if self.is_over {
            return Err((ErrorCode::InvalidRequest, "the end was announced".to_owned()));
        }
        let (texts, client) = (&mut self.texts, self.client);
        match method {
            "textDocument/diagnostic" => with(params, |params: DocumentDiagnosticParams| {
                let items = texts.checked(&params.text_document.uri).map_or_else(Vec::new, |(document, checked)| {
                    diagnostics::of(document, &checked.report.findings, client)
                });
                let full_document_diagnostic_report = FullDocumentDiagnosticReport { result_id: None, items };
                Some(RelatedFullDocumentDiagnosticReport { related_documents: None, full_document_diagnostic_report })
            }),
            "textDocument/codeAction" => with(params, |params: CodeActionParams| {
                let (document, checked) = texts.checked(&params.text_document.uri)?;
                Some(actions::of(document, checked, &params, client))
            }),
            "textDocument/hover" => with(params, |params: HoverParams| {
                let at = params.text_document_position_params;
                let (document, checked) = texts.checked(&at.text_document.uri)?;
                hover::of(document, checked, at.position, client)
            }),
            "textDocument/inlayHint" => with(params, |params: InlayHintParams| {
                let (document, checked) = texts.checked(&params.text_document.uri)?;
                Some(hints::of(document, checked, params.range, client))
            }),
            "textDocument/documentSymbol" => with(params, |params: DocumentSymbolParams| {
                let (document, checked) = texts.checked(&params.text_document.uri)?;
                Some(symbols::of(document, checked, client))
            }),
            "textDocument/completion" => with(params, |params: CompletionParams| {
                let at = params.text_document_position_params;
                let (document, checked) = texts.checked(&at.text_document.uri)?;
                Some(completion::of(document, checked, at.position, client))
            }),
            "shutdown" => {
                self.is_over = true;
                Ok(Value::Null)
            }
            _ => Err((ErrorCode::MethodNotFound, format!("{method} is not offered"))),
        }
    }

    fn take_note(&mut self, notification: Notification) {
        let Notification { method, params } = notification;
        let noted = bug::guard(|| match method.as_str() {
            "initialized" => self.watch(),
            "textDocument/didOpen" => self.texts.open(params).into_iter().for_each(|uri| self.has_changed(uri)),
            "textDocument/didChange" => self.texts.change(params).into_iter().for_each(|uri| self.has_changed(uri)),
            "textDocument/didClose" => self.texts.close(params).into_iter().for_each(|uri| self.has_gone(uri)),
            "textDocument/didSave" => self.look_again(),
            "workspace/didChangeConfiguration" | "workspace/didChangeWatchedFiles" => {
                self.said.clear();
                self.look_again();
            }
            _ => {}
        });
        if noted.is_none() {
            self.tell_of_bug();
        }
    }

    fn has_changed(&mut self, uri: String) {
        if !self.client.pulls {
            self.stale.insert(uri);
        }
    }

    /// What was shown of it goes, where it was sent.
    fn has_gone(&mut self, uri: String) {
        if !self.client.pulls {
            self.stale.remove(&uri);
            let params = PublishDiagnosticsParams { uri: Uri(uri), version: None, diagnostics: Vec::new() };
            self.notify("textDocument/publishDiagnostics", params);
        }
    }

    /// Forgets what was found: a configuration may be another one.
    fn look_again(&mut self) {
        self.texts.forget();
        if self.client.pulls {
            self.ask("workspace/diagnostic/refresh", Value::Null);
        } else {
            self.stale.extend(self.texts.uris());
        }
    }

    /// Sends what was found in a text that changed.
    fn publish(&mut self, uri: String) {
        let (texts, client, uri) = (&mut self.texts, self.client, Uri(uri));
        let Some(version) = texts.version(&uri) else { return };
        let found = bug::guard(|| {
            let checked = texts.checked(&uri);
            checked.map_or_else(Vec::new, |(document, checked)| {
                diagnostics::of(document, &checked.report.findings, client)
            })
        });
        match found {
            Some(diagnostics) => {
                let params = PublishDiagnosticsParams { uri, version: Some(version), diagnostics };
                self.notify("textDocument/publishDiagnostics", params);
            }
            None => self.tell_of_bug(),
        }
        self.complain();
    }

    /// Says what is wrong with a configuration, once.
    fn complain(&mut self) {
        let faults = self.texts.faults();
        if !faults.is_empty() && self.said != faults {
            let message = faults.join("\n");
            self.notify("window/showMessage", ShowMessageParams { kind: MessageType::Error, message });
            self.said = faults;
        }
    }

    fn tell_of_bug(&self) {
        let message = "batchlint met a bug of its own; please report it with the text, if you may share it".to_owned();
        self.notify("window/showMessage", ShowMessageParams { kind: MessageType::Error, message });
    }

    /// Asks to be told when a configuration changes, or what says which texts are patches.
    fn watch(&mut self) {
        if self.client.watches {
            let watchers = json!([
                {"globPattern": "**/{batchlint,.batchlint}.toml"},
                {"globPattern": "**/{kustomization.yaml,kustomization.yml,Kustomization}"},
            ]);
            let registration = json!({
                "id": "configuration",
                "method": "workspace/didChangeWatchedFiles",
                "registerOptions": {"watchers": watchers},
            });
            self.ask("client/registerCapability", json!({"registrations": [registration]}));
        }
    }

    /// Asks the editor for something; what it answers makes no difference.
    fn ask(&mut self, method: &str, params: Value) {
        self.asked += 1;
        self.send(Request::new(RequestId::from(self.asked), method.to_owned(), params));
    }

    fn notify(&self, method: &str, params: impl Serialize) {
        self.send(Notification::new(method.to_owned(), params));
    }

    /// Where the editor is gone, nobody is left to tell.
    fn send(&self, message: impl Into<Message>) {
        let _ = self.connection.sender.send(message.into());
    }
}

/// What the editor says, however much of it at once: the connection itself holds back all but one message.
fn listen(connection: &Connection) -> Receiver<Message> {
    let (sender, heard) = mpsc::channel();
    let said = connection.receiver.clone();
    thread::spawn(move || said.into_iter().try_for_each(|message| sender.send(message)));
    heard
}

fn with<P: DeserializeOwned, R: Serialize>(params: Value, work: impl FnOnce(P) -> Option<R>) -> Result<Value, Refusal> {
    let params = serde_json::from_value(params).map_err(|error| (ErrorCode::InvalidParams, error.to_string()))?;
    serde_json::to_value(work(params)).map_err(|error| (ErrorCode::InternalError, error.to_string()))
}

fn request_id(id: Id) -> RequestId {
    match id {
        Id::Int(number) => RequestId::from(number),
        Id::String(name) => RequestId::from(name),
    }
}
