//! What is fixed and what is not, rule by rule.

use std::collections::BTreeMap;
use std::fmt;

use batchlint::rule::FixPromise;
use batchlint::rules;

/// Manifests that a rule is to be seen in.
const ENOUGH: usize = 20;

/// What becomes of a finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Fate {
    Fixed,
    /// Its rule offers nothing here.
    NotOffered,
    /// What is offered changes what runs, and wants a word.
    Unsafe,
    /// What is offered was not proved to do that and nothing else.
    NotProved,
    /// With it the server would refuse something else.
    AnotherError,
    /// The file is a template.
    Template,
}

/// Findings by rule and by what became of them, and the manifests that they stood in.
#[derive(Default)]
pub(crate) struct Table {
    fates: BTreeMap<&'static str, BTreeMap<Fate, usize>>,
    /// Generated ones, and real ones as they were or changed.
    manifests: BTreeMap<&'static str, [usize; 2]>,
}

impl Table {
    pub(crate) fn add(&mut self, is_wild: bool, fates: &[(&'static str, Fate)]) {
        for (rule, fate) in fates {
            *self.fates.entry(rule).or_default().entry(*fate).or_default() += 1;
        }
        let mut seen: Vec<&'static str> = fates.iter().map(|(rule, _)| *rule).collect();
        seen.sort_unstable();
        seen.dedup();
        for rule in seen {
            self.manifests.entry(rule).or_default()[usize::from(is_wild)] += 1;
        }
    }
}

impl fmt::Display for Table {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(out, "| rule | manifests | of them from the wild | findings | fixed | refused | why |")?;
        writeln!(out, "|---|---:|---:|---:|---:|---:|---|")?;
        for entry in rules::all().filter(|entry| entry.rule.page.fix == FixPromise::Safe) {
            let [made, wild] = self.manifests.get(entry.name).copied().unwrap_or_default();
            let fates = self.fates.get(entry.name);
            let count = |fate: Fate| fates.and_then(|fates| fates.get(&fate)).copied().unwrap_or_default();
            let fixed = count(Fate::Fixed);
            let reasons: Vec<(usize, &str)> = [
                (Fate::NotOffered, "nothing certain to offer"),
                (Fate::Unsafe, "changes what runs (--unsafe-fixes)"),
                (Fate::NotProved, "not proved to change that alone"),
                (Fate::AnotherError, "would bring another error"),
                (Fate::Template, "the file is a template"),
            ]
            .map(|(fate, words)| (count(fate), words))
            .to_vec();
            let refused: usize = reasons.iter().map(|(count, _)| count).sum();
            let why: Vec<String> = reasons
                .iter()
                .filter(|(count, _)| *count > 0)
                .map(|(count, words)| format!("{count} {words}"))
                .collect();
            let few = if made + wild < ENOUGH { " (too few)" } else { "" };
            let (manifests, all) = (made + wild, fixed + refused);
            writeln!(
                out,
                "| `{}` | {manifests}{few} | {wild} | {all} | {fixed} | {refused} | {} |",
                entry.name,
                why.join("; ")
            )?;
        }
        Ok(())
    }
}
