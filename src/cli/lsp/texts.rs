//! The texts that are open, and what was found in them as they are now.

use std::collections::HashMap;
use std::path::Path;

use lsp_types::{DidChangeTextDocumentParams, DidCloseTextDocumentParams, DidOpenTextDocumentParams, Uri};
use serde_json::Value;

use super::checked::Checked;
use super::client::Encoding;
use super::document::Document;
use super::uris::path_of;
use crate::analysis::Settings;
use crate::cli::configuration::{Arguments, Configurations, Faults};
use crate::cli::surroundings;
use crate::config::Layer;
use crate::files::{Patches, Size};
use crate::text::Source;

/// All texts that are open.
pub(super) struct Texts<'a> {
    arguments: &'a Arguments,
    encoding: Encoding,
    documents: HashMap<String, Document>,
    /// What was found in them; nothing, where they are left out.
    checked: HashMap<String, Option<Checked>>,
    /// What is wrong with the configurations of those that were checked.
    faults: Faults,
}

impl<'a> Texts<'a> {
    pub(super) fn new(arguments: &'a Arguments, encoding: Encoding) -> Self {
        Self { arguments, encoding, documents: HashMap::new(), checked: HashMap::new(), faults: Vec::new() }
    }

    /// Takes in a text, and says which it is.
    pub(super) fn open(&mut self, params: Value) -> Option<String> {
        let DidOpenTextDocumentParams { text_document: item } = serde_json::from_value(params).ok()?;
        let Uri(uri) = item.uri;
        let name = path_of(&uri).map_or_else(|| uri.clone(), |path| path.to_string_lossy().into_owned());
        let source = Source::new(name, item.text);
        let document = Document { uri: uri.as_str().into(), version: item.version, source };
        self.documents.insert(uri.clone(), document);
        self.checked.remove(&uri);
        Some(uri)
    }

    /// Takes in what was typed, and says where.
    pub(super) fn change(&mut self, params: Value) -> Option<String> {
        let DidChangeTextDocumentParams { text_document, content_changes } = serde_json::from_value(params).ok()?;
        let Uri(uri) = text_document.text_document_identifier.uri;
        self.documents.get_mut(&uri)?.change(text_document.version, content_changes, self.encoding);
        self.checked.remove(&uri);
        Some(uri)
    }

    /// Forgets a text, and says which it was.
    pub(super) fn close(&mut self, params: Value) -> Option<String> {
        let DidCloseTextDocumentParams { text_document } = serde_json::from_value(params).ok()?;
        let Uri(uri) = text_document.uri;
        self.documents.remove(&uri);
        self.checked.remove(&uri);
        Some(uri)
    }

    /// Forgets what was found.
    pub(super) fn forget(&mut self) {
        self.checked.clear();
    }

    /// All that are open.
    pub(super) fn uris(&self) -> impl Iterator<Item = String> {
        self.documents.keys().cloned()
    }

    /// The version of a text that is open.
    pub(super) fn version(&self, uri: &Uri) -> Option<i32> {
        self.documents.get(&uri.0).map(|document| document.version)
    }

    /// What is wrong with configurations, told once.
    pub(super) fn faults(&mut self) -> Faults {
        std::mem::take(&mut self.faults)
    }

    /// A text that is open and not left out, and what was found in it.
    pub(super) fn checked(&mut self, uri: &Uri) -> Option<(&Document, &Checked)> {
        let document = self.documents.get(&uri.0)?;
        if !self.checked.contains_key(&uri.0) {
            let checked = check(document, self.arguments).unwrap_or_else(|faults| {
                self.faults = faults;
                None
            });
            self.checked.insert(uri.0.clone(), checked);
        }
        let checked = self.checked.get(&uri.0)?.as_ref()?;
        Some((document, checked))
    }
}

/// Checks a text with the configuration as it is now.
fn check(document: &Document, arguments: &Arguments) -> Result<Option<Checked>, Faults> {
    let settings = Settings::at(surroundings::now());
    let mut configurations = Configurations::new(arguments, settings, Layer::default())?;
    let path = path_of(&document.uri);
    let config = match &path {
        Some(path) => configurations.of_wanted(path, false)?,
        None => Some(configurations.of(Path::new(""))?),
    };
    let Some(config) = config else { return Ok(None) };
    let role = path.as_deref().map(|path| Patches::around([path], Size::default()).role(path)).unwrap_or_default();
    let mut checked = Checked::new(document.source.clone().with_role(role), config);
    if let Some(baseline) = configurations.baseline(path.as_deref().unwrap_or(Path::new("")))? {
        checked.suppress(&baseline)?;
    }
    Ok(Some(checked))
}
