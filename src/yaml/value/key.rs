//! Keys, and finding them among known names.

use crate::yaml::tape::hash;

/// A key to look for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Key<'k> {
    pub(super) hash: u16,
    pub(super) text: &'k [u8],
}

impl<'k> Key<'k> {
    pub(crate) const fn new(text: &'k str) -> Self {
        Self { text: text.as_bytes(), hash: hash(text.as_bytes()) }
    }

    #[inline]
    pub(crate) fn hash(self) -> u16 {
        self.hash
    }

    /// Whether it is that name. Names are short: comparing them here is faster than a call.
    #[inline]
    pub(crate) fn is(self, name: &str) -> bool {
        let (text, name) = (self.text, name.as_bytes());
        text.len() == name.len()
            && match text.len() {
                4..8 => has_ends::<4>(text, name),
                8..16 => has_ends::<8>(text, name),
                16..32 => has_ends::<16>(text, name),
                _ => text == name,
            }
    }
}

/// Whether two texts start and end with the same `N` bytes.
#[inline]
fn has_ends<const N: usize>(left: &[u8], right: &[u8]) -> bool {
    left.first_chunk::<N>() == right.first_chunk() && left.last_chunk::<N>() == right.last_chunk()
}

/// Where each of some names stands in their list: by its hash, or in the next slots.
pub(crate) struct Slots([u8; SLOTS]);

/// More than twice as many as there are names in any list.
const SLOTS: usize = 128;
/// The slot of no name.
const FREE: u8 = u8::MAX;

impl Slots {
    pub(crate) const fn new() -> Self {
        Self([FREE; SLOTS])
    }

    /// Takes in a name that it does not have yet.
    pub(crate) const fn put(&mut self, name: &str, index: usize) {
        assert!(index < SLOTS / 2, "there are too many names for the slots");
        let mut slot = Key::new(name).hash as usize % SLOTS;
        while self.0[slot] != FREE {
            slot = (slot + 1) % SLOTS;
        }
        self.0[slot] = index as u8;
    }

    /// Where the name stands that is the key; `name` tells the name at an index.
    #[inline]
    pub(crate) fn find<'n>(&self, key: Key<'_>, name: impl Fn(usize) -> Option<&'n str>) -> Option<usize> {
        let mut slot = key.hash as usize % SLOTS;
        loop {
            let index = usize::from(self.0[slot]);
            if key.is(name(index)?) {
                return Some(index);
            }
            slot = (slot + 1) % SLOTS;
        }
    }
}
