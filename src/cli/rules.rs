//! `batchlint rules`

use std::io;

use super::Status;
use super::explain::Format;
use crate::render::{Look, rulebook, table};
use crate::rule::Entry;
use crate::rules;

/// List every rule: its name, group, severity, and whether findings come with a fix
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// How to print the list
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

pub(super) fn run(args: &Args, look: Look, out: &mut dyn io::Write) -> io::Result<Status> {
    let rules: Vec<&Entry> = rules::all().collect();
    match args.format {
        Format::Text => table::write(&rules, look, out)?,
        Format::Json => rulebook::write(&rules, out)?,
    }
    Ok(Status::Clean)
}
