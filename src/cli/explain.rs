//! `batchlint explain RULE`

use std::io;

use clap::ValueEnum;

use super::names::{Named, RuleName};
use super::{Status, complain};
use crate::render::{Look, page, rulebook, table};

/// Say what a rule finds, why it matters, and what to do
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The rule's name, as findings carry it; `batchlint rules` lists all
    #[arg(value_name = "RULE", value_parser = RuleName, hide_possible_values = true)]
    named: Named,

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
    let Named { rule: entry, renamed } = &args.named;
    renamed.iter().for_each(|sentence| complain(sentence));
    match args.format {
        Format::Text => {
            table::write_heading(entry, look, out)?;
            page::write(entry.rule.page.body(), look, out)?;
        }
        Format::Json => rulebook::write_page(entry, out)?,
    }
    Ok(Status::Clean)
}
