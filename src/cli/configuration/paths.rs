//! Paths as configurations compare them, and as people know them.

use std::path::{Component, Path, PathBuf, absolute};

/// A file in a folder, or the path of a file itself.
pub(super) fn within(path: &Path) -> PathBuf {
    if path.as_os_str().is_empty() || path.is_dir() { path.join("manifest.yaml") } else { path.to_owned() }
}

/// The path from the root on.
pub(in crate::cli) fn whole(path: &Path) -> PathBuf {
    let here = Path::new(".");
    normal(&absolute(if path.as_os_str().is_empty() { here } else { path }).unwrap_or_else(|_| path.to_owned()))
}

/// The path without `.` and `..`, as far as names tell.
pub(in crate::cli) fn normal(path: &Path) -> PathBuf {
    let mut normal = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                normal.pop();
            }
            part => normal.push(part),
        }
    }
    normal
}

/// The path as people know it: from here, where it lies below.
pub(in crate::cli) fn shown(path: &Path) -> PathBuf {
    match path.strip_prefix(whole(Path::new(""))) {
        Ok(below) if below.as_os_str().is_empty() => PathBuf::from("."),
        Ok(below) => below.to_owned(),
        Err(_) => path.to_owned(),
    }
}
