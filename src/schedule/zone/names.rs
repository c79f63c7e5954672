//! The names of time zones that Kubernetes accepts.

use std::str::FromStr;
use std::sync::OnceLock;

use chrono_tz::{TZ_VARIANTS, Tz};

use crate::sort;

/// One name is missing from `chrono-tz`: the placeholder of a machine whose zone nobody has set.
pub(super) const FACTORY: &str = "Factory";

/// All 598 names, sorted by their bytes.
pub(super) fn all() -> &'static [&'static str] {
    static NAMES: OnceLock<Vec<&'static str>> = OnceLock::new();
    NAMES.get_or_init(|| {
        let mut names: Vec<_> = TZ_VARIANTS.iter().map(|tz| tz.name()).chain([FACTORY]).collect();
        sort::ascending(&mut names);
        names
    })
}

/// Whether it is one of them.
pub(super) fn is_known(name: &str) -> bool {
    name == FACTORY || Tz::from_str(name).is_ok()
}
