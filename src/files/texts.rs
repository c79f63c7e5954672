//! The files that kustomizations take, each read once.

#![expect(clippy::disallowed_methods, reason = "this is the floor that touches the disk")]

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use super::paths::from_here;
use super::{Input, Size, place_of, read};
use crate::hash::HashMap;
use crate::k8s::Mentions;
use crate::kustomize::build::{Files, Written};
use crate::text::Source;
use crate::yaml;

/// Texts by where they are, read and taken apart when somebody asks for them.
#[derive(Debug)]
pub struct Texts {
    most: Size,
    /// What files are called that somebody named or found.
    names: HashMap<PathBuf, String>,
    known: Mutex<HashMap<PathBuf, Text>>,
}

#[derive(Debug, Clone, Default)]
struct Text {
    source: Arc<OnceLock<Option<Source>>>,
    written: Arc<OnceLock<Option<Arc<Written>>>>,
}

impl Texts {
    /// Those that are reached from some files. Of each no more than `most` is read.
    #[must_use]
    pub fn around<'i>(inputs: impl IntoIterator<Item = &'i Input>, most: Size) -> Self {
        let names = inputs.into_iter().map(|input| (place_of(input.path()), input.name())).collect();
        Self { most, names, known: Mutex::default() }
    }

    /// Forgets what was read.
    pub fn forget(&self) {
        self.known.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }

    /// What a file is called.
    #[must_use]
    pub fn name(&self, place: &Path) -> String {
        self.names.get(place).cloned().unwrap_or_else(|| from_here(place).display().to_string())
    }

    /// Whether somebody named or found a file.
    #[must_use]
    pub fn are_given(&self, place: &Path) -> bool {
        self.names.contains_key(place)
    }

    /// Whether a file speaks of Jobs.
    #[must_use]
    pub(super) fn mention_jobs(&self, place: &Path) -> bool {
        self.source(place).is_some_and(|source| Mentions::of(source.text()).are_there())
    }

    fn text(&self, place: &Path) -> Text {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        known.entry(place.to_owned()).or_default().clone()
    }

    fn source(&self, place: &Path) -> Option<Source> {
        let text = self.text(place);
        let source = text.source.get_or_init(|| {
            let source = read(&Input::Found(place.to_owned()), self.most).ok()?;
            Some(Source::new(self.name(place), source.shared_text()))
        });
        source.clone()
    }
}

impl Files for Texts {
    fn read(&self, path: &str) -> Option<Arc<Written>> {
        let place = place_of(Path::new(path));
        let text = self.text(&place);
        let written = text.written.get_or_init(|| {
            let source = self.source(&place)?;
            let yaml = yaml::parse_shared(&source.shared_text());
            Some(Arc::new(Written { source, yaml }))
        });
        written.clone()
    }

    fn bytes(&self, path: &str) -> Option<Vec<u8>> {
        std::fs::read(path).ok()
    }

    fn is_folder(&self, path: &str) -> bool {
        Path::new(path).is_dir()
    }
}
