//! The rulebook: one folder a group, one file a rule.

mod api;
mod fleet;
mod index;
mod pod;
mod run;
mod schedule;
mod selection;
mod yaml;

use std::collections::BTreeSet;

use crate::rule::Entry;

pub(crate) use selection::{Selection, Wish};

/// Every rule, in order of group and name.
pub fn all() -> impl ExactSizeIterator<Item = &'static Entry> + Clone {
    index::ALL.iter()
}

/// The rule of that name.
#[must_use]
pub fn find(name: &str) -> Option<&'static Entry> {
    all().find(|entry| entry.name == name)
}

/// The groups of the rulebook, each once.
#[must_use]
pub fn groups() -> BTreeSet<&'static str> {
    all().map(|entry| entry.group).collect()
}
