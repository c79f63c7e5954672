//! A pack of objects, and the table of what is in it (`gitformat-pack`).

use std::fs::File;
use std::os::unix::fs::FileExt as _;
use std::path::Path;

use miniz_oxide::inflate::decompress_to_vec_zlib_with_limit;

use super::index::offset;
use super::{Name, open};

/// The most that an object may hold that is read here.
pub(super) const MOST: usize = 64 << 20;

/// A kind (`commit`, `tree`, `blob`, `tag`), and what the object holds.
pub(super) type Object = (&'static str, Vec<u8>);

/// What a table of the second version begins with.
const TABLE: [u8; 8] = [0xff, b't', b'O', b'c', 0, 0, 0, 2];
/// The table's counts of names by their first bytes.
const COUNTS: u64 = 256 * 4;
/// The most that stands before what an entry holds.
const HEAD: usize = 32;
/// Differences upon differences that are followed; git makes fifty, and no more than 4,095.
const DEEPEST: usize = 4_096;

#[derive(Debug)]
pub(super) struct Pack {
    table: File,
    pack: File,
}

impl Pack {
    /// By its table.
    pub(super) fn of(path: &Path) -> Option<Self> {
        let (table, pack) = (open(path)?, open(&path.with_extension("pack"))?);
        (part(&table, 0, 8)? == TABLE).then_some(Self { table, pack })
    }

    pub(super) fn object(&self, name: &Name) -> Option<Object> {
        let mut place = self.place(name)?;
        let mut differences = Vec::new();
        let (kind, mut content) = loop {
            match self.entry(place)? {
                Entry::Whole(kind, content) => break (kind, content),
                Entry::Differs(..) if differences.len() == DEEPEST => return None,
                Entry::Differs(base, difference) => {
                    place = base;
                    differences.push(difference);
                }
            }
        };
        for difference in differences.iter().rev() {
            content = changed(&content, difference)?;
        }
        Some((kind, content))
    }

    /// Where an object begins: by the table of names, and that of places, of which some are too large and stand in another.
    fn place(&self, name: &Name) -> Option<u64> {
        let counts = part(&self.table, 8, COUNTS as usize)?;
        let count = |at: usize| {
            counts.get(4 * at..).and_then(<[u8]>::first_chunk).map(|bytes| u64::from(u32::from_be_bytes(*bytes)))
        };
        let first = usize::from(name[0]);
        let (from, to, all) = (if first == 0 { 0 } else { count(first - 1)? }, count(first)?, count(255)?);
        let names = 8 + COUNTS;
        let some = part(&self.table, names + from * 20, usize::try_from(to.checked_sub(from)?).ok()?.checked_mul(20)?)?;
        let (some, _) = some.as_chunks::<20>();
        let at = from + some.binary_search(name).ok()? as u64;
        // Behind the names stands a checksum of each.
        let places = names + all * 24;
        let place = number(&part(&self.table, places + at * 4, 4)?)?;
        match place.checked_sub(1 << 31) {
            None => Some(place),
            Some(further) => number(&part(&self.table, places + all * 4 + further * 8, 8)?),
        }
    }

    fn entry(&self, place: u64) -> Option<Entry> {
        let head = self.part(place, HEAD)?;
        let mut rest = &head[..];
        let mut byte = *rest.split_off_first()?;
        let kind = byte >> 4 & 7;
        let (mut size, mut shift) = (u64::from(byte & 0x0f), 4);
        while byte & 0x80 != 0 {
            byte = *rest.split_off_first()?;
            size |= u64::from(byte & 0x7f).checked_shl(shift)?;
            shift += 7;
        }
        let base = match kind {
            6 => Some(place.checked_sub(offset(&mut rest)?)?),
            7 => Some(self.place(rest.split_off(..20)?.try_into().ok()?)?),
            _ => None,
        };
        let content = self.content(place + (head.len() - rest.len()) as u64, usize::try_from(size).ok()?)?;
        match (kind, base) {
            (_, Some(base)) => Some(Entry::Differs(base, content)),
            (1, None) => Some(Entry::Whole("commit", content)),
            (2, None) => Some(Entry::Whole("tree", content)),
            (3, None) => Some(Entry::Whole("blob", content)),
            (4, None) => Some(Entry::Whole("tag", content)),
            _ => None,
        }
    }

    /// So many bytes, which stand packed at a place.
    fn content(&self, place: u64, size: usize) -> Option<Vec<u8>> {
        if size > MOST {
            return None;
        }
        // What cannot be packed stands in blocks as it is, a little longer.
        let packed = self.part(place, size + size / 1_000 + 64)?;
        decompress_to_vec_zlib_with_limit(&packed, size).ok().filter(|content| content.len() == size)
    }

    /// Up to so many bytes at a place.
    fn part(&self, place: u64, most: usize) -> Option<Vec<u8>> {
        let mut bytes = vec![0; most];
        let mut length = 0;
        while length < most {
            match self.pack.read_at(&mut bytes[length..], place + length as u64).ok()? {
                0 => break,
                more => length += more,
            }
        }
        bytes.truncate(length);
        Some(bytes)
    }
}

enum Entry {
    Whole(&'static str, Vec<u8>),
    /// What is to be done with the object at a place, which is in the same pack.
    Differs(u64, Vec<u8>),
}

/// So many bytes at a place.
fn part(file: &File, place: u64, size: usize) -> Option<Vec<u8>> {
    let mut bytes = vec![0; size];
    file.read_exact_at(&mut bytes, place).ok()?;
    Some(bytes)
}

fn number(bytes: &[u8]) -> Option<u64> {
    Some(bytes.iter().fold(0, |number, byte| number << 8 | u64::from(*byte)))
}

/// What a difference makes of an object: parts that are copied from it, and bytes that are new.
fn changed(base: &[u8], difference: &[u8]) -> Option<Vec<u8>> {
    let mut rest = difference;
    if length(&mut rest)? != base.len() {
        return None;
    }
    let size = length(&mut rest).filter(|size| *size <= MOST)?;
    let mut content = Vec::with_capacity(size);
    while let Some(step) = rest.split_off_first() {
        if step & 0x80 == 0 {
            // A step of no bytes is kept for later versions.
            let new = usize::from(*step);
            content.extend_from_slice(rest.split_off(..new).filter(|new| !new.is_empty())?);
            continue;
        }
        let mut bytes = |from: u32, count: u32| -> Option<usize> {
            let mut number = 0;
            for at in (0..count).filter(|at| step >> (from + at) & 1 == 1) {
                number |= usize::from(*rest.split_off_first()?) << (8 * at);
            }
            Some(number)
        };
        let (from, count) = (bytes(0, 4)?, bytes(4, 3)?);
        let count = if count == 0 { 0x1_0000 } else { count };
        content.extend_from_slice(base.get(from..from.checked_add(count)?)?);
        if content.len() > size {
            return None;
        }
    }
    (content.len() == size).then_some(content)
}

/// A number in as many bytes as it needs, the lowest first.
fn length(rest: &mut &[u8]) -> Option<usize> {
    let (mut length, mut shift) = (0_usize, 0);
    loop {
        let byte = *rest.split_off_first()?;
        length |= usize::from(byte & 0x7f).checked_shl(shift)?;
        shift += 7;
        if byte & 0x80 == 0 {
            return Some(length);
        }
    }
}
