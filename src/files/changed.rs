//! What changed since a revision, below the paths that a user names.

use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::git::{Change, Repository};
use super::{has_manifest_name, name, place_of, plain};
use crate::hash::{HashMap, HashSet};
use crate::sort;
use crate::text::Source;

/// The files that changed, and where it is told what they were.
#[derive(Debug, Default)]
pub struct Changes {
    /// By file, what it held, as the repository knows it; nothing of one that is new.
    files: HashMap<PathBuf, Option<(Arc<Repository>, String)>>,
    /// Their names, which tell most other files from them at once.
    names: HashSet<OsString>,
    /// The folders around them.
    folders: HashSet<PathBuf>,
    /// Whether links may lead to them from elsewhere.
    may_be_linked: bool,
    /// The files that are no more, in order.
    gone: BTreeMap<PathBuf, (Arc<Repository>, String)>,
}

/// What repositories are asked for, each by where it begins.
type Asked<'c, T> = BTreeMap<&'c Path, (&'c Repository, Vec<T>)>;

/// What a file that changed held before.
#[derive(Debug, Clone)]
pub enum Before {
    /// Nothing: it is new, or is no text that could be compared.
    Nothing,
    /// This text, under whatever name.
    Text(Source),
}

/// What changed since a revision in the repositories that the paths are in: all that the work tree has otherwise than
/// the newest commit that HEAD and the revision have in common, whether it is committed or not.
///
/// # Errors
/// When a path is in no repository, or git does not know what changed: why, in a sentence.
pub fn changes(paths: &[PathBuf], revision: &str) -> Result<Arc<Changes>, String> {
    let mut repositories = BTreeMap::new();
    for (path, place) in paths.iter().map(|path| (path, place_of(path))) {
        let folder = if place.is_dir() { &place } else { place.parent().unwrap_or(&place) };
        let repository = Repository::around(folder)
            .ok_or_else(|| format!("{}: in no git repository, so that nobody knows what changed", name(path)))?;
        repositories.entry(repository.root.clone()).or_insert(repository);
    }
    let mut changes = Changes::default();
    for repository in repositories.into_values().map(Arc::new) {
        repository.changes(revision)?.into_iter().for_each(|change| changes.add(&repository, change));
        changes.may_be_linked |= repository.may_have_links();
    }
    Ok(Arc::new(changes))
}

impl Changes {
    fn add(&mut self, repository: &Arc<Repository>, Change { file, before, is_there }: Change) {
        if !is_there {
            let before = before.filter(|_| has_manifest_name(&file));
            self.gone.extend(before.map(|object| (file, (Arc::clone(repository), object))));
            return;
        }
        let folders = file.ancestors().skip(1).take_while(|folder| !self.folders.contains(*folder));
        let folders: Vec<PathBuf> = folders.map(Path::to_owned).collect();
        self.folders.extend(folders);
        self.names.extend(file.file_name().map(OsStr::to_owned));
        // Of a file that is being merged, git may speak twice.
        match before {
            Some(object) => drop(self.files.insert(file, Some((Arc::clone(repository), object)))),
            None => drop(self.files.entry(file).or_default()),
        }
    }

    /// Whether nothing did.
    pub(super) fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// Whether a file of that name may have changed.
    pub(super) fn may_have(&self, name: &OsStr) -> bool {
        self.names.contains(name)
    }

    /// Whether a folder may lead to a file that changed: by a link, any folder may.
    pub(super) fn may_stand_below(&self, folder: &Path) -> bool {
        self.may_be_linked || self.folders.contains(folder)
    }

    /// Whether something changed there: in a file, or in a folder.
    pub(super) fn concern(&self, place: &Path) -> bool {
        self.files.contains_key(place) || self.folders.contains(place)
    }

    /// Whether a file changed, or by a link another one stands under its name now.
    pub(super) fn have(&self, file: &Path) -> bool {
        let own = || Some(place_of(file.parent()?).join(file.file_name()?));
        self.files.contains_key(&place_of(file)) || own().is_some_and(|own| self.files.contains_key(&own))
    }

    /// The manifests that changed and are still there, wherever they are.
    #[must_use]
    pub fn manifests(&self) -> Vec<PathBuf> {
        let mut all: Vec<PathBuf> = self.files.keys().filter(|file| has_manifest_name(file)).cloned().collect();
        sort::ascending(&mut all);
        all
    }

    /// The manifests below some paths that are no more, with what they held, named as if they still were there.
    ///
    /// # Errors
    /// When git does not know: why, in a sentence.
    pub fn gone(&self, paths: &[PathBuf]) -> Result<Vec<(PathBuf, Source)>, String> {
        let places: Vec<(&PathBuf, PathBuf)> = paths.iter().map(|path| (path, place_of(path))).collect();
        let named = |file: &Path| {
            let below = |(path, place): &(&PathBuf, PathBuf)| Some(plain(&path.join(file.strip_prefix(place).ok()?)));
            places.iter().find_map(below)
        };
        let mut asked: Asked<'_, (PathBuf, &str)> = BTreeMap::new();
        for (file, (repository, object)) in &self.gone {
            let (_, asked) = asked.entry(&repository.root).or_insert_with(|| (repository, Vec::new()));
            asked.extend(named(file).map(|path| (path, object.as_str())));
        }
        let mut gone = Vec::new();
        for (repository, asked) in asked.into_values() {
            let objects: Vec<&str> = asked.iter().map(|(_, object)| *object).collect();
            for ((path, _), bytes) in asked.into_iter().zip(repository.contents(&objects)?) {
                gone.extend(Source::decode(name(&path), bytes).ok().map(|source| (path, source)));
            }
        }
        Ok(gone)
    }

    /// What each of some files held, of those that changed.
    ///
    /// # Errors
    /// When git does not know: why, in a sentence.
    pub fn before(&self, files: &[&Path]) -> Result<Vec<Option<Before>>, String> {
        let mut all: Vec<_> = files.iter().map(|file| self.have(file).then_some(Before::Nothing)).collect();
        let mut asked: Asked<'_, (&str, &mut Option<Before>)> = BTreeMap::new();
        for (file, before) in files.iter().zip(&mut all) {
            if let Some(Some((repository, object))) = self.files.get(&place_of(file)) {
                let (_, asked) = asked.entry(&repository.root).or_insert_with(|| (repository, Vec::new()));
                asked.push((object, before));
            }
        }
        for (repository, asked) in asked.into_values() {
            let objects: Vec<&str> = asked.iter().map(|(object, _)| *object).collect();
            for ((object, before), bytes) in asked.into_iter().zip(repository.contents(&objects)?) {
                *before = Source::decode(object, bytes).ok().map(Before::Text).or(before.take());
            }
        }
        Ok(all)
    }
}
