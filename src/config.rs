//! What a run is told: the settings, and which rules it wants. Reading them from a command line or a file is for callers.

use std::fmt;
use std::num::NonZeroUsize;

use crate::analysis::Settings;
use crate::k8s::schema::nearest;
use crate::rule::{Audience, Entry};
use crate::rules::{self, Selection, Wish};
use crate::schedule::Instant;

/// What to check against, which rules to run, and whom they speak to.
#[derive(Debug, Clone)]
pub struct Config {
    settings: Settings,
    select: Vec<String>,
    ignore: Vec<String>,
    is_pedantic: bool,
    most: Option<NonZeroUsize>,
    selection: Selection,
}

/// A name that is none of a rule or a group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownRule {
    /// The name as given.
    pub name: String,
    /// The rule or group that was likely meant.
    pub nearest: Option<&'static str>,
}

impl fmt::Display for UnknownRule {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "no rule or group is named `{}`", self.name)?;
        self.nearest.map_or(Ok(()), |nearest| write!(out, "; did you mean `{nearest}`?"))
    }
}

impl std::error::Error for UnknownRule {}

impl Config {
    /// Every rule, with these settings; findings of pedantic ones are counted only.
    #[must_use]
    pub fn new(settings: Settings) -> Self {
        let (select, ignore) = (Vec::new(), Vec::new());
        let selection = Selection::new(|_| Wish::Off);
        Self { settings, select, ignore, is_pedantic: false, most: None, selection }.selected()
    }

    /// Every rule, the newest Kubernetes, at the given time.
    #[must_use]
    pub fn at(now: Instant) -> Self {
        Self::new(Settings::at(now))
    }

    /// Only the rules and groups of `select` (all, where it is empty), without those of `ignore`, which is stronger.
    /// Who names a rule, its group or `all` wants to see what it finds, pedantic or not.
    ///
    /// # Errors
    /// The first name that no rule and no group has.
    pub fn with_rules<S: AsRef<str>>(self, select: &[S], ignore: &[S]) -> Result<Self, UnknownRule> {
        for name in select.iter().chain(ignore) {
            known(name.as_ref())?;
        }
        let owned = |names: &[S]| names.iter().map(|name| name.as_ref().to_owned()).collect();
        Ok(Self { select: owned(select), ignore: owned(ignore), ..self }.selected())
    }

    /// Whether to show what pedantic rules find, too, and not just to count it.
    #[must_use]
    pub fn with_pedantic(self, is_pedantic: bool) -> Self {
        Self { is_pedantic, ..self }.selected()
    }

    /// Keeps so many findings of one rule in a document, and ten times as many in a file, and counts the rest; without,
    /// all are kept.
    #[must_use]
    pub fn with_most(self, most: Option<NonZeroUsize>) -> Self {
        Self { most, ..self }
    }

    fn selected(self) -> Self {
        Self { selection: Selection::new(|entry| self.wish(entry)), ..self }
    }

    fn wish(&self, entry: &Entry) -> Wish {
        let is_in = |names: &[String]| names.iter().any(|name| entry.is_meant_by(name));
        if is_in(&self.ignore) {
            return Wish::Off;
        }
        match (self.select.is_empty(), entry.rule.page.audience) {
            (true, Audience::Pedantic { .. }) if !self.is_pedantic => Wish::Count,
            (true, _) => Wish::Show,
            (false, _) => {
                if is_in(&self.select) {
                    Wish::Show
                } else {
                    Wish::Off
                }
            }
        }
    }

    /// Whether findings of that rule are shown, and not just counted.
    #[must_use]
    pub fn shows(&self, rule: &str) -> bool {
        self.selection.shows(rule)
    }

    /// What rules may know of the world.
    #[must_use]
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// How many findings of one rule in a document are kept, if not all.
    #[must_use]
    pub const fn most(&self) -> Option<NonZeroUsize> {
        self.most
    }

    /// The rules to run.
    pub(crate) fn selection(&self) -> &Selection {
        &self.selection
    }
}

/// Tells names of rules and groups, and `all`, from others.
///
/// # Errors
/// What was likely meant, if it is none.
pub fn known(name: &str) -> Result<(), UnknownRule> {
    if rules::all().any(|entry| entry.is_meant_by(name)) {
        return Ok(());
    }
    let names = rules::groups().into_iter().chain(rules::all().map(|entry| entry.name));
    Err(UnknownRule { name: name.to_owned(), nearest: nearest(name, names) })
}

#[cfg(test)]
mod tests {
    use super::Config;
    use crate::schedule::Instant;

    #[test]
    fn a_name_that_no_rule_has_is_refused() {
        let error =
            Config::at(Instant::from_unix(0)).with_rules(&["schedule-sintax"], &[]).expect_err("it is misspelled");
        assert_eq!(error.to_string(), "no rule or group is named `schedule-sintax`; did you mean `schedule-syntax`?");
        assert!(Config::at(Instant::from_unix(0)).with_rules(&["schedule", "ttl-unset"], &["all"]).is_ok());
        assert!(Config::at(Instant::from_unix(0)).with_rules(&[], &["pods"]).is_err());
    }

    #[test]
    fn pedantic_rules_are_counted_unless_somebody_asks_for_them() {
        let config = || Config::at(Instant::from_unix(0));
        let selected = |select: &[&str]| config().with_rules(select, &[]).expect("these exist");
        let shows = |config: &Config| config.shows("ttl-unset");
        assert!(!shows(&config()));
        assert!(shows(&config().with_pedantic(true)));
        for name in ["ttl-unset", "run", "all"] {
            assert!(shows(&selected(&[name])), "{name}");
        }
        assert!(!shows(&config().with_rules(&[], &["pod"]).expect("there is such a group")));
    }
}
