//! The disk: finding manifests below the paths a user names, and reading them. No other module opens a file.

mod changed;
mod error;
mod git;
mod ignored;
mod kind;
mod read;
mod size;
mod walk;
mod write;

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

pub use changed::{Before, Changes, changes};
pub use error::{Error, Why};
pub use read::{lines_of_stdin, read, read_bytes};
pub use size::Size;
pub use write::{irreplaceable, replace, write};

use error::name;

/// Something to read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// Standard input, with the name that findings carry.
    Stdin(String),
    /// A path that was named: a file, or what gives a text as one does, such as a pipe.
    Named(PathBuf),
    /// A file that was found in a folder, where nothing but files is read.
    Found(PathBuf),
}

impl Input {
    /// The name that findings carry.
    #[must_use]
    pub fn name(&self) -> String {
        name(self.path())
    }

    /// The name as the operating system has it.
    #[must_use]
    pub fn path(&self) -> &Path {
        match self {
            Self::Stdin(name) => Path::new(name),
            Self::Named(path) | Self::Found(path) => path,
        }
    }
}

/// What is taken of folders.
pub struct Choice<'c> {
    /// Which files are taken whose name is not that of a manifest.
    pub includes: &'c mut dyn FnMut(&Path) -> bool,
    /// What changed, where nothing else is taken.
    pub changes: Option<&'c Arc<Changes>>,
}

/// Everything the paths stand for, in their order, the files of a folder sorted by name; each once, however many names
/// lead to it.
///
/// What is named is taken whatever it is called; in folders, files of the names `*.yaml`, `*.yml` and `*.json` are, and
/// those that the choice includes, and links to such files, except where git ignores them, and except in hidden folders
/// and `node_modules`. Links to folders are named, and not followed. Where changes are given, only what they are of is
/// taken, and folders in which nothing changed are not looked into.
#[must_use]
pub fn find(paths: &[PathBuf], stdin: &str, choice: Choice<'_>) -> Vec<Result<Input, Error>> {
    let Choice { includes, changes } = choice;
    // What is not there is named, as anything is that cannot be read.
    let is_meant = |path: &Path| changes.is_none_or(|changes| changes.before(path).is_some() || !path.exists());
    let mut found = Vec::new();
    for path in paths {
        if path.as_os_str() == "-" {
            let what = Ok(Input::Stdin(stdin.to_owned()));
            found.push(Find { what, place: place_of(Path::new(stdin)), by: Name::Stdin });
        } else if path.is_dir() {
            walk::walk(path, Choice { includes: &mut *includes, changes }, &mut found);
        } else if is_meant(path) {
            found.push(Find { what: Ok(Input::Named(plain(path))), place: place_of(path), by: Name::Given });
        }
    }
    once(found)
}

/// Whether all that belongs together may stand there: in a folder, or in what another program writes.
#[must_use]
pub fn is_whole(path: &Path) -> bool {
    path.metadata().is_ok_and(|metadata| !metadata.is_file())
}

/// Something that was found.
struct Find {
    what: Result<Input, Error>,
    /// Where it is, whatever name led there.
    place: PathBuf,
    by: Name,
}

/// What led to it, the better one first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Name {
    /// What comes by standard input under a file's name stands in for the file, as an editor means it.
    Stdin,
    /// It was named by itself.
    Given,
    Own,
    Link,
}

/// Each place once, by the first of its best names.
fn once(mut found: Vec<Find>) -> Vec<Result<Input, Error>> {
    let mut best: HashMap<PathBuf, Name> = HashMap::with_capacity(found.len());
    for find in &found {
        best.entry(find.place.clone()).and_modify(|name| *name = find.by.min(*name)).or_insert(find.by);
    }
    found.retain(|find| best.get(&find.place) == Some(&find.by) && best.remove(&find.place).is_some());
    found.into_iter().map(|find| find.what).collect()
}

/// Where a path leads; for what is no place, such as a pipe of the shell's, the path itself.
#[expect(clippy::disallowed_methods, reason = "this is the floor that touches the disk")]
fn place_of(path: &Path) -> PathBuf {
    std::fs::canonicalize(path).unwrap_or_else(|_| plain(path))
}

/// What a manifest's name ends in.
const NAMES: [&str; 3] = ["yaml", "yml", "json"];

fn has_manifest_name(path: &Path) -> bool {
    let extension = path.extension().and_then(|extension| extension.to_str());
    extension.is_some_and(|extension| NAMES.iter().any(|known| known.eq_ignore_ascii_case(extension)))
}

/// The path without a leading `./`, so that one file has one name.
fn plain(path: &Path) -> PathBuf {
    path.strip_prefix(".").map_or_else(|_| path.to_owned(), Path::to_owned)
}
