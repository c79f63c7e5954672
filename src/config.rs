//! What a run is told: the settings, and which rules it wants. Reading them from a command line or a file is for callers.

#[cfg(feature = "cli")]
mod baseline;
#[cfg(feature = "templates")]
mod chart_values;
#[cfg(feature = "cli")]
mod reader;
#[cfg(feature = "cli")]
mod schema;
#[cfg(feature = "cli")]
mod written;

#[cfg(feature = "cli")]
pub use baseline::{Baseline, Known, without};
#[cfg(feature = "templates")]
pub use chart_values::ChartValues;
#[cfg(feature = "cli")]
pub use reader::read;
#[cfg(feature = "cli")]
pub use schema::schema;
#[cfg(feature = "cli")]
pub use written::{Assumption, Fault, Layer, Limit, Override, Said, Written};

use std::collections::BTreeSet;
use std::fmt;
use std::num::NonZeroUsize;
use std::sync::LazyLock;

use crate::analysis::{Settings, Trait};
use crate::diagnostic::Severity;
use crate::hash::HashSet;
use crate::k8s::schema::Candidates;
use crate::rule::{Audience, Check, Entry, Limits, Misuse};
use crate::rules::{self, Selection, Wish};
use crate::schedule::Instant;

/// What to check against, which rules to run, and whom they speak to.
#[derive(Debug, Clone, serde::Serialize, serde::Deserialize)]
pub struct Config {
    settings: Settings,
    select: Vec<String>,
    ignore: Vec<String>,
    is_pedantic: bool,
    requires_reason: bool,
    /// How much findings matter, by the name of their rule or group, or `all`.
    severities: Vec<(String, Severity)>,
    /// What is less severe is not shown.
    least: Severity,
    limits: Limits,
    /// What `simulate` is to assume of all Jobs, or of those of a name, the weaker first.
    assumptions: Vec<(Option<String>, Trait)>,
    most: Option<NonZeroUsize>,
    /// Whether templates of charts are also run with other values than are given.
    assumes_values: bool,
    /// What charts are given beside their own values.
    #[cfg(feature = "templates")]
    chart_values: ChartValues,
    #[serde(skip, default = "nothing")]
    selection: Selection,
}

/// No rule at all.
fn nothing() -> Selection {
    Selection::new(|_| Wish::Off)
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
        let (select, ignore, severities) = (Vec::new(), Vec::new(), Vec::new());
        let (least, limits, selection) = (Severity::Advice, Limits::default(), nothing());
        let (is_pedantic, requires_reason, most, assumptions) = (false, false, None, Vec::new());
        let none = Self {
            settings,
            select,
            ignore,
            is_pedantic,
            requires_reason,
            severities,
            least,
            limits,
            assumptions,
            most,
            assumes_values: true,
            #[cfg(feature = "templates")]
            chart_values: ChartValues::default(),
            selection,
        };
        none.selected()
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

    /// Whether a suppression has to say why.
    #[must_use]
    pub fn with_required_reason(self, requires_reason: bool) -> Self {
        Self { requires_reason, ..self }.selected()
    }

    /// Keeps so many findings of one rule in a document, and ten times as many in a file, and counts the rest; without,
    /// all are kept.
    #[must_use]
    pub fn with_most(self, most: Option<NonZeroUsize>) -> Self {
        Self { most, ..self }
    }

    /// Whether templates of charts are also run with other values than are given, for what those leave out.
    #[must_use]
    pub fn with_assumptions(self, assumes_values: bool) -> Self {
        Self { assumes_values, ..self }
    }

    /// Whether they are.
    #[must_use]
    pub fn assumes_values(&self) -> bool {
        self.assumes_values
    }

    /// Shows what is at least as severe as this, and counts the rest.
    #[must_use]
    pub fn with_min_severity(self, least: Severity) -> Self {
        Self { least, ..self }
    }

    /// What these layers say together, the lower ones first: of what is said twice the upper one holds, but what one of
    /// them ignores stays ignored.
    ///
    /// # Errors
    /// The first name that no rule and no group has.
    #[cfg(feature = "cli")]
    pub fn of_layers<'l>(settings: Settings, layers: impl IntoIterator<Item = &'l Layer>) -> Result<Self, UnknownRule> {
        let owned = |names: &[Said<String>]| -> Vec<String> { names.iter().map(|name| name.value.clone()).collect() };
        let mut config = Self::new(settings);
        let (mut select, mut ignore) = (Vec::new(), Vec::new());
        for layer in layers {
            if let Some(names) = &layer.select {
                select = owned(names);
            }
            ignore.extend(owned(&layer.ignore));
            if let Some(pedantic) = &layer.pedantic {
                config.is_pedantic = pedantic.value;
            }
            if let Some(required) = &layer.require_reason {
                config.requires_reason = required.value;
            }
            if let Some(version) = &layer.kubernetes_version {
                config.settings = config.settings.with_kubernetes(version.value);
            }
            if let Some(zone) = &layer.controller_time_zone {
                config.settings = config.settings.with_controller_zone(Some(zone.value));
            }
            if let Some(least) = &layer.min_severity {
                config.least = least.value;
            }
            for limit in &layer.limits {
                config.limits.set(limit.rule.name, limit.parameter, limit.value);
            }
            config.chart_values.files.extend(layer.values.iter().map(|file| file.value.clone()));
            config.chart_values.settings.extend(layer.settings.iter().map(|setting| setting.value.clone()));
            config.assumptions.extend(layer.assumptions.iter().map(|one| (one.of.clone(), one.what)));
            config.severities.extend(layer.severity.iter().map(|(name, severity)| (name.value.clone(), *severity)));
        }
        config.with_rules(&select, &ignore)
    }

    /// How much findings of a rule matter, where that was said: of its name, its group and `all` the most exact decides.
    #[must_use]
    pub fn severity_of(&self, rule: &str) -> Option<Severity> {
        if self.severities.is_empty() {
            return None;
        }
        let entry = rules::find(rule)?;
        let exactness = |name: &str| if name == "all" { 0 } else { 1 + u8::from(name != entry.group) };
        let said = self.severities.iter().filter(|(name, _)| entry.is_meant_by(name));
        // Of equals the last one.
        said.max_by_key(|(name, _)| exactness(name)).map(|(_, severity)| *severity)
    }

    /// How much findings of a rule matter, said or not.
    fn weight(&self, rule: &str) -> Option<Severity> {
        self.severity_of(rule).or_else(|| Some(rules::find(rule)?.rule.page.severity))
    }

    /// Whether findings of a rule are less severe than is wanted.
    pub(crate) fn is_below(&self, rule: &str) -> bool {
        self.weight(rule).is_some_and(|severity| severity < self.least)
    }

    /// The same at another time; one that was written down has its rules again.
    #[cfg(feature = "cli")]
    #[must_use]
    pub(crate) fn at_another_time(mut self, now: Instant) -> Self {
        self.settings.now = now;
        self.selected()
    }

    fn selected(self) -> Self {
        let selection = Selection::new(|entry| self.wish(entry)).with_limits(self.limits.clone());
        Self { selection, ..self }
    }

    fn wish(&self, entry: &Entry) -> Wish {
        let is_in = |names: &[String]| names.iter().any(|name| entry.is_meant_by(name));
        if is_in(&self.ignore) {
            return Wish::Off;
        }
        if self.requires_reason && matches!(entry.rule.check, Check::Suppression(Misuse::WithoutReason)) {
            return Wish::Show;
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

    /// What is less severe than this is not shown.
    #[must_use]
    pub const fn min_severity(&self) -> Severity {
        self.least
    }

    /// Whether findings of that rule are shown, and not just counted.
    #[must_use]
    pub fn shows(&self, rule: &str) -> bool {
        self.selection.shows(rule)
    }

    /// Whether that rule was asked for, by its own name, a group's, or because nothing else was said.
    #[must_use]
    pub fn wants(&self, rule: &str) -> bool {
        rules::find(rule).is_some_and(|entry| self.wish(entry) == Wish::Show)
    }

    /// What rules may know of the world.
    #[must_use]
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// What `simulate` is to assume of all Jobs, or of those of a name, the weaker first.
    #[must_use]
    pub fn assumptions(&self) -> &[(Option<String>, Trait)] {
        &self.assumptions
    }

    /// What charts are given beside their own values, the strongest last.
    #[cfg(feature = "templates")]
    #[must_use]
    pub const fn chart_values(&self) -> &ChartValues {
        &self.chart_values
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

/// Of names that are not all of today: what each means now, in a sentence, once.
#[must_use]
pub fn renamed(names: &[&str]) -> Vec<String> {
    let mut said = Vec::new();
    for name in names.iter().collect::<BTreeSet<_>>() {
        let is_new = |entry: &&Entry| entry.rule.page.was_named(name) && !names.contains(&entry.name);
        for new in rules::all().filter(is_new) {
            let is_split = rules::find(name).is_some();
            said.push(match is_split {
                true => format!("`{name}` means `{0}`, too: what `{0}` finds was a part of it", new.name),
                false => format!("`{name}` is called `{}` now", new.name),
            });
        }
    }
    said
}

/// Tells names of rules and groups, and `all`, from others.
///
/// # Errors
/// What was likely meant, if it is none.
pub fn known(name: &str) -> Result<(), UnknownRule> {
    // A text may suppress by a hundred thousand names.
    static NAMES: LazyLock<Candidates<'_>> =
        LazyLock::new(|| rules::groups().into_iter().chain(rules::all().map(|entry| entry.name)).collect());
    static MEANT: LazyLock<HashSet<&str>> =
        LazyLock::new(|| rules::all().flat_map(Entry::names).chain(["all"]).collect());
    if MEANT.contains(name) {
        return Ok(());
    }
    Err(UnknownRule { name: name.to_owned(), nearest: NAMES.nearest(name) })
}

#[cfg(test)]
mod tests {
    use super::{Config, renamed};
    use crate::schedule::Instant;

    #[test]
    fn a_name_that_no_rule_has_is_refused() {
        let error =
            Config::at(Instant::from_unix(0)).with_rules(&["schedule-sintax"], &[]).expect_err("it is misspelled");
        assert_eq!(error.to_string(), "no rule or group is named `schedule-sintax`; did you mean `schedule-syntax`?");
        assert!(Config::at(Instant::from_unix(0)).with_rules(&["schedule", "ttl-unset"], &["all"]).is_ok());
        assert!(Config::at(Instant::from_unix(0)).with_rules(&[], &["pods"]).is_err());
    }

    #[cfg(feature = "cli")]
    #[test]
    fn layers_lie_upon_each_other() {
        use super::read;
        use crate::analysis::Settings;
        use crate::diagnostic::Severity;

        let layer = |text: &str| read(text).expect("it is right").layer;
        let lower = layer("select = ['run']\nignore = ['ttl-unset']\n[severity]\nall = 'error'\nrun = 'warning'");
        let upper = layer("select = ['run', 'pod']\nkubernetes-version = '1.28'\n[severity]\nruns-pile-up = 'advice'");
        let settings = Settings::at(Instant::from_unix(0));
        let config = Config::of_layers(settings, [&lower, &upper]).expect("the names exist");
        assert_eq!(config.settings().kubernetes.to_string(), "1.28");
        let wanted = ["runs-pile-up", "image-not-pinned", "ttl-unset", "unknown-field"].map(|rule| config.wants(rule));
        assert_eq!(wanted, [true, true, false, false]);
        let severities = ["runs-pile-up", "ttl-unset", "unknown-field"].map(|rule| config.severity_of(rule));
        assert_eq!(severities, [Some(Severity::Advice), Some(Severity::Warning), Some(Severity::Error)]);
    }

    #[test]
    fn a_name_that_a_rule_had_is_taken_and_the_new_one_is_said_once() {
        let config = Config::at(Instant::from_unix(0)).with_rules(&["name-too-long"], &[]).expect("it is a name");
        assert!(config.shows("name-not-allowed"));
        let said = "`name-too-long` means `name-not-allowed`, too: what `name-not-allowed` finds was a part of it";
        assert_eq!(renamed(&["name-too-long", "run", "name-too-long"]), [said]);
        assert_eq!(renamed(&["name-too-long", "name-not-allowed"]), Vec::<String>::new());
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
