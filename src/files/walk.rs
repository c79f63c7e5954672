//! Walking a folder as git sees it.

use std::path::Path;

use ignore::{DirEntry, WalkBuilder};

use super::{Error, Input, plain};

/// Adds the manifests below the folder, sorted by name, and every folder that could not be read.
pub(super) fn walk(root: &Path, found: &mut Vec<Result<Input, Error>>) {
    let entries = WalkBuilder::new(root)
        // A `.gitignore` means what it says outside a repository too: in an unpacked archive, a container.
        .require_git(false)
        .ignore(false)
        .filter_entry(|entry| entry.depth() == 0 || entry.file_name() != "node_modules")
        .sort_by_file_name(|left, right| left.cmp(right))
        .build();
    for entry in entries {
        match entry {
            Ok(entry) if is_manifest(&entry) => found.push(Ok(Input::File(plain(entry.path())))),
            Ok(_) => {}
            Err(error) => found.push(Err(described(root, &error))),
        }
    }
}

/// A file, or a link to one (mounted ConfigMaps are links), of a manifest's name.
fn is_manifest(entry: &DirEntry) -> bool {
    let Some(kind) = entry.file_type() else { return false };
    let extension = entry.path().extension().and_then(|extension| extension.to_str());
    let named = extension
        .is_some_and(|extension| ["yaml", "yml", "json"].iter().any(|known| known.eq_ignore_ascii_case(extension)));
    named && (kind.is_file() || kind.is_symlink() && !entry.path().is_dir())
}

fn described(root: &Path, error: &ignore::Error) -> Error {
    let path = path_of(error).unwrap_or(root);
    match error.io_error() {
        Some(io) => Error::io(path, io),
        None => Error::new(path, error.to_string()),
    }
}

fn path_of(error: &ignore::Error) -> Option<&Path> {
    match error {
        ignore::Error::WithPath { path, .. } => Some(path),
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => path_of(err),
        _ => None,
    }
}
