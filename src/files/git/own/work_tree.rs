//! The files of a work tree beside those of its index.

use std::fs;
use std::os::unix::ffi::OsStrExt as _;
use std::path::Path;

use super::index::{Entry, Index};

/// What a look at the work tree shows.
#[derive(Debug)]
pub(super) struct Look {
    /// Whether each tracked file is certainly as the index has it.
    pub(super) is_as_indexed: bool,
    /// Whether there is something that is not tracked, ignored or not.
    pub(super) has_others: bool,
}

impl Look {
    /// `None` where not everything can be looked at, or another repository stands in it that git knows nothing of.
    pub(super) fn at(root: &Path, index: &Index) -> Option<Self> {
        let mut looker = Looker { index, met: 0, look: Self { is_as_indexed: true, has_others: false } };
        looker.folder(root, &index.entries, 0)?;
        let all = index.entries.iter().filter(|entry| !entry.is_submodule()).count();
        Some(Self { is_as_indexed: looker.look.is_as_indexed && looker.met == all, ..looker.look })
    }
}

struct Looker<'i> {
    index: &'i Index,
    /// How many tracked files are there.
    met: usize,
    look: Look,
}

impl Looker<'_> {
    /// Looks at a folder with tracked files, whose names begin with its own, of so many bytes.
    fn folder(&mut self, folder: &Path, tracked: &[Entry], start: usize) -> Option<()> {
        for entry in fs::read_dir(folder).ok()? {
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
                    below => self.folder(&entry.path(), below, start + name.len() + 1)?,
                },
                (false, Ok(tracked)) => {
                    self.met += 1;
                    let is_same = self.index.has(tracked, &entry.metadata().ok()?);
                    self.look.is_as_indexed &= is_same;
                }
                (false, Err(_)) => self.look.has_others = true,
            }
        }
        Some(())
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
