//! The manifests below the folders that are open in the editor, be they open themselves or not: what checks over all files
//! and names across files need of them.

mod read;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde_json::Value;

use super::uris::path_of;
use crate::analysis::{Facts, Naming};
use crate::config::Config;
use crate::diagnostic::Late;
use crate::files::{has_manifest_name, is_found};
use crate::lint;
use crate::project::{Project, Scope};
pub(super) use read::{Known, Reading, known};

/// What is known of the files, by their names.
pub(super) struct Workspace {
    pub(super) folders: Vec<PathBuf>,
    names: BTreeMap<Arc<str>, Vec<Naming>>,
    project: Project,
    /// What holds for findings over all files, once they were read.
    config: Option<Arc<Config>>,
    /// What is found over all files, by file; nothing from a change on until it is asked for.
    late: Option<HashMap<Arc<str>, Vec<Late>>>,
    /// The same when it was asked for last, as far as it tells whether it is another.
    marks: HashMap<Arc<str>, u64>,
    /// The files in which something else was found over all files since somebody asked.
    moved: BTreeSet<Arc<str>>,
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
            late: None,
            marks: HashMap::new(),
            moved: BTreeSet::new(),
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

    /// Whether all of it was read.
    pub(super) fn is_read(&self) -> bool {
        self.config.is_some()
    }

    /// All files were read: from now on nothing is missing that is not there.
    pub(super) fn is_whole(&mut self, config: Arc<Config>) {
        self.config = Some(config);
        self.late = None;
    }

    /// Takes in what is known of a file.
    pub(super) fn put(&mut self, known: Known) {
        let Known { facts, names } = known;
        self.names.insert(Arc::clone(&facts.file), names);
        let is_same = match self.project.file(&facts.file) {
            Some(old) => is_same(old, &facts),
            None => facts.is_empty(),
        };
        if !is_same {
            self.late = None;
            self.project.add(facts);
        }
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
        self.late = None;
    }

    /// The names in every file, but for one.
    pub(super) fn names_but(&self, file: &str) -> impl Iterator<Item = (&Arc<str>, &Vec<Naming>)> {
        self.names.iter().filter(move |(name, _)| &***name != file)
    }

    /// All files.
    pub(super) fn files(&self) -> impl Iterator<Item = &Arc<str>> {
        self.names.keys()
    }

    /// What is found in a file over all of them; who asks knows it then.
    pub(super) fn late_in(&mut self, file: &str, config: &Arc<Config>) -> &[Late] {
        self.settle(config);
        self.moved.remove(file);
        self.late.as_ref().and_then(|late| late.get(file)).map_or(&[], Vec::as_slice)
    }

    /// Looks over all files, where all of them are known.
    pub(super) fn settle_whole(&mut self) {
        if let Some(config) = self.config.clone() {
            self.settle(&config);
        }
    }

    /// Looks over all files, if one has changed.
    fn settle(&mut self, config: &Arc<Config>) {
        if self.late.is_some() {
            return;
        }
        let (config, scope) = match &self.config {
            Some(config) => (config, Scope::Whole),
            None => (config, Scope::Part),
        };
        let mut late: HashMap<Arc<str>, Vec<Late>> = HashMap::new();
        for one in lint::over_all(&self.project, config, scope) {
            late.entry(Arc::clone(&one.at().file)).or_default().push(one);
        }
        let marks: HashMap<Arc<str>, u64> = late.iter().map(|(file, late)| (Arc::clone(file), mark(late))).collect();
        let files = marks.keys().chain(self.marks.keys());
        let moved: Vec<Arc<str>> =
            files.filter(|file| marks.get(*file) != self.marks.get(*file)).map(Arc::clone).collect();
        self.moved.extend(moved);
        (self.late, self.marks) = (Some(late), marks);
    }

    /// The files in which something else was found over all files since this was asked last.
    pub(super) fn moved(&mut self) -> BTreeSet<Arc<str>> {
        std::mem::take(&mut self.moved)
    }
}

/// Whether checks over all files see no difference.
fn is_same(old: &Facts, new: &Facts) -> bool {
    matches!((serde_json::to_vec(old), serde_json::to_vec(new)), (Ok(old), Ok(new)) if old == new)
}

fn mark(late: &[Late]) -> u64 {
    let mut hasher = DefaultHasher::new();
    for finding in late.iter().map(Late::finding) {
        (finding.rule, finding.span.start, finding.span.end, finding.message.as_str()).hash(&mut hasher);
        finding.suppressed.is_some().hash(&mut hasher);
    }
    hasher.finish()
}
