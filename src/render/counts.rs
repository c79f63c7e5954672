//! What was found, counted by rule.

use std::collections::BTreeMap;

use crate::diagnostic::{Finding, Resolved, Safety, Severity};

/// How often each rule found something, and how much of it can be fixed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Counts(BTreeMap<(&'static str, Severity), Count>);

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Count {
    pub(super) all: usize,
    /// Those that have a safe fix.
    pub(super) safe: usize,
    /// Those that have an unsafe fix and no other.
    pub(super) r#unsafe: usize,
}

impl Counts {
    /// Adds a finding with its fixes that hold.
    pub(super) fn add(&mut self, finding: &Finding, fixes: &[Resolved]) {
        let counts = self.0.entry((finding.rule, finding.severity)).or_default();
        counts.all += 1;
        if fixes.iter().any(|fix| fix.safety == Safety::Safe) {
            counts.safe += 1;
        } else if !fixes.is_empty() {
            counts.r#unsafe += 1;
        }
    }

    /// Adds those of another file.
    pub(super) fn merge(&mut self, other: Self) {
        for (key, Count { all, safe, r#unsafe }) in other.0 {
            let counts = self.0.entry(key).or_default();
            counts.all += all;
            counts.safe += safe;
            counts.r#unsafe += r#unsafe;
        }
    }

    /// Each rule with each severity that its findings have, in order of its name.
    pub(super) fn each(&self) -> impl Iterator<Item = (&'static str, Severity, Count)> {
        self.0.iter().map(|(&(rule, severity), count)| (rule, severity, *count))
    }
}
