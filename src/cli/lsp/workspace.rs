//! The manifests below the folders that are open in the editor, be they open themselves or not: what checks over all files
//! and names across files need of them.

mod moved;
mod read;
mod together;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde_json::Value;

use super::uris::path_of;
use crate::analysis::{Naming, Offer};
use crate::config::Config;
use crate::diagnostic::{Condition, Finding, Late};
use crate::files::{has_manifest_name, is_found};
use crate::project::Project;
use crate::text::Source;
pub(super) use read::{Known, Reading, known};
use together::Open;
pub(super) use together::{Look, Together};

/// What is known of the files, by their names.
pub(super) struct Workspace {
    pub(super) folders: Vec<PathBuf>,
    names: BTreeMap<Arc<str>, Vec<Naming>>,
    project: Project,
    /// What holds for findings over all files, once they were read.
    config: Option<Arc<Config>>,
    /// The open texts that are known in place of their files.
    open: Open,
    /// What was found when all files were looked over last, and whether something has changed since, or somebody looks.
    together: Option<Together>,
    has_changed: bool,
    is_looking: bool,
}

/// The folders that a list of the editor's names.
fn folders(list: &Value) -> impl Iterator<Item = PathBuf> {
    list.as_array().into_iter().flatten().filter_map(|folder| path_of(folder.get("uri")?.as_str()?))
}

impl Workspace {
    /// That of an editor that says hello with these parameters.
    pub(super) fn of(params: &Value) -> Self {
        let root = || params.get("rootUri").and_then(|uri| path_of(uri.as_str()?));
        Self::new(match params.get("workspaceFolders").filter(|list| list.is_array()) {
            Some(list) => folders(list).collect(),
            None => root().into_iter().collect(),
        })
    }

    /// Takes in which folders were opened and closed.
    pub(super) fn change(&mut self, event: &Value) {
        let list = |key| event.get(key).unwrap_or(&Value::Null);
        let closed: Vec<PathBuf> = folders(list("removed")).collect();
        self.folders.retain(|folder| !closed.contains(folder));
        self.folders.extend(folders(list("added")));
    }

    fn new(folders: Vec<PathBuf>) -> Self {
        Self {
            folders,
            names: BTreeMap::new(),
            project: Project::new(),
            config: None,
            open: Open::default(),
            together: None,
            has_changed: false,
            is_looking: false,
        }
    }

    /// Forgets what was read; it is to be read again.
    pub(super) fn forget(&mut self) {
        *self = Self::new(std::mem::take(&mut self.folders));
    }

    /// Whether a file belongs to it.
    pub(super) fn has(&self, path: &Path) -> bool {
        has_manifest_name(path) && self.folders.iter().any(|folder| path.starts_with(folder))
    }

    /// Whether something is known of a file.
    pub(super) fn knows(&self, name: &str) -> bool {
        self.names.contains_key(name)
    }

    /// Whether a file is there, and is read with the others.
    pub(super) fn finds(&self, path: &Path) -> bool {
        let around = self.folders.iter().filter(|folder| path.starts_with(folder));
        around.into_iter().any(|folder| is_found(folder, path))
    }

    /// All files were read: from now on nothing is missing that is not there.
    pub(super) fn is_whole(&mut self, config: Arc<Config>) {
        self.config = Some(config);
        self.has_changed = true;
    }

    /// Whether what is found over all files is known as they are now.
    pub(super) fn is_settled(&self) -> bool {
        self.together.is_some() && !self.has_changed && !self.is_looking
    }

    /// What there is to look over, if something has changed and nobody looks.
    pub(super) fn look(&mut self) -> Option<Look> {
        let config = self.config.clone().filter(|_| self.has_changed && !self.is_looking)?;
        (self.has_changed, self.is_looking) = (false, true);
        Some(Look { project: self.project.clone(), config, open: self.open.clone() })
    }

    /// Takes in what was found, if somebody did not fail at it, and says in which files it is something else than before;
    /// nothing, where it may be all of them.
    pub(super) fn take_in(&mut self, found: Option<Together>) -> Option<BTreeSet<Arc<str>>> {
        self.is_looking = false;
        let Some(found) = found else { return Some(BTreeSet::new()) };
        let differs = self.together.as_ref().and_then(|before| found.differs(before));
        self.together = Some(found);
        differs
    }

    /// What is found in a text over all files, and those of its own findings that they confirm; and whether somebody is to
    /// look again. Nothing, as long as they were not looked over.
    pub(super) fn found(&self, source: &Source, conditional: &[(Condition, Late)]) -> Option<(Vec<Finding>, bool)> {
        self.together.as_ref().map(|together| together.found(source, conditional))
    }

    /// Takes in what is known of an open text, which stands for its file.
    pub(super) fn put_open(&mut self, known: Known, source: &Source) {
        self.open.insert(source.shared_name(), source.clone());
        let is_same = !self.put(known);
        if let Some(together) = self.together.as_mut().filter(|_| is_same && !self.has_changed && !self.is_looking) {
            together.is_as_good(source);
        }
    }

    /// Takes in what is known of a file, and says whether checks over all files see a difference.
    pub(super) fn put(&mut self, known: Known) -> bool {
        let Known { facts, names } = known;
        self.names.insert(Arc::clone(&facts.file), names);
        let is_same = match self.project.file(&facts.file) {
            Some(old) => *old == facts,
            None => facts.is_empty(),
        };
        if !is_same {
            self.has_changed = true;
            self.project.add(facts);
        }
        !is_same
    }

    /// Its file stands for a text again.
    pub(super) fn close(&mut self, name: &str) {
        self.open.remove(name);
    }

    /// Takes in what is known of a file of which nothing was known.
    pub(super) fn put_new(&mut self, known: Known) {
        if !self.knows(&known.facts.file) {
            self.put(known);
        }
    }

    /// Forgets a file that is no more.
    pub(super) fn remove(&mut self, name: &str) {
        self.project.remove(name);
        self.names.remove(name);
        self.has_changed = true;
    }

    /// The names in every file, but for one.
    pub(super) fn names_but(&self, file: &str) -> impl Iterator<Item = (&Arc<str>, &Vec<Naming>)> {
        self.names.iter().filter(move |(name, _)| &***name != file)
    }

    /// What the objects in every file offer, but for one.
    pub(super) fn offers_but(&self, file: &str) -> impl Iterator<Item = &Offer> {
        self.project.files().filter(move |facts| *facts.file != *file).flat_map(|facts| &facts.offers)
    }

    /// All files.
    pub(super) fn files(&self) -> impl Iterator<Item = &Arc<str>> {
        self.names.keys()
    }
}
