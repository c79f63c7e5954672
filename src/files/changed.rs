//! What changed since a revision, below the paths that a user names.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::git::{Change, Repository};
use super::{has_manifest_name, name, place_of};
use crate::text::Source;

/// The files that changed, and what they were.
#[derive(Debug, Default)]
pub struct Changes {
    files: HashMap<PathBuf, Before>,
    /// The folders around them.
    folders: HashSet<PathBuf>,
}

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
/// Of all that changed, files are wanted that are manifests by their name, that are named, and that `includes` takes.
///
/// # Errors
/// When a path is in no repository, or git does not know what changed: why, in a sentence.
pub fn changes(
    paths: &[PathBuf],
    revision: &str,
    includes: &mut dyn FnMut(&Path) -> bool,
) -> Result<Arc<Changes>, String> {
    let named: HashSet<PathBuf> = paths.iter().map(|path| place_of(path)).collect();
    let mut repositories = BTreeSet::new();
    for (path, place) in paths.iter().map(|path| (path, place_of(path))) {
        let folder = if place.is_dir() { &place } else { place.parent().unwrap_or(&place) };
        let repository = Repository::around(folder)
            .ok_or_else(|| format!("{}: in no git repository, so that nobody knows what changed", name(path)))?;
        repositories.insert(repository);
    }
    let mut is_wanted = |file: &Path| has_manifest_name(file) || named.contains(file) || includes(file);
    let mut changes = Changes::default();
    for repository in repositories {
        let base = repository.base(revision)?;
        repository.changes(&base, &mut is_wanted)?.into_iter().for_each(|change| changes.add(change));
    }
    Ok(Arc::new(changes))
}

impl Changes {
    fn add(&mut self, Change { file, before }: Change) {
        let text = before.and_then(|bytes| Source::decode(name(&file), bytes).ok());
        let folders = file.ancestors().skip(1).take_while(|folder| !self.folders.contains(*folder));
        let folders: Vec<PathBuf> = folders.map(Path::to_owned).collect();
        self.folders.extend(folders);
        // Of a file that is being merged, git may speak twice.
        match text {
            Some(text) => drop(self.files.insert(file, Before::Text(text))),
            None => drop(self.files.entry(file).or_insert(Before::Nothing)),
        }
    }

    /// Whether something changed there: in a file, or in a folder.
    pub(super) fn concern(&self, place: &Path) -> bool {
        self.files.contains_key(place) || self.folders.contains(place)
    }

    /// What a file held that changed; nothing where another file stands under its name now, by a link.
    #[must_use]
    pub fn before(&self, file: &Path) -> Option<Before> {
        let own = || Some(place_of(file.parent()?).join(file.file_name()?));
        let is_another = || own().is_some_and(|own| self.files.contains_key(&own));
        self.files.get(&place_of(file)).cloned().or_else(|| is_another().then_some(Before::Nothing))
    }
}
