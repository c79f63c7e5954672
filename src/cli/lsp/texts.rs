//! The texts that are open, what was found in them as they are now, and the files around them.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use lsp_types::{DidChangeTextDocumentParams, DidCloseTextDocumentParams, DidOpenTextDocumentParams, Uri};
use serde_json::Value;

use super::charts::Charts;
use super::checked::Checked;
use super::client::Encoding;
use super::document::Document;
use super::uris::path_of;
use super::workspace::{Reading, Together, Workspace, known};
use crate::analysis::Settings;
use crate::cli::configuration::{Arguments, Configurations, Faults};
use crate::cli::surroundings;
use crate::config::{Config, Layer};
use crate::files::{self, Input, Patches, Size};
use crate::hash::HashMap;
use crate::lint::Memory;
use crate::text::Source;

/// All texts that are open.
pub(super) struct Texts<'a> {
    arguments: &'a Arguments,
    encoding: Encoding,
    /// What the editor is set to.
    pub(super) layer: Layer,
    documents: HashMap<String, Document>,
    /// What was found in them; nothing, where they are left out.
    checked: HashMap<String, Option<Checked>>,
    /// What was found in them before, document by document.
    memories: HashMap<String, Memory>,
    pub(super) workspace: Workspace,
    charts: Charts,
    /// Those in which something else may be found since another file of their chart changed.
    touched: BTreeSet<String>,
    /// What is wrong with the configurations of those that were checked.
    faults: Faults,
}

impl<'a> Texts<'a> {
    pub(super) fn new(arguments: &'a Arguments, encoding: Encoding, workspace: Workspace) -> Self {
        Self {
            arguments,
            encoding,
            layer: Layer::default(),
            documents: HashMap::default(),
            checked: HashMap::default(),
            memories: HashMap::default(),
            workspace,
            charts: Charts::default(),
            touched: BTreeSet::new(),
            faults: Vec::new(),
        }
    }

    /// Takes in a text, and says which it is.
    pub(super) fn open(&mut self, params: Value) -> Option<String> {
        let DidOpenTextDocumentParams { text_document: item } = serde_json::from_value(params).ok()?;
        let Uri(uri) = item.uri;
        let source = Source::new(name_of(&uri), item.text);
        let document = Document { uri: uri.as_str().into(), version: item.version, source };
        self.documents.insert(uri.clone(), document);
        self.touch(&uri);
        Some(uri)
    }

    /// Takes in what was typed, and says where.
    pub(super) fn change(&mut self, params: Value) -> Option<String> {
        let DidChangeTextDocumentParams { text_document, content_changes } = serde_json::from_value(params).ok()?;
        let Uri(uri) = text_document.text_document_identifier.uri;
        self.documents.get_mut(&uri)?.change(text_document.version, content_changes, self.encoding);
        self.touch(&uri);
        Some(uri)
    }

    /// Forgets a text, and says which it was: its file is what counts again.
    pub(super) fn close(&mut self, params: Value) -> Option<String> {
        let DidCloseTextDocumentParams { text_document } = serde_json::from_value(params).ok()?;
        let Uri(uri) = text_document.uri;
        self.documents.remove(&uri);
        self.memories.remove(&uri);
        self.workspace.close(&name_of(&uri));
        self.look_at(&uri);
        Some(uri)
    }

    /// Forgets what was found in a text, and in others of its chart.
    fn touch(&mut self, uri: &str) {
        self.checked.remove(uri);
        let Some(path) = path_of(uri) else { return };
        for other in self.charts.touch(&path, &self.documents) {
            self.checked.remove(&other);
            self.touched.insert(other);
        }
    }

    /// Looks at a file that may have changed, and says which one of the workspace it is.
    pub(super) fn look_at(&mut self, uri: &str) -> Option<Arc<str>> {
        self.touch(uri);
        let path = path_of(uri).filter(|path| self.workspace.has(path))?;
        let name: Arc<str> = path.to_string_lossy().into();
        if self.documents.values().any(|document| document.source.name() == &*name) {
            return None;
        }
        let config = || self.configurations().ok()?.of_wanted(&path, false).ok()?;
        let config = self.workspace.finds(&path).then(config).flatten();
        match config.and_then(|config| known(&Input::Found(path), &config)) {
            Some(known) => {
                self.workspace.put(known);
            }
            None => self.workspace.remove(&name),
        }
        Some(name)
    }

    /// Forgets what was found.
    pub(super) fn forget(&mut self) {
        self.checked.clear();
        self.charts.forget();
    }

    /// What there is to read of the workspace, if there is one.
    pub(super) fn reading(&mut self) -> Option<Reading> {
        self.workspace.forget();
        let folders = self.workspace.folders.clone();
        let (arguments, layer) = (self.arguments.clone(), self.layer.clone());
        (!folders.is_empty()).then_some(Reading { folders, arguments, layer })
    }

    /// The open texts in which something else may be found since another file of their chart changed, told once.
    pub(super) fn touched(&mut self) -> BTreeSet<String> {
        std::mem::take(&mut self.touched)
    }

    /// Takes in what was found over all files. Forgets what was found in the open texts where that is something else now,
    /// and tells them and the files that are not open apart.
    pub(super) fn take_in(&mut self, found: Option<Together>) -> (BTreeSet<String>, Vec<Arc<str>>) {
        let differs = self.workspace.take_in(found);
        let is_meant = |name: &str| differs.as_ref().is_none_or(|differs| differs.contains(name));
        let open = self.documents.iter().filter(|(_, document)| is_meant(document.source.name()));
        let open: BTreeSet<String> = open.map(|(uri, _)| uri.clone()).collect();
        self.checked.retain(|uri, checked| {
            !open.contains(uri) && !checked.as_ref().is_some_and(|checked| checked.is_provisional)
        });
        let all = || self.workspace.files().map(Arc::clone).collect();
        let files: Vec<Arc<str>> = differs.map_or_else(all, |differs| differs.into_iter().collect());
        let is_open = |name: &Arc<str>| open.iter().any(|uri| self.documents[uri].source.name() == &**name);
        let closed = files.into_iter().filter(|name| !is_open(name)).collect();
        (open, closed)
    }

    /// All that are open.
    pub(super) fn uris(&self) -> impl Iterator<Item = String> {
        self.documents.keys().cloned()
    }

    /// The open text of a file.
    pub(super) fn of_file(&self, name: &str) -> Option<&Document> {
        self.documents.values().find(|document| document.source.name() == name)
    }

    /// A text that is open.
    pub(super) fn document(&self, uri: &Uri) -> Option<&Document> {
        self.documents.get(&uri.0)
    }

    /// What is wrong with configurations, told once.
    pub(super) fn faults(&mut self) -> Faults {
        std::mem::take(&mut self.faults)
    }

    /// A text that is open and not left out, and what was found in it.
    pub(super) fn checked(&mut self, uri: &Uri) -> Option<(&Document, &Checked)> {
        let document = self.documents.get(&uri.0)?;
        if !self.checked.contains_key(&uri.0) {
            let configurations = self.configurations();
            let memory = self.memories.entry(uri.0.clone()).or_default();
            let checked = configurations.and_then(|all| check(document, all, &mut self.workspace, memory));
            let checked = checked.map(|checked| {
                let mut checked = checked?;
                if let Some(path) = path_of(&uri.0) {
                    self.charts.add_to(&mut checked, &path, &self.documents);
                }
                Some(checked)
            });
            let checked = checked.unwrap_or_else(|faults| {
                self.faults = faults;
                None
            });
            self.checked.insert(uri.0.clone(), checked);
        }
        let checked = self.checked.get(&uri.0)?.as_ref()?;
        Some((document, checked))
    }

    /// A text that is open and not left out, and what holds for it: less than what was found in it, and known at once.
    pub(super) fn configured(&self, uri: &Uri) -> Option<(Source, Arc<Config>)> {
        let document = self.documents.get(&uri.0)?;
        let config = match self.checked.get(&uri.0) {
            Some(checked) => Arc::clone(&checked.as_ref()?.config),
            None => config_of(&document.uri, &mut self.configurations().ok()?).ok()??,
        };
        Some((document.source.clone(), config))
    }

    /// What is found in files of the workspace that are not open; nothing in those that are, or are left out.
    pub(super) fn found(&mut self, names: &[Arc<str>]) -> Vec<Option<(Document, Checked)>> {
        let Ok(mut configurations) = self.configurations() else { return Vec::new() };
        let mut found = Vec::with_capacity(names.len());
        for name in names {
            found.push(self.found_in(name, &mut configurations));
        }
        found
    }

    fn found_in(&mut self, name: &Arc<str>, configurations: &mut Configurations<'_>) -> Option<(Document, Checked)> {
        if self.of_file(name).is_some() || !self.workspace.knows(name) {
            return None;
        }
        let path = Path::new(&**name);
        let config = configurations.of_wanted(path, false).ok().flatten()?;
        let source = files::read(&Input::Found(path.to_owned()), Size::default()).ok()?;
        let mut checked = Checked::among(source.clone(), config, &mut self.workspace, None);
        self.charts.add_to(&mut checked, path, &self.documents);
        if let Some(baseline) = configurations.baseline(path).ok().flatten() {
            checked.suppress(&baseline).ok()?;
        }
        let uri = super::uris::uri_of(name);
        Some((Document { uri: uri.into(), version: 0, source }, checked))
    }

    fn configurations(&self) -> Result<Configurations<'a>, Faults> {
        Configurations::new(self.arguments, Settings::at(surroundings::this_hour()), self.layer.clone())
    }
}

fn name_of(uri: &str) -> String {
    path_of(uri).map_or_else(|| uri.to_owned(), |path| path.to_string_lossy().into_owned())
}

/// What holds for a text, unless it is left out.
fn config_of(uri: &str, configurations: &mut Configurations<'_>) -> Result<Option<Arc<Config>>, Faults> {
    match path_of(uri) {
        Some(path) => configurations.of_wanted(&path, false),
        None => configurations.of(Path::new("")).map(Some),
    }
}

/// Checks a text with the configuration as it is now.
fn check(
    document: &Document,
    mut configurations: Configurations<'_>,
    workspace: &mut Workspace,
    memory: &mut Memory,
) -> Result<Option<Checked>, Faults> {
    let path = path_of(&document.uri);
    let Some(config) = config_of(&document.uri, &mut configurations)? else { return Ok(None) };
    let role = path.as_deref().map(|path| Patches::around([path], Size::default()).role(path)).unwrap_or_default();
    let source = document.source.clone().with_role(role);
    let mut checked = match path.as_ref().is_some_and(|path| workspace.has(path)) {
        true => Checked::among(source, config, workspace, Some(memory)),
        false => Checked::alone(source, config, memory),
    };
    if let Some(baseline) = configurations.baseline(path.as_deref().unwrap_or(Path::new("")))? {
        checked.suppress(&baseline)?;
    }
    Ok(Some(checked))
}
