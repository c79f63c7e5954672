//! What is told of what was found, and when it fails: the same for a run as for the parts of one.

use std::path::PathBuf;

use clap::{ArgAction, ValueEnum};

use super::formats::{Asked, AskedParser};
use crate::diagnostic::Severity;
use crate::render::Tally;

/// How findings are printed, and which of them fail a run.
#[derive(Debug, Clone, Default, clap::Args)]
pub(super) struct Telling {
    /// The least severity that makes the exit status 1; warning without it
    #[arg(long, value_name = "SEVERITY", value_enum, help_heading = "Rules")]
    pub(super) fail_on: Option<FailOn>,

    /// How to print findings; with `=FILE`, into that file instead of standard output, and then beside other formats.
    /// Without it full, and in GitHub Actions, Azure Pipelines and TeamCity also what these show beside the run
    #[arg(long, value_name = "FORMAT[=FILE]", action = ArgAction::Append, help_heading = "Output")]
    #[arg(value_parser = AskedParser)]
    pub(super) format: Vec<Asked>,

    /// Print findings into this file, which holds nothing else then
    #[arg(short, long, value_name = "FILE", help_heading = "Output")]
    pub(super) output: Option<PathBuf>,

    /// Also print findings that are suppressed, marked, with the reason; they count as little as before
    #[arg(long, help_heading = "Output")]
    pub(super) show_suppressed: bool,

    /// List every document that was not checked, with the reason
    #[arg(short, long, help_heading = "Output")]
    pub(super) verbose: bool,

    /// Print findings and nothing else
    #[arg(short, long, conflicts_with = "verbose", help_heading = "Output")]
    pub(super) quiet: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(super) enum FailOn {
    /// What the API server rejects, and what can never do its work
    Error,
    /// And what is almost surely not meant
    #[default]
    Warning,
    /// And what good practice says otherwise
    Advice,
    /// Nothing
    Never,
}

impl FailOn {
    pub(super) fn reached_by(self, tally: &Tally) -> bool {
        let least = match self {
            Self::Error => Severity::Error,
            Self::Warning => Severity::Warning,
            Self::Advice => Severity::Advice,
            Self::Never => return false,
        };
        tally.at_least(least) > 0
    }
}
