//! What was found in a file: of each rule, what can be shown is kept, and the rest is counted.

use std::num::NonZeroUsize;

use super::Habit;
use super::limit::{Limit, Rest};
use super::settle::settle;
use crate::diagnostic::Finding;
use crate::rules::Selection;

/// The findings of a file, part by part, in order of place.
#[derive(Debug)]
pub(super) struct Found<'r> {
    rules: &'r Selection,
    limit: Limit<(), Finding>,
    kept: Vec<Finding>,
    habits: Vec<Habit>,
}

impl<'r> Found<'r> {
    /// Keeps so many of a rule in a document, or all.
    pub(super) fn new(rules: &'r Selection, most: Option<NonZeroUsize>) -> Self {
        Self { rules, limit: Limit::new(most, |finding| finding), kept: Vec::new(), habits: Vec::new() }
    }

    /// Takes all that was found in a part, at places that no other part has.
    pub(super) fn take(&mut self, findings: &mut Vec<Finding>) {
        settle(findings);
        for finding in findings.drain(..) {
            if self.rules.shows(finding.rule) {
                self.kept.extend(self.limit.keep(finding, ()));
            } else {
                self.habits.push(Habit::of(&finding));
            }
        }
        // After a large part there may be many small ones.
        findings.shrink_to(SMALL);
    }

    /// How many more of a rule are kept in a document.
    pub(super) fn room(&self, rule: &str, document: usize) -> usize {
        self.limit.room(rule, document, &())
    }

    /// Counts findings of a document, of whose rule no more are kept.
    pub(super) fn leave_out(&mut self, rest: Rest<Finding>) {
        self.limit.leave_out(rest, ());
    }

    /// Those that are kept.
    pub(super) fn kept(&self) -> &[Finding] {
        &self.kept
    }

    /// Those that are kept, to be changed.
    pub(super) fn kept_mut(&mut self) -> &mut [Finding] {
        &mut self.kept
    }

    /// Those that are kept, those that are counted because there are many, and those that are habits.
    pub(super) fn finish(self) -> (Vec<Finding>, Vec<Rest<Finding>>, Vec<Habit>) {
        (self.kept, self.limit.into_rests(), self.habits)
    }
}

/// Findings that there is room for from part to part.
const SMALL: usize = 64;
