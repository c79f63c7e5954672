//! What the server follows: the settings of the editor, configurations, and the files of the workspace.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::thread;

use lsp_server::Response;
use lsp_types::MessageType;
use serde_json::{Value, json};

use super::{Heard, Server};
use crate::cli::bug;
use crate::cli::configuration::Faults;
use crate::cli::lsp::uris::path_of;
use crate::cli::lsp::workspace::{Known, Together};
use crate::config::Config;

/// What the settings are called in the editor.
const SECTION: &str = "batchlint";

impl Server<'_> {
    /// Asks to be told of what changes, and reads the workspace.
    pub(super) fn begin(&mut self) {
        let mut registrations = Vec::new();
        if self.client.watches {
            let patterns = ["**/{batchlint,.batchlint}.toml", "**/Kustomization", "**/*.{yaml,yml,json,tpl}"];
            let globs: Vec<Value> = patterns.iter().map(|pattern| json!({"globPattern": pattern})).collect();
            registrations.push(json!({
                "id": "files",
                "method": "workspace/didChangeWatchedFiles",
                "registerOptions": {"watchers": globs},
            }));
        }
        if self.client.registers_settings {
            registrations.push(json!({
                "id": "settings",
                "method": "workspace/didChangeConfiguration",
                "registerOptions": {"section": SECTION},
            }));
        }
        if !registrations.is_empty() {
            self.ask("client/registerCapability", json!({"registrations": registrations}));
        }
        match self.client.has_settings {
            true => self.ask_for_settings(),
            false => self.read_workspace(),
        }
    }

    fn ask_for_settings(&mut self) {
        self.asked_for_settings = Some(self.ask("workspace/configuration", json!({"items": [{"section": SECTION}]})));
    }

    /// Takes in the settings, if they were asked for; else what is answered makes no difference.
    pub(super) fn take_answer(&mut self, response: Response) {
        let Response { id, response_result } = response;
        if self.asked_for_settings.as_ref() == Some(&id) {
            self.asked_for_settings = None;
            let settings = response_result.ok().and_then(|all| all.get(0).cloned()).unwrap_or_default();
            if self.set(&settings) {
                self.said.clear();
                self.look_again();
            }
            self.read_workspace();
        }
    }

    /// Takes in settings, and says whether there were any.
    pub(super) fn set(&mut self, settings: &Value) -> bool {
        let faults = self.wishes.take(settings);
        if !faults.is_empty() {
            self.show(MessageType::Error, faults.join("\n"));
        }
        self.texts.layer = self.wishes.layer.clone();
        settings.as_object().is_some_and(|settings| !settings.is_empty())
    }

    pub(super) fn follow_settings(&mut self, params: &Value) {
        self.said.clear();
        if self.client.has_settings {
            self.ask_for_settings();
            return;
        }
        let settings = params.get("settings").unwrap_or(&Value::Null);
        self.set(settings.get(SECTION).unwrap_or(settings));
        self.look_again();
        self.read_workspace();
    }

    /// Files of the workspace, and what is obeyed: a change of anything else means that all is to be looked at again.
    pub(super) fn follow_files(&mut self, params: &Value) {
        let changes = params.get("changes").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
        let uris: Vec<&str> = changes.iter().filter_map(|change| change.get("uri")?.as_str()).collect();
        let is_file = |uri: &&str| path_of(uri).is_some_and(|path| self.texts.workspace.has(&path));
        if !uris.is_empty() && uris.iter().all(is_file) {
            for uri in uris {
                let name = self.texts.look_at(uri);
                self.polls.look_at(name);
            }
            return;
        }
        self.said.clear();
        self.look_again();
        self.read_workspace();
    }

    pub(super) fn follow_folders(&mut self, params: &Value) {
        self.texts.workspace.change(params.get("event").unwrap_or(&Value::Null));
        self.look_again();
        self.read_workspace();
    }

    /// Reads the files of the workspace beside the conversation.
    fn read_workspace(&mut self) {
        self.reading += 1;
        self.polls.forget();
        let Some(reading) = self.texts.reading() else { return };
        let (number, teller) = (self.reading, self.teller.clone());
        thread::spawn(move || {
            let tell = |known| teller.send(Heard::Read(number, known)).is_ok();
            let config = bug::guard(|| reading.read(tell)).unwrap_or_else(|| Err(Faults::new()));
            teller.send(Heard::All(number, config))
        });
    }

    pub(super) fn take_in(&mut self, known: Vec<Known>) {
        for known in known {
            self.polls.look_at(Some(Arc::clone(&known.facts.file)));
            self.texts.workspace.put_new(known);
        }
    }

    pub(super) fn take_in_all(&mut self, config: Result<Arc<Config>, Faults>) {
        match config {
            Ok(config) => self.texts.workspace.is_whole(config),
            Err(faults) => self.show(MessageType::Error, faults.join("\n")),
        }
    }

    /// Looks over all files beside the conversation, if one has changed.
    pub(super) fn look_over_all(&mut self) {
        let Some(look) = self.texts.workspace.look() else { return };
        let (number, teller) = (self.reading, self.teller.clone());
        thread::spawn(move || teller.send(Heard::Together(number, bug::guard(|| Box::new(look.over())))));
    }

    /// Lets those see it in whose files something else is found now over all files.
    pub(super) fn take_in_together(&mut self, found: Option<Box<Together>>) {
        if found.is_none() {
            self.tell_of_bug();
        }
        let (open, closed) = self.texts.take_in(found.map(|found| *found));
        closed.into_iter().for_each(|name| self.polls.look_at(Some(name)));
        self.spread(open);
    }

    /// Lets those see it in whose open texts something else is found now.
    pub(super) fn spread(&mut self, open: BTreeSet<String>) {
        if open.is_empty() {
            return;
        }
        match self.client.pulls {
            true => {
                self.ask("workspace/diagnostic/refresh", Value::Null);
            }
            false => self.stale.extend(open),
        }
    }
}
