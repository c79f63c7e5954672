//! The formats of a check, and what each has to say for itself.

#[cfg(feature = "cli")]
use super::full;
use super::output::Output;
use super::{concise, json, lsp, markdown, pipeline, statistics};

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
    /// A table in Markdown.
    Markdown,
    /// SARIF 2.1.0.
    Sarif,
    /// Workflow commands of GitHub Actions.
    GitHub,
    /// A Code Quality report of GitLab.
    GitLab,
    /// JUnit's XML.
    JUnit,
    /// Checkstyle's XML.
    Checkstyle,
    /// reviewdog's diagnostics in one JSON object.
    Rdjson,
    /// reviewdog's diagnostics, one a line.
    Rdjsonl,
    /// Logging commands of Azure Pipelines.
    Azure,
    /// Service messages of TeamCity.
    TeamCity,
}

impl Format {
    /// Every format, the commonest first.
    pub const ALL: &'static [Self] = &[
        #[cfg(feature = "cli")]
        Self::Full,
        Self::Concise,
        Self::Json,
        Self::Lsp,
        Self::Markdown,
        Self::Sarif,
        Self::GitHub,
        Self::GitLab,
        Self::JUnit,
        Self::Checkstyle,
        Self::Rdjson,
        Self::Rdjsonl,
        Self::Azure,
        Self::TeamCity,
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

    /// Whether it is for people.
    #[must_use]
    pub const fn is_for_people(self) -> bool {
        match self {
            #[cfg(feature = "cli")]
            Self::Full => true,
            Self::Concise | Self::Markdown => true,
            _ => false,
        }
    }

    /// Whether a pipeline picks it out of a log, in which anything else may stand.
    #[must_use]
    pub const fn is_for_logs(self) -> bool {
        matches!(self, Self::GitHub | Self::Azure | Self::TeamCity)
    }

    /// Whether it has a place for statistics instead of findings.
    #[must_use]
    pub const fn has_statistics(self) -> bool {
        self.is_for_people() && !matches!(self, Self::Markdown) || matches!(self, Self::Json)
    }

    /// What writes statistics instead of findings, for the same readers.
    pub(super) fn statistics(self) -> &'static dyn Output {
        if self.is_for_people() { &statistics::Table } else { &statistics::Object }
    }

    /// The one place that knows which file writes which format.
    pub(super) fn output(self) -> &'static dyn Output {
        match self {
            #[cfg(feature = "cli")]
            Self::Full => &full::Full,
            Self::Concise => &concise::Concise,
            Self::Json => &json::Json,
            Self::Lsp => &lsp::Lsp,
            Self::Markdown => &markdown::Markdown,
            Self::Sarif => &pipeline::Sarif,
            Self::GitHub => &pipeline::GitHub,
            Self::GitLab => &pipeline::GitLab,
            Self::JUnit => &pipeline::JUnit,
            Self::Checkstyle => &pipeline::Checkstyle,
            Self::Rdjson => &pipeline::Rdjson::Object,
            Self::Rdjsonl => &pipeline::Rdjson::Lines,
            Self::Azure => &pipeline::Azure,
            Self::TeamCity => &pipeline::TeamCity,
        }
    }
}
