//! The disk: finding manifests below the paths a user names, and reading them. No other module opens a file.

mod changed;
mod chart;
mod error;
mod git;
mod ignored;
mod kind;
mod output;
mod patches;
mod paths;
mod read;
mod size;
mod texts;
mod walk;
mod write;

use std::path::{Path, PathBuf};
use std::sync::Arc;

pub use changed::{Before, Changes, changes};
pub use chart::{ChartOnDisk, chart_of, is_template_of_chart, places_beside_chart, places_in_chart, read_chart};
pub use error::{Error, Why};
pub use output::Output;
pub use patches::Patches;
pub use paths::{normal, whole};
pub use read::{Lines, lines, lines_of_stdin, of_kind, read, read_bytes};
pub use size::Size;
pub use texts::Texts;
pub use write::{Replacement, irreplaceable, replace, replace_all, write};

use error::name;

use crate::hash::{HashMap, HashSet, with_room_for};

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
    /// Whether somebody named it, and did not just name a folder around it.
    #[must_use]
    pub const fn is_named(&self) -> bool {
        !matches!(self, Self::Found(_))
    }

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

/// Who knows which files are wanted.
pub trait Choice {
    /// Whether a file in a folder is taken whose name is not that of a manifest.
    fn includes(&mut self, _: &Path) -> bool {
        false
    }

    /// Whether something is left out in the end, so that another name of it is the better one.
    fn excludes(&mut self, _: &Input) -> bool {
        false
    }
}

/// Nothing but manifests is taken, and all of them are.
impl Choice for () {}

/// Everything the paths stand for, in their order, the files of a folder sorted by name; each once, however many names
/// lead to it.
///
/// What is named is taken whatever it is called; in folders, files of the names `*.yaml`, `*.yml`, `*.json` and `Kustomization`
/// are, and those that the choice includes, and links to such files, except where git ignores them, and except in hidden folders
/// and `node_modules`. Links to folders are named, and not followed. Where changes are given, only what they are of is
/// taken, and links to it.
#[must_use]
pub fn find(
    paths: &[PathBuf],
    stdin: &str,
    changes: Option<&Arc<Changes>>,
    choice: &mut dyn Choice,
) -> Vec<Result<Input, Error>> {
    // What is not there is named, as anything is that cannot be read.
    let is_meant = |path: &Path| changes.is_none_or(|changes| changes.have(path) || !path.exists());
    let mut found = Vec::new();
    for path in paths {
        if path.as_os_str() == "-" {
            let what = Ok(Input::Stdin(stdin.to_owned()));
            found.push(Find { what, place: place_of(Path::new(stdin)), by: Name::Stdin });
        } else if path.is_dir() {
            walk::walk(path, changes, choice, &mut found);
        } else if is_meant(path) {
            found.push(Find { what: Ok(Input::Named(plain(path))), place: place_of(path), by: Name::Given });
        }
    }
    once(found, choice)
}

/// The root of the repository that a folder is in.
#[must_use]
pub fn repository(folder: &Path) -> Option<PathBuf> {
    git::Repository::around(folder).map(|repository| repository.root)
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

/// Each place once, by the first of its best names; any is better than one that is excluded.
fn once(found: Vec<Find>, choice: &mut dyn Choice) -> Vec<Result<Input, Error>> {
    let mut rank = |find: &Find| (find.what.as_ref().is_ok_and(|input| choice.excludes(input)), find.by);
    let mut best: HashMap<&Path, usize> = with_room_for(found.len());
    for (index, find) in found.iter().enumerate() {
        best.entry(&find.place)
            .and_modify(|best| {
                if rank(find) < rank(&found[*best]) {
                    *best = index;
                }
            })
            .or_insert(index);
    }
    let best: HashSet<usize> = best.into_values().collect();
    let found = found.into_iter().enumerate().filter(|(index, _)| best.contains(index));
    found.map(|(_, find)| find.what).collect()
}

/// Where a path leads; for what is no place, such as a pipe of the shell's, the path itself.
#[expect(clippy::disallowed_methods, reason = "this is the floor that touches the disk")]
fn place_of(path: &Path) -> PathBuf {
    std::fs::canonicalize(path).unwrap_or_else(|_| plain(path))
}

/// What a manifest's name ends in.
const NAMES: [&str; 3] = ["yaml", "yml", "json"];

/// Whether a manifest would be found in a folder: it is there, and neither hidden nor ignored.
#[must_use]
pub fn is_found(folder: &Path, file: &Path) -> bool {
    has_manifest_name(file) && walk::comes_to(folder, file)
}

/// Whether a file is called as manifests are.
#[must_use]
pub fn has_manifest_name(path: &Path) -> bool {
    if path.file_name().is_some_and(|name| name == "Kustomization") {
        return true;
    }
    let extension = path.extension().and_then(|extension| extension.to_str());
    extension.is_some_and(|extension| NAMES.iter().any(|known| known.eq_ignore_ascii_case(extension)))
}

/// The path without a leading `./`, so that one file has one name.
fn plain(path: &Path) -> PathBuf {
    let below = path.strip_prefix(".").ok().filter(|below| !below.as_os_str().is_empty());
    below.unwrap_or(path).to_owned()
}
