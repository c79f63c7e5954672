//! Who asks for all that is found in the workspace: told of it part by part, and answered as soon as there is something
//! that was not known, which may be much later.

use std::collections::BTreeSet;
use std::sync::Arc;

use lsp_server::RequestId;
use serde::Serialize;
use serde_json::Value;
use serde_json::value::RawValue;

use super::{Server, text};
use crate::cli::bug;
use crate::cli::lsp::diagnostics::{self, Full};
use crate::cli::lsp::uris::{path_of, uri_of};
use crate::hash::HashMap;

/// Files that are checked before somebody else has a turn.
const BATCH: usize = 16;

/// What is asked, and what is known.
#[derive(Default)]
pub(super) struct Polls {
    open: Option<Poll>,
    /// By file, the mark of what was found in it last.
    results: HashMap<Arc<str>, String>,
}

struct Poll {
    id: RequestId,
    /// Where parts of the answer go.
    token: Option<Value>,
    /// By file, the mark of what the editor shows.
    shown: HashMap<Arc<str>, String>,
    /// What is to be looked at.
    pending: BTreeSet<Arc<str>>,
    items: Vec<Box<RawValue>>,
    has_news: bool,
}

/// What is found in a file that is not open.
#[derive(Serialize)]
struct OfFile<'f> {
    uri: String,
    version: Option<i32>,
    #[serde(flatten)]
    found: Full<'f>,
}

#[derive(Serialize)]
struct Items {
    items: Vec<Box<RawValue>>,
}

#[derive(Serialize)]
struct Progress {
    token: Value,
    value: Items,
}

impl Polls {
    /// Something else may be found in a file.
    pub(super) fn look_at(&mut self, name: Option<Arc<str>>) {
        let Some(name) = name else { return };
        self.results.remove(&name);
        if let Some(poll) = &mut self.open {
            poll.pending.insert(name);
        }
    }

    /// Something else may be found in all of them.
    pub(super) fn forget(&mut self) {
        let known: Vec<Arc<str>> = self.results.drain().map(|(name, _)| name).collect();
        if let Some(poll) = &mut self.open {
            poll.pending.extend(known);
        }
    }

    /// Whether it is this question that waits; it does no longer.
    pub(super) fn take_back(&mut self, id: &RequestId) -> bool {
        self.open.take_if(|poll| poll.id == *id).is_some()
    }
}

impl Server<'_> {
    /// Takes in the question; an earlier one has been given up.
    pub(super) fn poll(&mut self, id: RequestId, params: &Value) {
        self.end_polls();
        let shown = params.get("previousResultIds").and_then(Value::as_array).into_iter().flatten();
        let shown: HashMap<Arc<str>, String> = shown
            .filter_map(|one| {
                let path = path_of(one.get("uri")?.as_str()?)?;
                Some((path.to_string_lossy().into(), one.get("value")?.as_str()?.to_owned()))
            })
            .collect();
        let nothing = diagnostics::result(&[]);
        let results = &self.polls.results;
        let is_known = |name: &Arc<str>| {
            let shown = shown.get(name).unwrap_or(&nothing);
            results.get(name) == Some(shown)
        };
        let gone = shown.keys().filter(|name| shown[*name] != nothing);
        let files = self.texts.workspace.files().chain(gone);
        let pending = files.filter(|name| !is_known(name)).map(Arc::clone).collect();
        let token = params.get("partialResultToken").cloned();
        self.polls.open = Some(Poll { id, token, shown, pending, items: Vec::new(), has_news: false });
    }

    /// Looks at some files for who asked; says whether there were any.
    pub(super) fn go_on_telling(&mut self) -> bool {
        let Some(poll) = self.polls.open.as_mut().filter(|_| self.texts.workspace.is_settled()) else { return false };
        let mut names = Vec::new();
        while names.len() < BATCH
            && let Some(name) = poll.pending.pop_first()
        {
            names.push(name);
        }
        if names.is_empty() {
            let is_answered = poll.has_news;
            if is_answered {
                self.end_polls();
            }
            return is_answered;
        }
        let (texts, client) = (&mut self.texts, self.client);
        let found = bug::guard(|| {
            let found = texts.found(&names);
            found
                .into_iter()
                .map(|one| one.map(|(document, checked)| diagnostics::of(&document, &checked.report.findings, client)))
                .collect::<Vec<_>>()
        });
        let Some(found) = found else {
            self.tell_of_bug();
            return true;
        };
        for (name, items) in names.into_iter().zip(found) {
            // What is open is asked for by itself.
            if self.texts.of_file(&name).is_none() {
                self.report(name, items.unwrap_or_default());
            }
        }
        self.tell();
        true
    }

    fn report(&mut self, name: Arc<str>, items: Vec<lsp_types::Diagnostic>) {
        let result = diagnostics::result(&items);
        let Some(poll) = &mut self.polls.open else { return };
        let nothing = diagnostics::result(&[]);
        if poll.shown.get(&name).unwrap_or(&nothing) != &result {
            let report = OfFile { uri: uri_of(&name), version: None, found: Full::of(&result, &items) };
            poll.items.push(text(&report));
            poll.shown.insert(Arc::clone(&name), result.clone());
        }
        self.polls.results.insert(name, result);
    }

    /// Tells what there is to tell to who takes parts.
    fn tell(&mut self) {
        let Some(poll) = self.polls.open.as_mut().filter(|poll| !poll.items.is_empty()) else { return };
        poll.has_news = true;
        if let Some(token) = &poll.token {
            let value = Items { items: std::mem::take(&mut poll.items) };
            let progress = Progress { token: token.clone(), value };
            self.notify("$/progress", progress);
        }
    }

    /// Answers what was asked with what there is.
    pub(super) fn end_polls(&mut self) {
        if let Some(Poll { id, items, .. }) = self.polls.open.take() {
            self.voice.answer(&id, &text(&Items { items }));
        }
    }
}
