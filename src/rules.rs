//! The rulebook: one folder a group, one file a rule.

mod index;
mod run;

use crate::rule::Entry;

/// Every rule, in order of group and name.
pub fn all() -> impl Iterator<Item = &'static Entry> + Clone {
    index::ALL.iter()
}

/// The rule of that name.
#[must_use]
pub fn find(name: &str) -> Option<&'static Entry> {
    all().find(|entry| entry.name == name)
}
