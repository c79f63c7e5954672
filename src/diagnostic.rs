//! What a finding is: plain data, known to every floor above.

use crate::text::{Edit, Span};

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

/// A change that mends a finding; applied whole or not at all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// What it does, as an order: `write 59`.
    pub title: String,
    /// Whether it may be applied without a look.
    pub safety: Safety,
    /// The changes.
    pub edits: Vec<Edit>,
}

impl Fix {
    /// A fix that may be applied without a look.
    #[must_use]
    pub fn safe(title: impl Into<String>, edits: Vec<Edit>) -> Self {
        Self { title: title.into(), safety: Safety::Safe, edits }
    }

    /// A fix that a person should look at.
    #[must_use]
    pub fn unsafe_(title: impl Into<String>, edits: Vec<Edit>) -> Self {
        Self { title: title.into(), safety: Safety::Unsafe, edits }
    }
}
