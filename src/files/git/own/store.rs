//! The objects of a repository, each in a file of its own or in a pack.

use std::fs;
use std::path::PathBuf;
use std::sync::OnceLock;

use miniz_oxide::inflate::decompress_to_vec_zlib_with_limit;

use super::pack::{MOST, Object, Pack};
use super::{Name, bytes, hex};

/// Who knows objects by their names.
#[derive(Debug)]
pub(super) struct Store {
    folder: PathBuf,
    packs: OnceLock<Vec<Pack>>,
}

impl Store {
    pub(super) const fn new(folder: PathBuf) -> Self {
        Self { folder, packs: OnceLock::new() }
    }

    /// What an object holds, of which it is known that it is a tree, say.
    pub(super) fn of_kind(&self, name: &Name, kind: &str) -> Option<Vec<u8>> {
        self.object(name).filter(|(own, _)| *own == kind).map(|(_, content)| content)
    }

    /// An object that stands in the repository itself.
    fn object(&self, name: &Name) -> Option<Object> {
        self.loose(name).or_else(|| self.packs().iter().find_map(|pack| pack.object(name)))
    }

    /// Of a file of its own: `blob 12`, a zero, and the content, all of it packed.
    fn loose(&self, name: &Name) -> Option<Object> {
        let name = hex(name);
        let packed = bytes(&self.folder.join(&name[..2]).join(&name[2..]))?;
        let mut object = decompress_to_vec_zlib_with_limit(&packed, MOST).ok()?;
        let end = memchr::memchr(0, &object)?;
        let (kind, size) = str::from_utf8(&object[..end]).ok()?.split_once(' ')?;
        let kind = ["blob", "tree", "commit", "tag"].into_iter().find(|known| *known == kind)?;
        let size: usize = size.parse().ok()?;
        object.drain(..=end);
        (object.len() == size).then_some((kind, object))
    }

    fn packs(&self) -> &[Pack] {
        self.packs.get_or_init(|| {
            let files = fs::read_dir(self.folder.join("pack")).into_iter().flatten().flatten().map(|file| file.path());
            let tables = files.filter(|file| file.extension().is_some_and(|end| end == "idx"));
            tables.filter_map(|table| Pack::of(&table)).collect()
        })
    }
}
