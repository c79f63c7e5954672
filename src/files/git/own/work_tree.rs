//! The files of a work tree beside those of its index.

use std::env;
use std::fs;
use std::os::unix::ffi::OsStrExt as _;
use std::path::{Path, PathBuf};
use std::thread;

use super::index::{Entry, Index};

/// What a look at the work tree shows.
#[derive(Debug)]
pub(super) struct Look {
    /// Whether each tracked file is certainly as the index has it.
    pub(super) is_as_indexed: bool,
    /// Whether there is something that is not tracked, ignored or not.
    pub(super) has_others: bool,
}

/// Tracked files from which on half of them are looked at by another thread: to start one takes as long as to look at some
/// hundreds.
const MANY: usize = 1_024;

impl Look {
    /// `None` where not everything can be looked at, or another repository stands in it that git knows nothing of.
    pub(super) fn at(root: &Path, index: &Index) -> Option<Self> {
        let whole = Folder { path: near(root), tracked: &index.entries, start: 0 };
        // While one folder is open, musl keeps the memory that it reads the others into.
        let _open = fs::read_dir(root).ok()?;
        let (mut looker, mut folders) = (Looker::of(index), vec![whole]);
        while let [one] = &folders[..] {
            folders = looker.files(one)?;
        }
        let all = |folders| Looker::all(index, folders);
        let (one, other) = folders.split_at(if index.entries.len() < MANY { 0 } else { half(&folders) });
        let halves = thread::scope(|scope| {
            let apart =
                (!one.is_empty()).then(|| thread::Builder::new().spawn_scoped(scope, || all(one)).ok()).flatten();
            let other = all(other);
            [apart.map_or_else(|| all(one), |apart| apart.join().ok().flatten()), other]
        });
        for half in halves {
            looker.add(half?);
        }
        let all = index.entries.iter().filter(|entry| !entry.is_submodule()).count();
        Some(Self { is_as_indexed: looker.look.is_as_indexed && looker.met == all, ..looker.look })
    }
}

/// A short name of a folder: the system goes all the way to each file.
fn near(folder: &Path) -> PathBuf {
    let is_here = env::current_dir().is_ok_and(|here| here == folder);
    if is_here { PathBuf::from(".") } else { folder.to_owned() }
}

/// How many of some folders have half of their files at the most.
fn half(folders: &[Folder<'_>]) -> usize {
    let all: usize = folders.iter().map(|folder| folder.tracked.len()).sum();
    let mut passed = 0;
    let is_in_half = |folder: &&Folder<'_>| {
        passed += folder.tracked.len();
        2 * passed <= all
    };
    folders.iter().take_while(is_in_half).count()
}

/// A folder with tracked files, whose names begin with its own, of so many bytes.
struct Folder<'i> {
    path: PathBuf,
    tracked: &'i [Entry],
    start: usize,
}

struct Looker<'i> {
    index: &'i Index,
    /// How many tracked files are there.
    met: usize,
    look: Look,
}

impl<'i> Looker<'i> {
    const fn of(index: &'i Index) -> Self {
        Self { index, met: 0, look: Look { is_as_indexed: true, has_others: false } }
    }

    fn all(index: &'i Index, folders: &[Folder<'i>]) -> Option<Self> {
        let mut looker = Self::of(index);
        folders.iter().try_for_each(|folder| looker.folder(folder)).map(|()| looker)
    }

    /// Adds what another has seen.
    const fn add(&mut self, Self { met, look, .. }: Self) {
        self.met += met;
        self.look.is_as_indexed &= look.is_as_indexed;
        self.look.has_others |= look.has_others;
    }

    fn folder(&mut self, folder: &Folder<'i>) -> Option<()> {
        self.files(folder)?.iter().try_for_each(|below| self.folder(below))
    }

    /// Looks at the files in a folder, and tells of those with tracked files below it.
    fn files(&mut self, Folder { path, tracked, start }: &Folder<'i>) -> Option<Vec<Folder<'i>>> {
        let (tracked, start, mut folders) = (*tracked, *start, Vec::new());
        for entry in fs::read_dir(path).ok()? {
            let entry = entry.ok()?;
            let (name, kind) = (entry.file_name(), entry.file_type().ok()?);
            if name == ".git" {
                if start > 0 {
                    return None;
                }
                continue;
            }
            let name = name.as_bytes();
            let of_name = tracked.binary_search_by(|tracked| tracked.name[start..].cmp(name)).map(|at| &tracked[at]);
            match (kind.is_dir(), of_name) {
                (true, Ok(submodule)) if submodule.is_submodule() => {}
                (true, _) => match below(tracked, start, name) {
                    [] => self.look.has_others = true,
                    below => {
                        folders.push(Folder { path: entry.path(), tracked: below, start: start + name.len() + 1 });
                    }
                },
                (false, Ok(tracked)) => {
                    self.met += 1;
                    let is_same = self.index.has(tracked, &entry.metadata().ok()?);
                    self.look.is_as_indexed &= is_same;
                }
                (false, Err(_)) => self.look.has_others = true,
            }
        }
        Some(folders)
    }
}

/// The files in a folder, of some whose names have a folder of so many bytes in common.
fn below<'e>(tracked: &'e [Entry], start: usize, folder: &[u8]) -> &'e [Entry] {
    // A slash comes first of all that may stand behind the name of the folder, and the next byte behind all that begins with it.
    let place = |separator: u8| {
        let key = || folder.iter().copied().chain([separator]);
        tracked.partition_point(|tracked| tracked.name[start..].iter().copied().lt(key()))
    };
    &tracked[place(b'/')..place(b'/' + 1)]
}
