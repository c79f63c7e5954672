//! What a repository says by its own files, where that is sure: to start git takes longer than to read what it would.
//!
//! Whatever is not as in most repositories is left to git: more work trees, submodules' repositories, extensions of the format,
//! sparse and split indexes, merges that are not done, replaced objects and grafts, another owner, and thousands of files.

#![expect(clippy::disallowed_methods, reason = "this is the floor that touches the disk")]

mod index;
mod pack;
mod revision;
mod store;
mod trees;
mod work_tree;

use std::fs::{self, File};
use std::io::Read as _;
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};

use super::Differs;
use index::Index;
use store::Store;
use work_tree::Look;

/// Tracked files from which on git is as fast: it looks at them with threads.
const MOST_FILES: usize = 4_096;
/// The most of a file that is read whole: an index of so many files, or references.
const MOST_BYTES: u64 = 4 << 20;

/// Folders in folders that are followed.
const DEEPEST: usize = 256;

/// The name of an object, in a repository that names them by SHA-1.
type Name = [u8; 20];

/// The files of a repository that git keeps, as it looked at first.
#[derive(Debug)]
pub(super) struct Own {
    git: PathBuf,
    /// The references that stand in one file.
    packed: String,
    index: Index,
    store: Store,
    look: Look,
}

impl Own {
    /// Of a work tree whose repository is of the usual kind.
    pub(super) fn of(root: &Path) -> Option<Self> {
        let git = root.join(".git");
        let packed = text_of_some(&git.join("packed-refs"))?;
        if !is_usual(root, &git)? || packed.contains(" refs/replace/") {
            return None;
        }
        let index = Index::of(&git.join("index")).filter(|index| index.entries.len() <= MOST_FILES)?;
        let look = Look::at(root, &index)?;
        let store = Store::new(git.join("objects"));
        Some(Self { git, packed, index, store, look })
    }

    /// Whether git tracks each file of the work tree.
    pub(super) const fn has_no_others(&self) -> bool {
        !self.look.has_others
    }

    /// Whether no tracked file is a link.
    pub(super) fn has_no_links(&self) -> bool {
        self.index.entries.iter().all(|entry| !entry.is_link())
    }

    /// The tracked files that are not as in the newest commit that HEAD and a revision have in common.
    pub(super) fn changes(&self, revision: &str) -> Option<Vec<Differs>> {
        if !self.look.is_as_indexed {
            return None;
        }
        let tree = revision::tree_of_base((&self.git, &self.packed), &self.store, revision)?;
        trees::differing(&self.store, &tree, &self.index)
    }

    /// What a blob holds; `None` where git has to be asked.
    pub(super) fn content(&self, name: &str) -> Option<Vec<u8>> {
        self.store.of_kind(&name_of(name)?, "blob")
    }
}

/// Whether its files mean what they mean in most repositories, and are one's own, as git wants them to be.
fn is_usual(root: &Path, git: &Path) -> Option<bool> {
    // Of a file, as submodules and further work trees have it, none of these is there.
    let config = text(&git.join("config"))?.to_ascii_lowercase();
    let has_worktree_or_format = ["extensions", "worktree"].iter().any(|word| config.contains(word));
    let is_plain = config.contains("repositoryformatversion = 0") && !has_worktree_or_format;
    let has_tree = !config.contains("bare") || config.contains("bare = false");
    let is_replaced = exists(&git.join("refs/replace")) || exists(&git.join("info/grafts"));
    let own = fs::metadata("/proc/self").ok()?.uid();
    let is_own = [root, git].iter().all(|path| fs::symlink_metadata(path).is_ok_and(|path| path.uid() == own));
    Some(is_plain && has_tree && !is_replaced && is_own)
}

fn exists(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok()
}

/// What a file holds that is not large.
fn bytes(path: &Path) -> Option<Vec<u8>> {
    whole(&open(path)?)
}

fn open(path: &Path) -> Option<File> {
    File::open(path).ok()
}

fn whole(file: &File) -> Option<Vec<u8>> {
    let size = file.metadata().ok()?.len().min(MOST_BYTES);
    let mut bytes = Vec::with_capacity(usize::try_from(size).ok()? + 1);
    file.take(MOST_BYTES + 1).read_to_end(&mut bytes).ok()?;
    (bytes.len() as u64 <= MOST_BYTES).then_some(bytes)
}

fn text(path: &Path) -> Option<String> {
    String::from_utf8(bytes(path)?).ok()
}

/// The same of a file that need not be there: then it holds nothing.
fn text_of_some(path: &Path) -> Option<String> {
    if exists(path) { text(path) } else { Some(String::new()) }
}

/// The name that hexadecimal digits write.
fn name_of(hex: &str) -> Option<Name> {
    let digits: Option<Vec<u8>> = hex.chars().map(|digit| Some(digit.to_digit(16)? as u8)).collect();
    let digits: [u8; 40] = digits?.try_into().ok()?;
    Some(std::array::from_fn(|at| digits[2 * at] << 4 | digits[2 * at + 1]))
}

fn hex(name: &Name) -> String {
    name.iter().map(|byte| format!("{byte:02x}")).collect()
}
