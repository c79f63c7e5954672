//! A baseline that somebody names.

use std::path::{Path, PathBuf};

use super::paths::{shown, whole};
use super::{Faults, place};
use crate::config::Baseline;
use crate::files::{self, Input, Size};
use crate::text::Source;

/// A file that is named.
pub(in crate::cli) struct Named {
    /// Where it is, from the root on.
    pub(in crate::cli) path: PathBuf,
    /// Where it is named, as it stands before what is wrong with it; empty for the command line.
    pub(in crate::cli) place: String,
}

impl Named {
    /// The baseline that it holds, and its text.
    pub(in crate::cli) fn read(&self, most: Size) -> Result<(Baseline, Source), Faults> {
        let source = files::read(&Input::Named(shown(&self.path)), most)
            .map_err(|error| vec![format!("{}{error}; --write-baseline writes a baseline", self.place)])?;
        let baseline = Baseline::read(source.text())
            .map_err(|faults| faults.iter().map(|fault| place(&source, fault)).collect::<Faults>())?;
        Ok((baseline, source))
    }

    /// The folder that its names of files start from.
    pub(in crate::cli) fn folder(&self) -> &Path {
        self.path.parent().unwrap_or(&self.path)
    }

    /// A file's name, from that folder on.
    pub(in crate::cli) fn name_of(&self, file: &str) -> String {
        let (file, folder) = (whole(Path::new(file)), self.folder());
        let common = folder.ancestors().find(|above| file.starts_with(above)).unwrap_or(Path::new(""));
        let up = folder.components().count() - common.components().count();
        let down = file.strip_prefix(common).unwrap_or(&file);
        let parts = down.components().map(|part| part.as_os_str().to_string_lossy());
        vec!["..".into(); up].into_iter().chain(parts).collect::<Vec<_>>().join("/")
    }

    /// Whether there is no such file any more.
    pub(in crate::cli) fn is_gone(&self, name: &str) -> bool {
        !self.folder().join(name).exists()
    }
}
