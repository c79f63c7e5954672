//! Maps and sets whose keys are hashed as quickly as can be had where a text must not foresee how: their hashes start from
//! what differs from run to run. The standard library's take three times as long over the short names that manifests are made
//! of.

use std::hash::{BuildHasher, Hasher};

use foldhash::fast::{FoldHasher, RandomState};

/// A map, in no order.
pub type HashMap<K, V> = std::collections::HashMap<K, V, Hashing>;
/// A set, in no order.
pub type HashSet<T> = std::collections::HashSet<T, Hashing>;

/// A map with room for so many keys, so that none moves.
#[must_use]
pub fn with_room_for<K, V>(keys: usize) -> HashMap<K, V> {
    HashMap::with_capacity_and_hasher(keys, Hashing::default())
}

/// How keys are hashed, by a secret of this map.
#[derive(Debug, Clone, Default)]
pub struct Hashing(RandomState);

/// Hashes one key. Its code is there once: within that of each map it would make the program a third of a megabyte larger.
#[derive(Clone)]
#[expect(missing_debug_implementations, reason = "nor has what it holds: it lives for one key")]
pub struct KeyHasher<'s>(FoldHasher<'s>);

impl BuildHasher for Hashing {
    type Hasher = KeyHasher<'static>;

    fn build_hasher(&self) -> KeyHasher<'static> {
        KeyHasher(self.0.build_hasher())
    }
}

impl Hasher for KeyHasher<'_> {
    #[inline(never)]
    fn write(&mut self, bytes: &[u8]) {
        self.0.write(bytes);
    }

    #[inline(never)]
    fn finish(&self) -> u64 {
        self.0.finish()
    }
}
