//! Many files together: what is known of each, and what can be said only when all were read.

mod circumstances;
mod suppressing;

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::analysis::Facts;
use crate::config::Config;
use crate::diagnostic::{Condition, Late};
use crate::rule::{Check, Fleet, FleetFindings};
use crate::sort;
pub(crate) use circumstances::Circumstances;

/// How much of what belongs together was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum Scope {
    /// All of it: a folder, or what a program writes to standard input.
    Whole,
    /// A part: single files, those of a commit.
    Part,
}

/// What is known of the files of a run. It grows file by file, in any order; parts of it can be made apart and merged. A copy
/// shares what is known.
#[derive(Debug, Clone, Default)]
pub struct Project {
    files: BTreeMap<Arc<str>, Arc<Facts>>,
    /// What others have found over some of them.
    told: Vec<Late>,
}

impl Project {
    /// No file yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a file; what was known of one of the same name is forgotten.
    pub fn add(&mut self, facts: Facts) {
        if facts.is_empty() {
            self.files.remove(&facts.file);
        } else {
            self.files.insert(Arc::clone(&facts.file), Arc::new(facts));
        }
    }

    /// Adds findings over some of the files that others have made, to be told with its own.
    pub fn tell(&mut self, found: impl IntoIterator<Item = Late>) {
        self.told.extend(found);
    }

    /// Forgets a file that is no more.
    pub fn remove(&mut self, name: &str) {
        self.files.remove(name);
    }

    /// What is known of a file.
    #[must_use]
    pub fn file(&self, name: &str) -> Option<&Facts> {
        self.files.get(name).map(|facts| &**facts)
    }

    /// Adds all files of another project; of two of the same name the other's counts.
    pub fn merge(&mut self, other: Self) {
        self.files.extend(other.files);
        self.told.extend(other.told);
    }

    /// What is known of each file, in order of their names.
    pub fn files(&self) -> impl Iterator<Item = &Facts> {
        self.files.values().map(|facts| &**facts)
    }

    /// The findings over all files, those of single files on which the others have a say, and some that were found
    /// otherwise, in order of place; those that do not count say so.
    #[must_use]
    pub(crate) fn findings(&self, beside: Vec<Late>, config: &Config, scope: Scope) -> Vec<Late> {
        let files: Vec<&Facts> = self.files().collect();
        let mut found = self.decided(scope);
        found.extend(beside);
        found.extend_from_slice(&self.told);
        for entry in config.selection().fleets.iter().copied() {
            if let Check::Fleet(check) = entry.rule.check {
                let mut findings = FleetFindings::new(entry, config.selection().limits());
                check(&Fleet { settings: config.settings(), files: &files }, &mut findings);
                found.extend(findings.into_late());
            }
        }
        suppressing::suppress(&mut found, &files, config, scope);
        let place = |late: &Late| (Arc::clone(&late.at().file), late.at().span(), late.finding().rule);
        sort::by_cached_key(&mut found, place);
        let weighed = |late: Late| match config.severity_of(late.finding().rule) {
            Some(severity) => late.with_severity(severity),
            None => late,
        };
        found.into_iter().map(weighed).collect()
    }

    /// What the files show together.
    pub(crate) fn circumstances(&self) -> Circumstances {
        Circumstances::of(self.files())
    }

    /// The conditional findings that are to be said.
    fn decided(&self, scope: Scope) -> Vec<Late> {
        let conditional = || self.files().flat_map(|facts| &facts.conditional);
        if conditional().next().is_none() {
            return Vec::new();
        }
        let circumstances = (scope == Scope::Whole).then(|| self.circumstances());
        decided(conditional(), circumstances.as_ref()).cloned().collect()
    }
}

/// Those of conditional findings that are to be said; without circumstances, where nobody can tell.
pub(crate) fn decided<'f>(
    conditional: impl IntoIterator<Item = &'f (Condition, Late)>,
    circumstances: Option<&Circumstances>,
) -> impl Iterator<Item = &'f Late> {
    let is_said = move |(condition, late): &&(Condition, Late)| {
        condition.decide(circumstances.map(|all| all.hold(condition.circumstance, &late.at().file)))
    };
    conditional.into_iter().filter(is_said).map(|(_, late)| late)
}
