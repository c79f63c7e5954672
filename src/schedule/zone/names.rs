//! The names of time zones that Kubernetes accepts.

use std::sync::OnceLock;

use super::changes;

/// The placeholder of a machine whose zone nobody has set.
pub(super) const FACTORY: &str = "Factory";

/// All 598 names, sorted by their bytes.
pub(super) fn all() -> &'static [&'static str] {
    static NAMES: OnceLock<Vec<&'static str>> = OnceLock::new();
    NAMES.get_or_init(|| changes::names().collect())
}

/// Whether it is one of them.
pub(super) fn is_known(name: &str) -> bool {
    changes::find(name).is_some()
}
