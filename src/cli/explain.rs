//! `batchlint explain RULE`

use std::io;

use clap::ValueEnum;

use super::Status;
use super::names::RuleName;
use crate::render::{Look, markdown, table};
use crate::rule::Entry;

/// Say what a rule finds, why it matters, and what to do
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The rule's name, as findings carry it; `batchlint rules` lists all
    #[arg(value_name = "RULE", value_parser = RuleName, hide_possible_values = true)]
    rule: &'static Entry,

    /// How to print the page
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

/// How to print what is for people, and for programs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(super) enum Format {
    /// For people
    #[default]
    Text,
    /// For programs
    Json,
}

pub(super) fn run(args: &Args, look: Look, out: &mut dyn io::Write) -> io::Result<Status> {
    match args.format {
        Format::Text => {
            table::write_heading(args.rule, look, out)?;
            markdown::write(args.rule.rule.page.body, look, out)?;
        }
        Format::Json => table::write_page_json(args.rule, out)?,
    }
    Ok(Status::Clean)
}
