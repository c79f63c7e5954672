//! The formats of a check, and what each has to say for itself.

#[cfg(feature = "cli")]
use super::full;
use super::output::Output;
use super::{concise, json, lsp, statistics};

/// How the findings of a check are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum Format {
    /// For people, with the lines.
    #[cfg(feature = "cli")]
    #[default]
    Full,
    /// A line each.
    #[cfg_attr(not(feature = "cli"), default)]
    Concise,
    /// One JSON object.
    Json,
    /// A JSON array of the Language Server Protocol's `PublishDiagnosticsParams`.
    Lsp,
}

impl Format {
    /// Every format, the commonest first.
    pub const ALL: &'static [Self] = &[
        #[cfg(feature = "cli")]
        Self::Full,
        Self::Concise,
        Self::Json,
        Self::Lsp,
    ];

    /// The word for it.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.output().name()
    }

    /// What it is good for, in a line.
    #[must_use]
    pub fn about(self) -> &'static str {
        self.output().about()
    }

    /// What writes statistics instead of findings, for the same readers.
    pub(super) fn statistics(self) -> &'static dyn Output {
        match self {
            #[cfg(feature = "cli")]
            Self::Full => &statistics::Table,
            Self::Concise => &statistics::Table,
            Self::Json | Self::Lsp => &statistics::Object,
        }
    }

    /// The one place that knows which file writes which format.
    pub(super) fn output(self) -> &'static dyn Output {
        match self {
            #[cfg(feature = "cli")]
            Self::Full => &full::Full,
            Self::Concise => &concise::Concise,
            Self::Json => &json::Json,
            Self::Lsp => &lsp::Lsp,
        }
    }
}
