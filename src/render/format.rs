//! The formats of a check, and what each has to say for itself.

#[cfg(feature = "cli")]
use super::full;
use super::output::Output;
#[cfg(feature = "formats")]
use super::{concise, lsp, markdown, pipeline};
use super::{json, statistics};

/// The one place that knows which file writes which format, and where it is at hand; the commonest first.
macro_rules! formats {
    ($($name:ident is $what:literal, by $output:expr, if $at_hand:meta;)*) => {
        /// How the findings of a check are printed.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum Format {
            $(#[cfg($at_hand)] #[doc = $what] $name,)*
        }

        impl Format {
            /// Every format, the commonest first.
            pub const ALL: &'static [Self] = &[$(#[cfg($at_hand)] Self::$name,)*];

            /// What writes it.
            pub(super) fn output(self) -> &'static dyn Output {
                match self {
                    $(#[cfg($at_hand)] Self::$name => &$output,)*
                }
            }
        }
    };
}

formats! {
    Full is "For people, with the lines.", by full::Full, if feature = "cli";
    Concise is "A line each.", by concise::Concise, if feature = "formats";
    Json is "One JSON object.", by json::Json, if all();
    Lsp is "A JSON array of the Language Server Protocol's `PublishDiagnosticsParams`.", by lsp::Lsp, if feature = "formats";
    Markdown is "A table in Markdown.", by markdown::Markdown, if feature = "formats";
    Sarif is "SARIF 2.1.0.", by pipeline::Sarif, if feature = "formats";
    GitHub is "Workflow commands of GitHub Actions.", by pipeline::GitHub, if feature = "formats";
    GitLab is "A Code Quality report of GitLab.", by pipeline::GitLab, if feature = "formats";
    JUnit is "JUnit's XML.", by pipeline::JUnit, if feature = "formats";
    Checkstyle is "Checkstyle's XML.", by pipeline::Checkstyle, if feature = "formats";
    Rdjson is "reviewdog's diagnostics in one JSON object.", by pipeline::Rdjson::Object, if feature = "formats";
    Rdjsonl is "reviewdog's diagnostics, one a line.", by pipeline::Rdjson::Lines, if feature = "formats";
    Azure is "Logging commands of Azure Pipelines.", by pipeline::Azure, if feature = "formats";
    TeamCity is "Service messages of TeamCity.", by pipeline::TeamCity, if feature = "formats";
}

impl Default for Format {
    fn default() -> Self {
        Self::ALL[0]
    }
}

impl Format {
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
    pub fn is_for_people(self) -> bool {
        self.output().is_for_people()
    }

    /// Whether a pipeline picks it out of a log, in which anything else may stand.
    #[must_use]
    pub fn is_for_logs(self) -> bool {
        self.output().is_for_logs()
    }

    /// Whether it has a place for statistics instead of findings.
    #[must_use]
    pub fn has_statistics(self) -> bool {
        self.statistics().is_some()
    }

    /// What writes statistics instead of findings, for the same readers.
    pub(super) fn statistics(self) -> Option<&'static dyn Output> {
        match self {
            #[cfg(feature = "cli")]
            Self::Full => Some(&statistics::Table),
            #[cfg(feature = "formats")]
            Self::Concise => Some(&statistics::Table),
            Self::Json => Some(&statistics::Object),
            #[cfg(feature = "formats")]
            _ => None,
        }
    }
}
