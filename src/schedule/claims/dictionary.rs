//! Tables of words that are put in order when one is first looked up.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// What words stand for. A run looks up few of them, so that most of its time would go into making the table: its hash is
/// a fast one. It needs no other, since nobody chooses the words to be in it.
pub(super) type Dictionary<T> = HashMap<&'static str, T, BuildHasherDefault<Fnv>>;

/// A table with room for so many words, so that none moves.
pub(super) fn with_room_for<T>(words: usize) -> Dictionary<T> {
    HashMap::with_capacity_and_hasher(words, BuildHasherDefault::default())
}

/// The hash of Fowler, Noll and Vo, in its form 1a: each byte is mixed in, and spread by a multiplication.
#[derive(Debug)]
pub(super) struct Fnv(u64);

impl Default for Fnv {
    fn default() -> Self {
        Self(0xCBF2_9CE4_8422_2325)
    }
}

impl Hasher for Fnv {
    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x100_0000_01B3);
        }
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use std::hash::Hasher as _;

    use super::Fnv;

    #[test]
    fn the_hash_is_the_one_that_its_authors_wrote_down() {
        for (text, hash) in
            [("", 0xCBF2_9CE4_8422_2325), ("a", 0xAF63_DC4C_8601_EC8C), ("foobar", 0x8594_4171_F739_67E8)]
        {
            let mut hasher = Fnv::default();
            hasher.write(text.as_bytes());
            assert_eq!(hasher.finish(), hash, "{text}");
        }
    }
}
