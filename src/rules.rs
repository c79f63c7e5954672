//! The rulebook: one folder a group, one file a rule.

mod index;
mod pod;
mod run;
mod schedule;
mod yaml;

use crate::k8s::Topic;
use crate::rule::{Check, Entry};

/// Every rule, in order of group and name.
pub fn all() -> impl Iterator<Item = &'static Entry> + Clone {
    index::ALL.iter()
}

/// The rule of that name.
#[must_use]
pub fn find(name: &str) -> Option<&'static Entry> {
    all().find(|entry| entry.name == name)
}

/// The rule whose page speaks of that topic of the API; `tests/rulebook.rs` sees to it that each has one.
pub(crate) fn of_topic(topic: Topic) -> Option<&'static Entry> {
    all().find(|entry| matches!(entry.rule.check, Check::Api(own) if own == topic))
}
