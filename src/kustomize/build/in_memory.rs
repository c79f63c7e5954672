//! Files that are nowhere but in memory.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Files, Written, joined};
use crate::text::Source;
use crate::yaml;

/// Texts, each under the path that people know it by; a path that does not begin with a slash is below the root.
#[derive(Debug)]
pub struct InMemory {
    /// By where they are, with a slash at the beginning.
    files: BTreeMap<String, Arc<Written>>,
}

impl InMemory {
    /// Of pairs of a path and a text.
    pub fn of<'t>(files: impl IntoIterator<Item = (&'t str, &'t str)>) -> Self {
        let written = |(path, text)| {
            let (source, yaml) = (Source::new(path, text), yaml::parse(text));
            (joined("", path), Arc::new(Written { source, yaml }))
        };
        Self { files: files.into_iter().map(written).collect() }
    }

    /// All of them, each with where it is, in the order of that.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Written)> {
        self.files.iter().map(|(place, file)| (place.as_str(), &**file))
    }
}

impl Files for InMemory {
    fn read(&self, path: &str) -> Option<Arc<Written>> {
        self.files.get(&joined("", path)).cloned()
    }

    fn bytes(&self, path: &str) -> Option<Vec<u8>> {
        Some(self.read(path)?.source.text().as_bytes().to_vec())
    }

    fn is_folder(&self, path: &str) -> bool {
        let folder = joined("", path);
        self.files.keys().any(|file| file.strip_prefix(&folder).is_some_and(|rest| rest.starts_with('/')))
    }
}
