//! Maps and sets whose keys are hashed as quickly as can be had where a text must not foresee how: their hashes start from
//! what differs from run to run. The standard library's take three times as long for the short names that manifests are made
//! of.

use foldhash::fast::RandomState;

/// A map, in no order.
pub type HashMap<K, V> = std::collections::HashMap<K, V, RandomState>;
/// A set, in no order.
pub type HashSet<T> = std::collections::HashSet<T, RandomState>;
