//! The conversation with an editor. One thread answers in the order of the questions; what is typed meanwhile is taken in
//! before anything is looked at, and a question that is taken back is not answered twice. The files of the workspace are
//! read beside it.

mod answers;
mod following;
mod polls;

use std::collections::{BTreeSet, VecDeque};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender};

use lsp_server::{ErrorCode, Message, Notification, Request, RequestId};
use lsp_types::{CancelParams, Id, MessageType, PublishDiagnosticsParams, ServerInfo, ShowMessageParams, Uri};
use serde::Serialize;
use serde_json::value::{RawValue, to_raw_value};
use serde_json::{Value, json};

use super::client::Client;
use super::texts::Texts;
use super::uris::path_of;
use super::wire::Voice;
use super::wishes::Wishes;
use super::workspace::{Known, Together, Workspace};
use super::{capabilities, diagnostics};
use crate::cli::bug;
use crate::cli::configuration::{Arguments, Faults};
use crate::config::Config;
use polls::Polls;

/// The server, as long as one editor talks to it.
pub(super) struct Server<'c> {
    voice: Voice,
    client: Client,
    wishes: Wishes,
    texts: Texts<'c>,
    /// What the editor says, and what was read beside.
    heard: Receiver<Heard>,
    teller: Sender<Heard>,
    /// What is waiting for its turn.
    queue: VecDeque<Message>,
    /// Texts whose diagnostics are to be sent.
    stale: BTreeSet<String>,
    /// Who asked for all that is found in the workspace.
    polls: Polls,
    /// How often the workspace was read: what an earlier reading tells is old.
    reading: usize,
    /// How often the editor was asked for something, and when for its settings.
    asked: i32,
    asked_for_settings: Option<RequestId>,
    /// What was said last of a configuration that cannot be read.
    said: Faults,
    /// Whether the editor has announced its end, and whether it is gone.
    is_over: bool,
    is_gone: bool,
}

/// Why there is no answer.
type Refusal = (ErrorCode, String);

/// What there is to hear.
pub(super) enum Heard {
    Said(Message),
    /// Some files of the workspace, by the number of the reading.
    Read(usize, Vec<Known>),
    /// That these were all of them, and what holds for them together.
    All(usize, Result<Arc<Config>, Faults>),
    /// What was found over them, unless that failed.
    Together(usize, Option<Box<Together>>),
    Gone,
}

impl<'c> Server<'c> {
    /// Agrees with the editor on what each can do; `None` where it goes before that.
    pub(super) fn start(
        voice: Voice,
        (teller, heard): (Sender<Heard>, Receiver<Heard>),
        arguments: &'c Arguments,
    ) -> Option<Self> {
        let (id, params) = greeting(&voice, &heard)?;
        // One that says nothing that is understood is offered the least.
        let client = Client::of(params.get("capabilities").unwrap_or(&Value::Null));
        let version = Some(env!("CARGO_PKG_VERSION").to_owned());
        let info = ServerInfo { name: "batchlint".to_owned(), version };
        let workspace = Workspace::of(&params);
        let has_workspace = !workspace.folders.is_empty();
        let mut server = Self {
            voice,
            client,
            wishes: Wishes::default(),
            texts: Texts::new(arguments, client.encoding, workspace),
            heard,
            teller,
            queue: VecDeque::new(),
            stale: BTreeSet::new(),
            polls: Polls::default(),
            reading: 0,
            asked: 0,
            asked_for_settings: None,
            said: Vec::new(),
            is_over: false,
            is_gone: false,
        };
        server.set(params.get("initializationOptions").unwrap_or(&Value::Null));
        let capabilities = capabilities::of(client, &server.wishes, has_workspace);
        server.voice.answer(&id, &text(&json!({"capabilities": capabilities, "serverInfo": info})));
        Some(server)
    }

    /// Answers until the editor is gone, and says whether it had announced that.
    pub(super) fn serve(mut self) -> bool {
        loop {
            while let Ok(heard) = self.heard.try_recv() {
                self.hear(heard);
            }
            match self.queue.pop_front() {
                Some(Message::Request(request)) => self.answer(request),
                Some(Message::Notification(Notification { method, .. })) if method == "exit" => return self.is_over,
                Some(Message::Notification(notification)) => self.take_note(notification),
                Some(Message::Response(response)) => self.take_answer(response),
                None if self.is_gone => return self.is_over,
                None if self.work() => {}
                None => match self.heard.recv() {
                    Ok(heard) => self.hear(heard),
                    Err(_) => return self.is_over,
                },
            }
        }
    }

    /// Does some of what can wait; says whether there was any.
    fn work(&mut self) -> bool {
        if let Some(uri) = self.stale.pop_first() {
            self.publish(uri);
            return true;
        }
        let touched = self.texts.touched();
        if !touched.is_empty() {
            self.spread(touched);
            return true;
        }
        self.look_over_all();
        self.go_on_telling()
    }

    /// Takes in what has come, and answers what is taken back.
    fn hear(&mut self, heard: Heard) {
        match heard {
            Heard::Said(Message::Notification(Notification { method, params })) if method == "$/cancelRequest" => {
                if let Ok(CancelParams { id }) = serde_json::from_value(params) {
                    self.take_back(&request_id(id));
                }
            }
            Heard::Said(message) => self.queue.push_back(message),
            Heard::Read(reading, known) if reading == self.reading => self.take_in(known),
            Heard::All(reading, config) if reading == self.reading => self.take_in_all(config),
            Heard::Together(reading, found) if reading == self.reading => self.take_in_together(found),
            Heard::Read(..) | Heard::All(..) | Heard::Together(..) => {}
            Heard::Gone => self.is_gone = true,
        }
    }

    fn take_back(&mut self, id: &RequestId) {
        let is_it = |message: &Message| matches!(message, Message::Request(request) if request.id == *id);
        let count = self.queue.len();
        self.queue.retain(|message| !is_it(message));
        if self.queue.len() < count || self.polls.take_back(id) {
            self.voice.refuse(id, ErrorCode::RequestCanceled, "taken back");
        }
    }

    fn answer(&mut self, request: Request) {
        let Request { id, method, params } = request;
        if method == "workspace/diagnostic" && !self.is_over {
            self.poll(id, &params);
            return;
        }
        let answered = bug::guard(|| self.result(&method, params)).unwrap_or_else(|| {
            self.tell_of_bug();
            Err((ErrorCode::InternalError, "a bug in batchlint".to_owned()))
        });
        match answered {
            Ok(result) => self.voice.answer(&id, &result),
            Err((code, why)) => self.voice.refuse(&id, code, &why),
        }
        self.complain();
    }

    fn take_note(&mut self, notification: Notification) {
        let Notification { method, params } = notification;
        let noted = bug::guard(|| match method.as_str() {
            "initialized" => self.begin(),
            "textDocument/didOpen" => self.texts.open(params).into_iter().for_each(|uri| self.has_changed(uri)),
            "textDocument/didChange" => self.texts.change(params).into_iter().for_each(|uri| self.has_changed(uri)),
            "textDocument/didClose" => self.texts.close(params).into_iter().for_each(|uri| self.has_gone(uri)),
            "textDocument/didSave" => self.look_again(),
            "workspace/didChangeConfiguration" => self.follow_settings(&params),
            "workspace/didChangeWatchedFiles" => self.follow_files(&params),
            "workspace/didChangeWorkspaceFolders" => self.follow_folders(&params),
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
        self.polls.look_at(path_of(&uri).map(|path| path.to_string_lossy().into()));
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
        if self.client.renews_lenses {
            self.ask("workspace/codeLens/refresh", Value::Null);
        }
        if self.client.renews_hints {
            self.ask("workspace/inlayHint/refresh", Value::Null);
        }
    }

    /// Sends what was found in a text that changed.
    fn publish(&mut self, uri: String) {
        let (texts, client, uri) = (&mut self.texts, self.client, Uri(uri));
        let Some(version) = texts.document(&uri).map(|document| document.version) else { return };
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
            self.show(MessageType::Error, faults.join("\n"));
            self.said = faults;
        }
    }

    fn tell_of_bug(&self) {
        let message = "batchlint met a bug of its own; please report it with the text, if you may share it".to_owned();
        self.show(MessageType::Error, message);
    }

    fn show(&self, kind: MessageType, message: String) {
        self.notify("window/showMessage", ShowMessageParams { kind, message });
    }

    /// Asks the editor for something, and says by which name it will answer.
    fn ask(&mut self, method: &str, params: Value) -> RequestId {
        self.asked += 1;
        let id = RequestId::from(self.asked);
        self.voice.ask(&id, method, &params);
        id
    }

    fn notify(&self, method: &str, params: impl Serialize) {
        self.voice.notify(method, params);
    }
}

/// The question with which an editor begins; what it asks before is not answered.
fn greeting(voice: &Voice, heard: &Receiver<Heard>) -> Option<(RequestId, Value)> {
    loop {
        match heard.recv().ok()? {
            Heard::Said(Message::Request(Request { id, method, params })) if method == "initialize" => {
                return Some((id, params));
            }
            Heard::Said(Message::Request(Request { id, method, .. })) => {
                let why = format!("`initialize` comes before {method}");
                voice.refuse(&id, ErrorCode::ServerNotInitialized, &why);
            }
            Heard::Said(Message::Notification(Notification { method, .. })) if method == "exit" => return None,
            Heard::Gone => return None,
            _ => {}
        }
    }
}

/// An answer as it is sent.
fn text(answer: &impl Serialize) -> Box<RawValue> {
    to_raw_value(answer).expect("what is answered has texts for keys")
}

fn request_id(id: Id) -> RequestId {
    match id {
        Id::Int(number) => RequestId::from(number),
        Id::String(name) => RequestId::from(name),
    }
}
