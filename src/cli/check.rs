//! `batchlint check [PATH…]`

mod share;

use std::io;
use std::path::PathBuf;

use clap::{ArgAction, ValueEnum};
use rayon::prelude::*;

use super::names::RuleOrGroup;
use super::{Status, bug, complain, surroundings};
use crate::analysis::Settings;
use crate::config::Config;
use crate::diagnostic::Severity;
use crate::files::{self, Input};
use crate::k8s::Version;
use crate::render::{Look, Tally, visible};
use share::{Printer, Share, Shares};

/// Files that are checked before the first of them is printed: enough for every core, few enough to see something
/// soon.
const BATCH: usize = 512;
/// What findings in standard input are reported under where nothing else is said.
const STDIN: &str = "<stdin>";

/// Check manifests, and report what is wrong with them and where
#[derive(Debug, clap::Args)]
#[command(after_help = EXIT_STATUS)]
pub(super) struct Args {
    /// Files, folders, or `-` for standard input. In folders: *.yaml, *.yml and *.json, except what git ignores, what
    /// is hidden, and node_modules
    #[arg(value_name = "PATH", default_value = ".")]
    paths: Vec<PathBuf>,

    /// The Kubernetes version whose API server is asked
    #[arg(long, value_name = "VERSION", default_value_t)]
    kubernetes_version: Version,

    /// The name that findings in standard input carry
    #[arg(long, value_name = "NAME", default_value = STDIN)]
    stdin_filename: String,

    /// Only these rules and groups
    #[arg(long, value_name = "NAME,…", value_delimiter = ',', action = ArgAction::Append, help_heading = "Rules")]
    #[arg(value_parser = RuleOrGroup, hide_possible_values = true)]
    select: Vec<String>,

    /// Without these rules and groups; stronger than --select
    #[arg(long, value_name = "NAME,…", value_delimiter = ',', action = ArgAction::Append, help_heading = "Rules")]
    #[arg(value_parser = RuleOrGroup, hide_possible_values = true)]
    ignore: Vec<String>,

    /// The least severity that makes the exit status 1
    #[arg(long, value_name = "SEVERITY", value_enum, default_value_t, help_heading = "Rules")]
    fail_on: FailOn,

    /// How to print findings
    #[arg(long, value_enum, default_value_t, help_heading = "Output")]
    format: Format,

    /// List every document that was not checked, with the reason
    #[arg(short, long, help_heading = "Output")]
    verbose: bool,

    /// Print findings and nothing else
    #[arg(short, long, conflicts_with = "verbose", help_heading = "Output")]
    quiet: bool,
}

const EXIT_STATUS: &str = "\
Exit status:
  0  nothing at or above --fail-on
  1  findings
  2  wrong use, or something could not be read (the rest was checked)
  3  a bug in batchlint";

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
enum FailOn {
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
    fn reached_by(self, tally: &Tally) -> bool {
        let least = match self {
            Self::Error => Severity::Error,
            Self::Warning => Severity::Warning,
            Self::Advice => Severity::Advice,
            Self::Never => return false,
        };
        tally.at_least(least) > 0
    }
}

/// How findings are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
enum Format {
    /// For people: the lines, what is wrong there, and what helps
    #[default]
    Full,
    /// A line each.
    #[value(help = "A line each: file:line:column: severity[rule] message")]
    Concise,
    /// One JSON object, for programs
    Json,
    /// A JSON array of the Language Server Protocol's PublishDiagnosticsParams
    Lsp,
}

impl Args {
    fn config(&self) -> Config {
        let settings = Settings::at(surroundings::now()).with_kubernetes(self.kubernetes_version);
        let config = Config::new(settings).with_rules(&self.select, &self.ignore);
        config.expect("the names were looked up when the arguments were read")
    }
}

pub(super) fn run(args: &Args, look: Look, out: &mut dyn io::Write) -> io::Result<Status> {
    let (config, folder) = (args.config(), surroundings::current_folder());
    let Args { format, verbose, quiet, .. } = *args;
    let printer = Printer { config, format, verbose, quiet, look, folder };
    let mut shares = Shares::new();
    let written = print(args, &printer, &mut shares, out);
    let found = if args.fail_on.reached_by(&shares.tally) { Status::Found } else { Status::Clean };
    let status = found.max(shares.worst);
    match written.and_then(|()| shares.finish(&printer, out)).and_then(|()| out.flush()) {
        // The reader has gone: what was found until then decides.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(status),
        Err(error) => Err(error),
        Ok(()) => Ok(status),
    }
}

/// Checks the files in parallel and prints them in order.
fn print(args: &Args, printer: &Printer, shares: &mut Shares, out: &mut dyn io::Write) -> io::Result<()> {
    let inputs = files::find(&args.paths, &args.stdin_filename);
    if inputs.is_empty() {
        let paths: Vec<_> = args.paths.iter().map(|path| path.display().to_string()).collect();
        complain(&format!("no *.yaml, *.yml or *.json file below {}", visible(&paths.join(", "))));
    }
    let check = |input: &Result<Input, files::Error>| {
        bug::guard(|| share::of(input, printer)).unwrap_or_else(|| Ok(Share::of_bug(input)))
    };
    for batch in inputs.chunks(BATCH) {
        // Starting the threads takes longer than checking a few files.
        let checked: Vec<io::Result<Share>> =
            if batch.len() < 4 { batch.iter().map(check).collect() } else { batch.par_iter().map(check).collect() };
        for share in checked {
            shares.add(share?, printer, out)?;
        }
        out.flush()?;
    }
    Ok(())
}
