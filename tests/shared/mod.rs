//! What is too large for the repository: recorded answers of Kubernetes, and real manifests.

#![expect(clippy::disallowed_methods, clippy::print_stderr, reason = "asks where it is, and says when it is not there")]

use std::path::{Path, PathBuf};

/// The file or folder of that name in `$BATCHLINT_SHARED`, or in `../shared`; `None`, with a loud word, where there is
/// none.
pub(crate) fn find(name: &str) -> Option<PathBuf> {
    let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared");
    let path = std::env::var_os("BATCHLINT_SHARED").map_or_else(beside, PathBuf::from).join(name);
    if !path.exists() {
        eprintln!("SKIPPED: {} is not there", path.display());
        return None;
    }
    Some(path)
}
