//! `batchlint simulate`

use std::io;
use std::path::PathBuf;

use super::reading::Reading;
use super::{Status, complain, complain_of, surroundings};
use crate::analysis::Settings;
use crate::files::{self, Input};
use crate::foresight::Script;
use crate::k8s::Version;
use crate::render::STDIN;
use crate::render::simulate::script;

/// Say what the controllers make of Jobs and CronJobs
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    /// Lines of JSON in the form of the recordings of Kubernetes' own controllers; each comes back with its events
    #[arg(long, value_name = "FILE")]
    scenario: PathBuf,

    #[command(flatten)]
    reading: Reading,

    /// The Kubernetes version whose API server is asked, the newest without it
    #[arg(long, value_name = "VERSION")]
    kubernetes_version: Option<Version>,
}

const EXAMPLES: &str = "\
Examples:
  batchlint simulate --scenario scenarios.jsonl

Exit status: 0, or 2 where something could not be read";

pub(super) fn run(args: &Args, out: &mut dyn io::Write) -> io::Result<Status> {
    let settings = Settings::at(surroundings::now());
    let settings = settings.with_kubernetes(args.kubernetes_version.unwrap_or(settings.kubernetes));
    let is_stdin = args.scenario.as_os_str() == "-";
    let input = if is_stdin { Input::Stdin(STDIN.to_owned()) } else { Input::Named(args.scenario.clone()) };
    let source = match files::read(&input, args.reading.max_file_size) {
        Ok(source) => source,
        Err(error) => return Ok(complain_of(&error)),
    };
    let mut status = Status::Clean;
    for (number, line) in source.text().lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        match Script::read(line, &settings) {
            Ok(script) => script::write(&script, out)?,
            Err(fault) => {
                complain(&format!("{}:{}: {fault}", source.name(), number + 1));
                status = Status::Failed;
            }
        }
    }
    Ok(status)
}
