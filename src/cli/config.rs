//! `batchlint config show`, `batchlint config schema`

use std::io;
use std::path::PathBuf;

use clap::Subcommand;

use super::configuration::{Arguments, Configurations};
use super::{Status, complain, surroundings};
use crate::analysis::Settings;
use crate::config::{Layer, schema};

/// Say what a configuration file may hold, and what holds for a manifest
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Print what holds for a file, and where it is said
    Show {
        /// A manifest or a folder
        #[arg(value_name = "PATH", default_value = ".")]
        path: PathBuf,

        #[command(flatten)]
        configuration: Arguments,
    },
    /// Print the JSON Schema of batchlint.toml, for editors
    Schema,
}

pub(super) fn run(args: &Args, out: &mut dyn io::Write) -> io::Result<Status> {
    match &args.command {
        Command::Schema => writeln!(out, "{:#}", schema())?,
        Command::Show { path, configuration } => {
            let settings = Settings::at(surroundings::now());
            let shown =
                Configurations::new(configuration, settings, Layer::default()).and_then(|mut all| all.show(path));
            match shown {
                Ok(shown) => out.write_all(shown.as_bytes())?,
                Err(faults) => {
                    faults.iter().for_each(|fault| complain(fault));
                    return Ok(Status::Failed);
                }
            }
        }
    }
    Ok(Status::Clean)
}
