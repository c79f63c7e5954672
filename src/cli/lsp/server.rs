//! The conversation with an editor. One thread answers in the order of the questions; what is typed meanwhile is taken in
//! before anything is looked at, and a question that is taken back is not answered twice.

use std::cell::RefCell;
use std::collections::{HashMap, HashSet, VecDeque};
use std::path::Path;
use std::sync::Arc;

use lsp_server::{Connection, ErrorCode, Message, Notification, ProtocolError, Request, RequestId, Response};
use lsp_types::{
    CancelParams, CodeActionKind, CodeActionOptions, CodeActionParams, CodeActionProvider, CompletionOptions,
    CompletionParams, DiagnosticOptions, DiagnosticProvider, DidChangeTextDocumentParams, DidCloseTextDocumentParams,
    DidOpenTextDocumentParams, DocumentDiagnosticParams, DocumentSymbolParams, DocumentSymbolProvider,
    FullDocumentDiagnosticReport, HoverParams, HoverProvider, Id, InitializeParams, InlayHintParams, InlayHintProvider,
    MessageType, PublishDiagnosticsParams, RelatedFullDocumentDiagnosticReport, Save, ServerCapabilities, ServerInfo,
    ShowMessageParams, TextDocumentSync, TextDocumentSyncKind, TextDocumentSyncOptions, Uri,
};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::checked::Checked;
use super::client::Client;
use super::document::{Document, Places};
use super::uris::path_of;
use super::{actions, completion, diagnostics, hints, hover, symbols};
use crate::analysis::Settings;
use crate::cli::configuration::{Arguments, Configurations};
use crate::cli::{bug, surroundings};
use crate::config::{Config, Layer};
use crate::text::Source;

/// The server, as long as one editor talks to it.
pub(super) struct Server<'c> {
    connection: &'c Connection,
    arguments: &'c Arguments,
    client: Client,
    documents: HashMap<String, Document>,
    /// What was found in the texts as they are now.
    checked: HashMap<String, Arc<Checked>>,
    /// What is waiting for its turn.
    queue: VecDeque<Message>,
    /// Texts whose diagnostics are to be sent.
    stale: HashSet<String>,
    /// What was said last of a configuration that cannot be read.
    said: RefCell<Vec<String>>,
}

impl<'c> Server<'c> {
    /// Agrees with the editor on what each can do.
    pub(super) fn start(connection: &'c Connection, arguments: &'c Arguments) -> Result<Self, ProtocolError> {
        let (id, params) = connection.initialize_start()?;
        let client = match serde_json::from_value::<InitializeParams>(params) {
            Ok(params) => Client::of(&params.capabilities),
            // One that says nothing that is understood is offered the least.
            Err(_) => Client::of(&lsp_types::ClientCapabilities::default()),
        };
        let version = Some(env!("CARGO_PKG_VERSION").to_owned());
        let info = ServerInfo { name: "batchlint".to_owned(), version };
        connection.initialize_finish(id, json!({"capabilities": capabilities(client), "serverInfo": info}))?;
        Ok(Self {
            connection,
            arguments,
            client,
            documents: HashMap::new(),
            checked: HashMap::new(),
            queue: VecDeque::new(),
            stale: HashSet::new(),
            said: RefCell::default(),
        })
    }

    /// Answers until the editor says goodbye.
    pub(super) fn serve(mut self) -> Result<(), ProtocolError> {
        self.watch();
        loop {
            self.take_in();
            let message = match self.queue.pop_front() {
                Some(message) => message,
                None if !self.stale.is_empty() => {
                    self.publish();
                    continue;
                }
                None => match self.connection.receiver.recv() {
                    Ok(message) => message,
                    Err(_) => return Ok(()),
                },
            };
            match message {
                Message::Request(request) if self.connection.handle_shutdown(&request)? => return Ok(()),
                Message::Request(request) => self.answer(request),
                Message::Notification(notification) => self.take_note(notification),
                Message::Response(_) => {}
            }
        }
    }

    /// Takes in what has come, and answers what was taken back meanwhile.
    fn take_in(&mut self) {
        while let Ok(message) = self.connection.receiver.try_recv() {
            let Message::Notification(Notification { method, params }) = &message else {
                self.queue.push_back(message);
                continue;
            };
            match serde_json::from_value::<CancelParams>(params.clone()) {
                Ok(CancelParams { id }) if method == "$/cancelRequest" => self.take_back(&request_id(id)),
                _ => self.queue.push_back(message),
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
        let answered = bug::guard(|| self.result(&method, params));
        let response = match answered {
            Some(Ok(result)) => Response::new_ok(id, result),
            Some(Err((code, why))) => Response::new_err(id, code as i32, why),
            None => {
                self.tell_of_bug();
                Response::new_err(id, ErrorCode::InternalError as i32, "a bug in batchlint".to_owned())
            }
        };
        self.send(response);
    }

    fn result(&mut self, method: &str, params: Value) -> Result<Value, (ErrorCode, String)> {
        let client = self.client;
        match method {
            "textDocument/diagnostic" => self.with(params, |server, params: DocumentDiagnosticParams| {
                let (document, checked) = server.checked(&params.text_document.uri)?;
                let items = diagnostics::of(document, &checked.report.findings, client);
                let full_document_diagnostic_report = FullDocumentDiagnosticReport { result_id: None, items };
                Some(RelatedFullDocumentDiagnosticReport { related_documents: None, full_document_diagnostic_report })
            }),
            "textDocument/codeAction" => self.with(params, |server, params: CodeActionParams| {
                let (document, checked) = server.checked(&params.text_document.uri)?;
                Some(actions::of(document, &checked, &params, client))
            }),
            "textDocument/hover" => self.with(params, |server, params: HoverParams| {
                let at = params.text_document_position_params;
                let (document, checked) = server.checked(&at.text_document.uri)?;
                let byte = Places::new(document.source.text(), client.encoding).byte(at.position);
                hover::of(document, &checked, byte, client)
            }),
            "textDocument/inlayHint" => self.with(params, |server, params: InlayHintParams| {
                let (document, checked) = server.checked(&params.text_document.uri)?;
                let within = Places::new(document.source.text(), client.encoding).span(params.range);
                Some(hints::of(document, &checked, within, client))
            }),
            "textDocument/documentSymbol" => self.with(params, |server, params: DocumentSymbolParams| {
                let (document, checked) = server.checked(&params.text_document.uri)?;
                Some(symbols::of(document, &checked, client))
            }),
            "textDocument/completion" => self.with(params, |server, params: CompletionParams| {
                let at = params.text_document_position_params;
                let document = server.documents.get(&at.text_document.uri.0)?;
                Some(completion::of(document, at.position, client))
            }),
            _ => Err((ErrorCode::MethodNotFound, format!("{method} is not offered"))),
        }
    }

    fn with<P: DeserializeOwned, R: Serialize>(
        &mut self,
        params: Value,
        work: impl FnOnce(&mut Self, P) -> Option<R>,
    ) -> Result<Value, (ErrorCode, String)> {
        let params = serde_json::from_value(params).map_err(|error| (ErrorCode::InvalidParams, error.to_string()))?;
        serde_json::to_value(work(self, params)).map_err(|error| (ErrorCode::InternalError, error.to_string()))
    }

    fn take_note(&mut self, notification: Notification) {
        let Notification { method, params } = notification;
        let noted = bug::guard(|| match method.as_str() {
            "textDocument/didOpen" => self.open(params),
            "textDocument/didChange" => self.change(params),
            "textDocument/didClose" => self.close(params),
            "textDocument/didSave" | "workspace/didChangeConfiguration" | "workspace/didChangeWatchedFiles" => {
                self.look_again();
                Ok(())
            }
            _ => Ok(()),
        });
        if noted.is_none() {
            self.tell_of_bug();
        }
    }

    fn open(&mut self, params: Value) -> serde_json::Result<()> {
        let DidOpenTextDocumentParams { text_document: item } = serde_json::from_value(params)?;
        let Uri(uri) = item.uri;
        let name = path_of(&uri).map_or_else(|| uri.clone(), |path| path.to_string_lossy().into_owned());
        let source = Source::new(name, item.text);
        let document = Document { uri: uri.as_str().into(), version: item.version, source };
        self.documents.insert(uri.clone(), document);
        self.has_changed(uri);
        Ok(())
    }

    fn change(&mut self, params: Value) -> serde_json::Result<()> {
        let DidChangeTextDocumentParams { text_document, content_changes } = serde_json::from_value(params)?;
        let Uri(uri) = text_document.text_document_identifier.uri;
        if let Some(document) = self.documents.get_mut(&uri) {
            document.change(text_document.version, content_changes, self.client.encoding);
            self.has_changed(uri);
        }
        Ok(())
    }

    /// What was shown of it goes, where it was sent.
    fn close(&mut self, params: Value) -> serde_json::Result<()> {
        let DidCloseTextDocumentParams { text_document } = serde_json::from_value(params)?;
        let Uri(uri) = text_document.uri;
        self.documents.remove(&uri);
        self.checked.remove(&uri);
        self.stale.remove(&uri);
        if !self.client.pulls {
            let params = PublishDiagnosticsParams { uri: Uri(uri), version: None, diagnostics: Vec::new() };
            self.notify("textDocument/publishDiagnostics", params);
        }
        Ok(())
    }

    fn has_changed(&mut self, uri: String) {
        self.checked.remove(&uri);
        if !self.client.pulls {
            self.stale.insert(uri);
        }
    }

    /// Forgets what was found: a configuration may be another one.
    fn look_again(&mut self) {
        self.checked.clear();
        if self.client.pulls {
            let id = RequestId::from("diagnostics".to_owned());
            self.send(Request::new(id, "workspace/diagnostic/refresh".to_owned(), Value::Null));
        } else {
            self.stale.extend(self.documents.keys().cloned());
        }
    }

    /// Sends what was found in the texts that changed.
    fn publish(&mut self) {
        for uri in std::mem::take(&mut self.stale) {
            let client = self.client;
            let sent = bug::guard(|| {
                let (document, checked) = self.checked(&Uri(uri.clone()))?;
                let diagnostics = diagnostics::of(document, &checked.report.findings, client);
                Some(PublishDiagnosticsParams { uri: Uri(uri.clone()), version: Some(document.version), diagnostics })
            });
            match sent {
                Some(Some(params)) => self.notify("textDocument/publishDiagnostics", params),
                Some(None) => {}
                None => self.tell_of_bug(),
            }
        }
    }

    /// A text that is open, and what was found in it.
    fn checked(&mut self, uri: &Uri) -> Option<(&Document, Arc<Checked>)> {
        if !self.checked.contains_key(&uri.0) {
            let checked = Arc::new(self.check(self.documents.get(&uri.0)?));
            self.checked.insert(uri.0.clone(), checked);
        }
        Some((self.documents.get(&uri.0)?, Arc::clone(self.checked.get(&uri.0)?)))
    }

    fn check(&self, document: &Document) -> Checked {
        match self.config(document) {
            Ok(Some(config)) => Checked::new(&document.source, config),
            Ok(None) => Checked::nothing(),
            Err(faults) => {
                self.complain(faults);
                Checked::nothing()
            }
        }
    }

    /// What holds for a text, read anew: nothing, where it is left out.
    fn config(&self, document: &Document) -> Result<Option<Arc<Config>>, Vec<String>> {
        let settings = Settings::at(surroundings::now());
        let mut configurations = Configurations::new(self.arguments, settings, Layer::default())?;
        match path_of(&document.uri) {
            Some(path) => configurations.of_wanted(&path, false),
            None => configurations.of(Path::new("")).map(Some),
        }
    }

    /// Says what is wrong with a configuration, once.
    fn complain(&self, faults: Vec<String>) {
        if *self.said.borrow() != faults {
            let message = faults.join("\n");
            self.notify("window/showMessage", ShowMessageParams { kind: MessageType::Error, message });
            self.said.replace(faults);
        }
    }

    fn tell_of_bug(&self) {
        let message = "batchlint met a bug of its own; please report it with the text, if you may share it".to_owned();
        self.notify("window/showMessage", ShowMessageParams { kind: MessageType::Error, message });
    }

    /// Asks to be told when a configuration changes.
    fn watch(&self) {
        if self.client.watches {
            let watchers = json!([{"globPattern": "**/{batchlint,.batchlint}.toml"}]);
            let registration = json!({
                "id": "configuration",
                "method": "workspace/didChangeWatchedFiles",
                "registerOptions": {"watchers": watchers},
            });
            let id = RequestId::from("watch".to_owned());
            let params = json!({"registrations": [registration]});
            self.send(Request::new(id, "client/registerCapability".to_owned(), params));
        }
    }

    fn notify(&self, method: &str, params: impl Serialize) {
        self.send(Notification::new(method.to_owned(), params));
    }

    /// Where the editor is gone, nobody is left to tell.
    fn send(&self, message: impl Into<Message>) {
        let _ = self.connection.sender.send(message.into());
    }
}

fn request_id(id: Id) -> RequestId {
    match id {
        Id::Int(number) => RequestId::from(number),
        Id::String(name) => RequestId::from(name),
    }
}

fn capabilities(client: Client) -> ServerCapabilities {
    let sync = TextDocumentSyncOptions {
        open_close: Some(true),
        change: Some(TextDocumentSyncKind::Incremental),
        save: Some(Save::Bool(true)),
        ..TextDocumentSyncOptions::default()
    };
    let kinds = vec![CodeActionKind::QuickFix, CodeActionKind::Custom(actions::FIX_ALL.into())];
    let code_actions = CodeActionOptions { code_action_kinds: Some(kinds), ..CodeActionOptions::default() };
    let diagnostics = DiagnosticOptions { identifier: Some("batchlint".to_owned()), ..DiagnosticOptions::default() };
    let triggers = [":", " ", "\"", "'", "/"].map(str::to_owned).to_vec();
    ServerCapabilities {
        position_encoding: Some(client.encoding.kind()),
        text_document_sync: Some(TextDocumentSync::Options(sync)),
        diagnostic_provider: client.pulls.then_some(DiagnosticProvider::DiagnosticOptions(diagnostics)),
        code_action_provider: Some(CodeActionProvider::CodeActionOptions(code_actions)),
        hover_provider: Some(HoverProvider::Bool(true)),
        inlay_hint_provider: Some(InlayHintProvider::Bool(true)),
        document_symbol_provider: client.nests_symbols.then_some(DocumentSymbolProvider::Bool(true)),
        completion_provider: Some(CompletionOptions {
            trigger_characters: Some(triggers),
            ..CompletionOptions::default()
        }),
        ..ServerCapabilities::default()
    }
}
