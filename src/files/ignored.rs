//! Files that tell git what to ignore: they are read before anything else of their folder, and may be traps.

use std::path::Path;

use super::{Error, kind};

/// Above this, no person wrote it.
const MOST: u64 = 1 << 20;

/// What keeps a folder from being walked: a file of git's that never ends, never answers, or takes long to understand.
#[expect(clippy::disallowed_methods, reason = "this is the floor that touches the disk")]
pub(super) fn trap_in(folder: &Path) -> Option<Error> {
    [".gitignore", ".git/info/exclude"].into_iter().find_map(|name| {
        let path = folder.join(name);
        let metadata = std::fs::metadata(&path).ok()?;
        let what = match metadata.file_type() {
            kind if kind.is_dir() => return None,
            kind if !kind.is_file() => kind::names(kind)[0],
            _ if metadata.len() > MOST => "larger than 1 MiB",
            _ => return None,
        };
        Some(Error::new(&path, format!("{what}, so that its folder is not searched")))
    })
}
