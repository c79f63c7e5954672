//! Why a finding is there and does not count.

use std::sync::Arc;

use crate::text::Message;

/// What takes a finding out of the count; in the terms of SARIF.
#[derive(Debug, Clone, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[non_exhaustive]
pub struct Suppression {
    /// Where it was decided.
    pub kind: SuppressionKind,
    /// Why, in the words of who decided it.
    pub reason: Option<Message>,
}

/// Where a finding was suppressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub enum SuppressionKind {
    /// In the manifest: by a comment or an annotation.
    InSource,
    /// Beside it: in a baseline.
    External,
}

impl SuppressionKind {
    /// The word in every output format.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::InSource => "inSource",
            Self::External => "external",
        }
    }
}

impl Suppression {
    /// One that many findings may share; a reason without a word is none.
    #[must_use]
    pub fn new(kind: SuppressionKind, reason: &str) -> Arc<Self> {
        let reason =
            Some(reason.trim()).filter(|reason| !reason.is_empty()).map(|reason| Message::from(reason.to_owned()));
        Arc::new(Self { kind, reason })
    }

    /// What is said of it behind a finding's message: `suppressed: the cluster has no such quota`.
    #[must_use]
    pub fn words(&self) -> String {
        self.reason.as_ref().map_or_else(|| "suppressed".to_owned(), |reason| format!("suppressed: {reason}"))
    }
}
