//! What is to be done in files before they are checked, and what was done.

use std::collections::BTreeMap;

use crate::cli::complain;
use crate::diagnostic::Safety;
use crate::mend::ignores::TO_DO;
use crate::mend::{Applied, Refusal};
use crate::sort;

/// What to do with a text before it is checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Mending {
    pub(super) work: Work,
    /// Whether it is only shown what would change.
    pub(super) is_shown: bool,
}

/// What changes a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Work {
    Fix(Safety),
    Ignore,
}

/// Why a finding of a file is not mended.
pub(super) fn refusal(name: &str, Applied { rule, title, message, .. }: &Applied, why: Option<&Refusal>) -> String {
    match why {
        Some(why) => format!("{name}: not fixed: {message} ({rule}): {why}"),
        None => format!("{name}: not fixed: {message} ({rule}): to {title} alone would bring another error"),
    }
}

/// What was done in files.
#[derive(Debug, Default)]
pub(super) struct Sum {
    files: usize,
    rules: BTreeMap<&'static str, usize>,
    forbidden: usize,
}

impl Sum {
    /// So much of these rules was done in so many files, and so many findings have only fixes that are not allowed.
    pub(super) fn of(files: usize, rules: impl IntoIterator<Item = (&'static str, usize)>, forbidden: usize) -> Self {
        let mut sum = Self { files, rules: BTreeMap::new(), forbidden };
        for (rule, count) in rules {
            *sum.rules.entry(rule).or_default() += count;
        }
        sum
    }

    pub(super) fn add(&mut self, other: &Self) {
        self.files += other.files;
        self.forbidden += other.forbidden;
        for (rule, count) in &other.rules {
            *self.rules.entry(rule).or_default() += count;
        }
    }

    /// Says what was done, and what wants a person's decision.
    pub(super) fn say(&self, mending: Mending) {
        let count: usize = self.rules.values().sum();
        if count > 0 {
            let verb = match (mending.work, mending.is_shown) {
                (Work::Fix(_), false) => "fixed",
                (Work::Fix(_), true) => "--fix would fix",
                (Work::Ignore, false) => "suppressed",
                (Work::Ignore, true) => "--add-ignores would suppress",
            };
            let (findings, files) = (things(count, "finding"), things(self.files, "file"));
            complain(&format!("{verb} {findings} in {files}: {}", self.by_rule()));
            if mending == (Mending { work: Work::Ignore, is_shown: false }) {
                complain(&format!("write the reasons where `{TO_DO}` stands"));
            }
        }
        if self.forbidden > 0 {
            let findings = things(self.forbidden, "finding");
            complain(&format!(
                "{findings} more can be fixed by changing what runs: look at it with --diff --unsafe-fixes, apply it \
                 with --fix --unsafe-fixes"
            ));
        }
    }

    /// How much of each rule, the commonest first; of what nobody reads to the end, the sum.
    fn by_rule(&self) -> String {
        let mut rules: Vec<_> = self.rules.iter().collect();
        sort::by_key(&mut rules, |(_, count)| std::cmp::Reverse(**count));
        let (named, others) = rules.split_at(if rules.len() > NAMED + 1 { NAMED } else { rules.len() });
        let mut parts: Vec<String> = named.iter().map(|(rule, count)| format!("{count} {rule}")).collect();
        if !others.is_empty() {
            let sum: usize = others.iter().map(|(_, count)| **count).sum();
            parts.push(format!("{sum} of {} other rules", others.len()));
        }
        parts.join(", ")
    }
}

/// Rules that are named beside what was done.
const NAMED: usize = 5;

pub(super) fn things(count: usize, thing: &str) -> String {
    format!("{count} {thing}{}", if count == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::Sum;

    #[test]
    fn the_commonest_rules_are_named_and_the_others_counted() {
        let names = ["a", "b", "c", "d", "e", "f", "g", "h"];
        let sum = |count: usize| Sum::of(1, names[..count].iter().copied().zip([1, 2, 3, 3, 2, 1, 1, 1]), 0).by_rule();
        assert_eq!(sum(6), "3 c, 3 d, 2 b, 2 e, 1 a, 1 f");
        assert_eq!(sum(8), "3 c, 3 d, 2 b, 2 e, 1 a, 3 of 3 other rules");
        assert_eq!(sum(1), "1 a");
    }
}
