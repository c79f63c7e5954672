//! What the server refuses of a text, to be compared with what it refuses after a change.

use crate::diagnostic::{Finding, Severity};
use crate::hash::HashSet;
use crate::lint::Report;
use crate::text::Message;

/// The findings of severity error.
pub(super) struct Errors {
    all: Vec<(&'static str, Message, Option<String>)>,
}

impl Errors {
    pub(super) fn of(report: &Report) -> Self {
        // What somebody suppressed is no less refused.
        Self::among(report.findings.iter().chain(&report.suppressed))
    }

    pub(super) fn among<'f>(all: impl Iterator<Item = &'f Finding>) -> Self {
        let errors = all.filter(|finding| finding.severity == Severity::Error);
        Self { all: errors.map(|error| (error.rule, error.message.clone(), error.field.clone())).collect() }
    }

    /// Whether there are no more than there were, and none is new: a change moves some to other fields, and alters what
    /// is said of others, but hardly both.
    pub(super) fn are_no_worse_than(&self, before: &Self) -> bool {
        let messages: HashSet<_> = before.all.iter().map(|(rule, message, _)| (rule, message)).collect();
        let fields: HashSet<_> = before.all.iter().map(|(rule, _, field)| (rule, field)).collect();
        let is_known = |(rule, message, field): &(&'static str, Message, Option<String>)| {
            messages.contains(&(rule, message)) || fields.contains(&(rule, field))
        };
        self.all.len() <= before.all.len() && self.all.iter().all(is_known)
    }
}
