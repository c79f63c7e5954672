//! Git's index: the files that it tracks, and how each was when it was looked at (`gitformat-index`).

use std::fs::Metadata;
use std::os::unix::fs::MetadataExt as _;
use std::path::Path;

use super::{DEEPEST, Name, open, whole};

/// Bits of an entry that say more than its name and object: that its file is not to be looked at, or that it is being merged.
const MARKS: u16 = 0xb000;
/// Whether an entry has further bits: it is left out of the work tree, or was not added yet.
const HAS_MORE: u16 = 0x4000;
/// An entry before its name.
const HEAD: usize = 62;

/// The files of an index, in the order of their names.
#[derive(Debug)]
pub(super) struct Index {
    pub(super) entries: Vec<Entry>,
    /// The trees that folders come to, as far as git knows them.
    pub(super) cached: Option<Cached>,
    /// When it was written.
    written: (u32, u32),
}

#[derive(Debug)]
pub(super) struct Entry {
    pub(super) name: Vec<u8>,
    pub(super) object: Name,
    pub(super) mode: u32,
    /// Times of the last changes, number and owner of the file, and its size.
    stat: [u32; 8],
}

/// What is known of a folder: the tree of what is tracked there, unless it has changed since.
#[derive(Debug)]
pub(super) struct Cached {
    name: Vec<u8>,
    pub(super) tree: Option<Name>,
    folders: Vec<Self>,
}

impl Entry {
    pub(super) const fn is_link(&self) -> bool {
        self.mode == 0o120_000
    }

    /// Whether it is another repository.
    pub(super) const fn is_submodule(&self) -> bool {
        self.mode == 0o160_000
    }
}

impl Cached {
    pub(super) fn folder(&self, name: &[u8]) -> Option<&Self> {
        self.folders.iter().find(|folder| folder.name == name)
    }
}

impl Index {
    /// One that says all there is to say of its files in the usual way.
    pub(super) fn of(path: &Path) -> Option<Self> {
        let file = open(path)?;
        let written = modified(&file.metadata().ok()?);
        let bytes = whole(&file)?;
        let (bytes, _checksum) = bytes.split_last_chunk::<20>()?;
        let mut rest = bytes.strip_prefix(b"DIRC")?;
        let version = number(&mut rest)?;
        let count = number(&mut rest)?;
        let mut entries: Vec<Entry> = Vec::new();
        for _ in 0..count {
            let before = entries.last().map_or(&[][..], |entry| &entry.name);
            let entry = Entry::read(&mut rest, version, before)?;
            if entry.name.as_slice() <= before {
                return None;
            }
            entries.push(entry);
        }
        let mut cached = None;
        while !rest.is_empty() {
            let kind = rest.split_off(..4)?;
            let size = usize::try_from(number(&mut rest)?).ok()?;
            let mut extension = rest.split_off(..size)?;
            match kind {
                b"TREE" => cached = Some(Cached::read(&mut extension, DEEPEST)?),
                // Without what others say, the index is the same.
                _ if kind[0].is_ascii_uppercase() => {}
                _ => return None,
            }
        }
        Some(Self { entries, cached, written })
    }

    /// Whether a file is certainly as the index has it: as it was looked at, and before the index was written.
    pub(super) fn has(&self, entry: &Entry, now: &Metadata) -> bool {
        let mode = match now.mode() & 0o170_000 {
            0o100_000 if now.mode() & 0o100 != 0 => 0o100_755,
            0o100_000 => 0o100_644,
            other => other,
        };
        let low = |number: u64| number as u32;
        let ((modified, fraction), changed) = (modified(now), (now.ctime() as u32, now.ctime_nsec() as u32));
        let stat = [changed.0, changed.1, modified, fraction, low(now.ino()), now.uid(), now.gid(), low(now.size())];
        entry.mode == mode && entry.stat == stat && (modified, fraction) < self.written
    }
}

/// When a file was modified, as the index writes it: seconds and nanoseconds.
fn modified(file: &Metadata) -> (u32, u32) {
    (file.mtime() as u32, file.mtime_nsec() as u32)
}

impl Entry {
    fn read(rest: &mut &[u8], version: u32, before: &[u8]) -> Option<Self> {
        let whole = *rest;
        let mut fields = [0; 10];
        for field in &mut fields {
            *field = number(rest)?;
        }
        let [changed, changed_nanos, modified, modified_nanos, _device, inode, mode, user, group, size] = fields;
        let stat = [changed, changed_nanos, modified, modified_nanos, inode, user, group, size];
        let object: Name = rest.split_off(..20)?.try_into().ok()?;
        let flags = u16::from_be_bytes(rest.split_off(..2)?.try_into().ok()?);
        let has_more = version > 2 && flags & HAS_MORE != 0;
        if flags & MARKS != 0 || has_more && rest.split_off(..2)? != [0, 0] {
            return None;
        }
        let name = match version {
            2 | 3 => {
                let name = until(rest, 0)?.to_vec();
                let head = HEAD + if has_more { 2 } else { 0 };
                // Zeros up to the next eight bytes, and one at least.
                *rest = whole.get((head + name.len() + 8) / 8 * 8..)?;
                name
            }
            4 => {
                let kept = before.len().checked_sub(usize::try_from(offset(rest)?).ok()?)?;
                [&before[..kept], until(rest, 0)?].concat()
            }
            _ => return None,
        };
        Some(Self { name, object, mode, stat })
    }
}

impl Cached {
    /// `name`, a zero, `files folders`, a line break; the tree where it is known; and the folders, so deep.
    fn read(rest: &mut &[u8], deepest: usize) -> Option<Self> {
        let name = until(rest, 0)?.to_vec();
        let head = str::from_utf8(until(rest, b'\n')?).ok()?;
        let (files, folders) = head.split_once(' ')?;
        let (files, folders): (i64, usize) = (files.parse().ok()?, folders.parse().ok()?);
        let tree = if files < 0 { None } else { Some(rest.split_off(..20)?.try_into().ok()?) };
        let deepest = deepest.checked_sub(1)?;
        let folders = (0..folders).map(|_| Self::read(rest, deepest)).collect::<Option<_>>()?;
        Some(Self { name, tree, folders })
    }
}

/// The next number of four bytes.
fn number(rest: &mut &[u8]) -> Option<u32> {
    rest.split_off(..4)?.try_into().ok().map(u32::from_be_bytes)
}

/// What comes before a byte; goes on behind it.
pub(super) fn until<'b>(rest: &mut &'b [u8], end: u8) -> Option<&'b [u8]> {
    let length = memchr::memchr(end, rest)?;
    let before = rest.split_off(..length)?;
    rest.split_off_first()?;
    Some(before)
}

/// A number in as many bytes as it needs, the highest first, of which no two ways write the same.
pub(super) fn offset(rest: &mut &[u8]) -> Option<u64> {
    let mut byte = *rest.split_off_first()?;
    let mut offset = u64::from(byte & 0x7f);
    while byte & 0x80 != 0 {
        byte = *rest.split_off_first()?;
        offset = offset.checked_add(1)?.checked_mul(0x80)? | u64::from(byte & 0x7f);
    }
    Some(offset)
}
