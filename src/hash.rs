//! Maps and sets whose keys are hashed more quickly than the standard library does it, and still so that no text can foresee
//! how: hashes start from what differs from run to run.

use std::hash::{BuildHasher as _, Hash, Hasher};
use std::sync::LazyLock;

use foldhash::{fast, quality};

/// A map, in no order.
pub type HashMap<K, V> = std::collections::HashMap<K, V, fast::RandomState>;
/// A set, in no order.
pub type HashSet<T> = std::collections::HashSet<T, fast::RandomState>;

/// A map with room for so many keys, so that none moves.
#[must_use]
pub fn with_room_for<K, V>(keys: usize) -> HashMap<K, V> {
    HashMap::with_capacity_and_hasher(keys, fast::RandomState::default())
}

/// A sum over something, by which it is known from others in this run.
#[must_use]
pub fn sum(of: impl Hash) -> u64 {
    SUMS.hash_one(of)
}

/// The same of what is added to it piece by piece.
#[must_use]
pub fn summing() -> impl Hasher {
    SUMS.build_hasher()
}

/// What all sums of a run start from.
static SUMS: LazyLock<quality::RandomState> = LazyLock::new(Default::default);
