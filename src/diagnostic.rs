//! What a finding is: plain data, known to every floor above.

use crate::text::Span;
use crate::yaml::Change;

/// How much a finding matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Accepted and works; the field's good practice says otherwise.
    Advice,
    /// Accepted, and almost surely not what the author wants.
    Warning,
    /// The API server rejects it, or it can never do its work.
    Error,
}

impl Severity {
    /// The word in every output format.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Advice => "advice",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// A second place that explains a finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// Its bytes.
    pub span: Span,
    /// What there is to see.
    pub message: String,
}

/// Whether a fix may be applied without a look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Safety {
    /// Keeps the meaning, or restores the only one there can be.
    Safe,
    /// Changes what runs; a person should look.
    Unsafe,
}

impl Safety {
    /// The word in every output format.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Safe => "safe",
            Self::Unsafe => "unsafe",
        }
    }
}

/// A change that mends a finding; applied whole or not at all. Whether it can be made is seen when somebody wants its
/// edits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// What it does, as an order: `write 59`.
    pub title: String,
    /// Whether it may be applied without a look.
    pub safety: Safety,
    /// What to change.
    pub change: Change,
}

impl Fix {
    /// A fix that may be applied without a look.
    #[must_use]
    pub fn safe(title: impl Into<String>, change: Change) -> Self {
        Self { title: title.into(), safety: Safety::Safe, change }
    }

    /// A fix that a person should look at.
    #[must_use]
    pub fn unsafe_(title: impl Into<String>, change: Change) -> Self {
        Self { title: title.into(), safety: Safety::Unsafe, change }
    }
}

/// The object a finding is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Object {
    /// `apiVersion` as written.
    pub api_version: String,
    /// `kind` as written.
    pub kind: String,
    /// `metadata.namespace`, if there is one.
    pub namespace: Option<String>,
    /// `metadata.name`, or what the server makes a name from.
    pub name: Option<String>,
}

/// What the API server answers to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServerCause {
    /// `parse`, `decode`, `strict` or `validation`.
    pub stage: &'static str,
    /// Kubernetes' type of cause; `None` before validation.
    pub reason: Option<&'static str>,
    /// The field as the server names it.
    pub field: String,
}

/// One thing that is wrong with a file, at one place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The rule's name.
    pub rule: &'static str,
    /// The rule's group.
    pub group: &'static str,
    /// How much it matters.
    pub severity: Severity,
    /// What is there: one lower-case sentence without a full stop.
    pub message: String,
    /// How to mend it.
    pub help: Option<String>,
    /// The bytes at fault.
    pub span: Span,
    /// The document, counted from 0 as kubectl counts.
    pub document: Option<usize>,
    /// The object, where it stands in one.
    pub object: Option<Object>,
    /// Kubernetes' path of the field.
    pub field: Option<String>,
    /// What the API server answers; only where it rejects.
    pub server: Option<ServerCause>,
    /// Other places that explain it.
    pub labels: Vec<Label>,
    /// Changes that mend it.
    pub fixes: Vec<Fix>,
}
