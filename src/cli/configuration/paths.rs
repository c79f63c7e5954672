//! Paths as configurations compare them, and as people know them.

use std::path::{Path, PathBuf};

pub(in crate::cli) use crate::files::{normal, whole};

/// A file in a folder, or the path of a file itself.
pub(super) fn within(path: &Path) -> PathBuf {
    if path.as_os_str().is_empty() || path.is_dir() { path.join("manifest.yaml") } else { path.to_owned() }
}

/// The path as people know it: from here, where it lies below.
pub(in crate::cli) fn shown(path: &Path) -> PathBuf {
    match path.strip_prefix(whole(Path::new(""))) {
        Ok(below) if below.as_os_str().is_empty() => PathBuf::from("."),
        Ok(below) => below.to_owned(),
        Err(_) => path.to_owned(),
    }
}
