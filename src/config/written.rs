//! What a configuration file says, and where.

use crate::analysis::Trait;
use crate::diagnostic::Severity;
use crate::k8s::Version;
use crate::rule::{Entry, Parameter};
use crate::schedule::Zone;
use crate::template::Setting;
use crate::text::Span;

/// What a configuration file says.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct Written {
    /// The file that is its base, relative to its own folder.
    pub extend: Option<Said<String>>,
    /// What holds for all files.
    pub layer: Layer,
    /// Files that are not looked at, as a `.gitignore` names them.
    pub exclude: Vec<Said<String>>,
    /// Files of other endings that are looked at in folders, likewise.
    pub include: Vec<Said<String>>,
    /// What holds for some files; a later one is stronger.
    pub overrides: Vec<Override>,
    /// The findings that do not count, relative to its own folder.
    pub baseline: Option<Said<String>>,
}

/// What a configuration says of rules and of the cluster; what it does not say is left to the one below.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct Layer {
    /// Only these rules and groups.
    pub select: Option<Vec<Said<String>>>,
    /// Without these, beside those of the layers below.
    pub ignore: Vec<Said<String>>,
    /// Whether habits are shown, too.
    pub pedantic: Option<Said<bool>>,
    /// Whether a suppression has to say why.
    pub require_reason: Option<Said<bool>>,
    /// How much findings of rules and groups matter here.
    pub severity: Vec<(Said<String>, Severity)>,
    /// The version whose API server is asked.
    pub kubernetes_version: Option<Said<Version>>,
    /// The zone of its CronJob controller.
    pub controller_time_zone: Option<Said<Zone>>,
    /// The least severity that is shown.
    pub min_severity: Option<Said<Severity>>,
    /// Files of values that charts are given, relative to its own folder, beside those of the layers below.
    pub values: Vec<Said<String>>,
    /// What is set on top of them, likewise.
    pub settings: Vec<Said<Setting>>,
    /// Limits of rules.
    pub limits: Vec<Limit>,
    /// What `simulate` is to assume of Jobs.
    pub assumptions: Vec<Assumption>,
}

/// What holds for some files.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct Override {
    /// Which ones, as a `.gitignore` names them.
    pub paths: Vec<Said<String>>,
    /// What holds for them.
    pub layer: Layer,
}

/// Something that is to be assumed, and where it is said.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Assumption {
    /// The name of the object, with or without its namespace; `None`: of all.
    pub of: Option<String>,
    /// What.
    pub what: Trait,
    /// Where it is said.
    pub span: Span,
}

/// A limit of a rule, and where it is said.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Limit {
    /// The rule.
    pub rule: &'static Entry,
    /// What is set in it.
    pub parameter: &'static Parameter,
    /// To what; a length of time in seconds.
    pub value: i64,
    /// Where it is said.
    pub span: Span,
}

/// A value, and the bytes of the file that say it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said<T> {
    /// The value.
    pub value: T,
    /// Where it is said.
    pub span: Span,
}

/// Something that is wrong with a configuration file.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Fault {
    /// Where.
    pub span: Span,
    /// What, and what would be right.
    pub message: String,
}

impl Layer {
    /// The names of rules and groups that it has.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        let selected =
            self.select.iter().flatten().chain(&self.ignore).chain(self.severity.iter().map(|(name, _)| name));
        selected.map(|name| name.value.as_str())
    }
}

impl<T> Said<T> {
    /// A value that no file says.
    pub fn aside(value: T) -> Self {
        Self { value, span: Span::empty(0) }
    }
}

impl Fault {
    /// A fault at its place.
    pub fn new(span: Span, message: impl Into<String>) -> Self {
        Self { span, message: message.into() }
    }
}
