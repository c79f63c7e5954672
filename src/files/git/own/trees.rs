//! What the files of an index are not as in a tree.

use std::cmp::Ordering;

use super::index::{Cached, Entry, Index, until};
use super::store::Store;
use super::{DEEPEST, Name, hex};
use crate::files::git::Differs;

/// The files that differ; `None` where that is not all there is to say of them, as some may have another name now.
pub(super) fn differing(store: &Store, tree: &Name, index: &Index) -> Option<Vec<Differs>> {
    let mut differing = Vec::new();
    let mut comparison = Comparison { store, differing: &mut differing };
    let whole = Folder { name: &[], tracked: &index.entries, cached: index.cached.as_ref(), deepest: DEEPEST };
    comparison.folder(tree, whole)?;
    let (new, gone) = (|file: &Differs| file.before.is_none(), |file: &Differs| !file.is_there);
    let has_moved = differing.iter().any(new) && differing.iter().any(gone);
    (!has_moved).then_some(differing)
}

/// What is tracked in a folder.
struct Folder<'i> {
    /// Its name, with a slash behind it.
    name: &'i [u8],
    tracked: &'i [Entry],
    cached: Option<&'i Cached>,
    /// How many folders in folders are still followed.
    deepest: usize,
}

struct Comparison<'d> {
    store: &'d Store,
    differing: &'d mut Vec<Differs>,
}

impl Comparison<'_> {
    fn folder(&mut self, tree: &Name, folder: Folder<'_>) -> Option<()> {
        if folder.cached.is_some_and(|cached| cached.tree == Some(*tree)) {
            return Some(());
        }
        let (before, deepest) = (self.store.of_kind(tree, "tree")?, folder.deepest.checked_sub(1)?);
        let (mut before, mut rest) = (Items { rest: &before }.peekable(), folder.tracked);
        loop {
            let now = rest.first().map(|first| Now::of(first, folder.name.len()));
            let order = match (before.peek(), &now) {
                (None, None) => return Some(()),
                (Some(_), None) => Ordering::Less,
                (None, Some(_)) => Ordering::Greater,
                // A failing item is looked at below.
                (Some(None), Some(_)) => Ordering::Less,
                (Some(Some(item)), Some(now)) => in_order((item.name, item.is_folder()), (now.name, now.is_folder)),
            };
            let item = if order == Ordering::Greater { None } else { Some(before.next()??) };
            let now = now.filter(|_| order != Ordering::Less);
            let same = match &now {
                None => &[][..],
                Some(now) => {
                    let is_here = |entry: &Entry| Now::of(entry, folder.name.len()) == *now;
                    let (same, others) = rest.split_at(rest.partition_point(is_here));
                    rest = others;
                    same
                }
            };
            match (item, now) {
                (Some(item), Some(now)) if now.is_folder => {
                    let name = [folder.name, item.name, b"/"].concat();
                    let cached = folder.cached.and_then(|cached| cached.folder(item.name));
                    self.folder(&item.object, Folder { name: &name, tracked: same, cached, deepest })?;
                }
                (Some(item), Some(_)) => self.file(&same[0].name, Some(item), same.first())?,
                (Some(item), None) if item.is_folder() => {
                    let name = [folder.name, item.name, b"/"].concat();
                    self.folder(&item.object, Folder { name: &name, tracked: &[], cached: None, deepest })?;
                }
                (Some(item), None) => self.file(&[folder.name, item.name].concat(), Some(item), None)?,
                (None, _) => same.iter().try_for_each(|entry| self.file(&entry.name, None, Some(entry)))?,
            }
        }
    }

    /// Takes a file in, if it differs. Of submodules, git decides what is told.
    fn file(&mut self, name: &[u8], before: Option<Item<'_>>, now: Option<&Entry>) -> Option<()> {
        let before = before.map(|item| (item.mode, item.object));
        let now = now.map(|entry| (entry.mode, entry.object));
        if before == now {
            return Some(());
        }
        if [before, now].into_iter().flatten().any(|(mode, _)| ![0o100_644, 0o100_755, 0o120_000].contains(&mode)) {
            return None;
        }
        let (before, is_there) = (before.map(|(_, object)| hex(&object)), now.is_some());
        self.differing.push(Differs { name: name.to_owned(), before, is_there });
        Some(())
    }
}

/// What a tracked file is in a folder: itself, or something in a folder there.
#[derive(PartialEq, Eq)]
struct Now<'e> {
    name: &'e [u8],
    is_folder: bool,
}

impl<'e> Now<'e> {
    fn of(entry: &'e Entry, start: usize) -> Self {
        let name = &entry.name[start..];
        match memchr::memchr(b'/', name) {
            None => Self { name, is_folder: false },
            Some(end) => Self { name: &name[..end], is_folder: true },
        }
    }
}

/// The order of git's trees and of its index: a folder stands where its name with a slash does.
fn in_order(left: (&[u8], bool), right: (&[u8], bool)) -> Ordering {
    spelled(left).cmp(spelled(right))
}

fn spelled((name, is_folder): (&[u8], bool)) -> impl Iterator<Item = u8> {
    name.iter().copied().chain(is_folder.then_some(b'/'))
}

/// What a tree has under a name.
struct Item<'t> {
    mode: u32,
    name: &'t [u8],
    object: Name,
}

impl Item<'_> {
    const fn is_folder(&self) -> bool {
        self.mode == 0o40_000
    }
}

/// The items of a tree, each `100644 name`, a zero, and the object; and `None` for what is none.
struct Items<'t> {
    rest: &'t [u8],
}

impl<'t> Iterator for Items<'t> {
    type Item = Option<Item<'t>>;

    fn next(&mut self) -> Option<Self::Item> {
        (!self.rest.is_empty()).then(|| {
            let mode = u32::from_str_radix(str::from_utf8(until(&mut self.rest, b' ')?).ok()?, 8).ok()?;
            let name = until(&mut self.rest, 0)?;
            let object = self.rest.split_off(..20)?.try_into().ok()?;
            Some(Item { mode, name, object })
        })
    }
}
