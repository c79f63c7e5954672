//! The command line: arguments in, text and an exit status out. The clock, the environment and the terminal are read
//! here and handed down.

mod amount;
mod below;
mod bug;
mod charts;
mod check;
mod completions;
mod config;
mod configuration;
mod diff;
mod explain;
mod instant;
#[cfg(feature = "lsp")]
mod lsp;
mod names;
mod overlays;
mod progress;
mod read;
mod reading;
mod rules;
mod runs;
mod schedule;
mod simulate;
mod surroundings;
mod usage;
mod zone;

use std::ffi::OsString;
use std::io::{self, Write as _};
use std::process::ExitCode;

use clap::{CommandFactory as _, FromArgMatches as _, Parser, Subcommand};

use crate::files;
use crate::k8s::Version;
use crate::schedule::IANA_VERSION;
use crate::text::visible;
use surroundings::Color;

/// Checks Kubernetes Jobs and CronJobs: what the API server will reject, what will not run as meant, and why.
#[derive(Debug, Parser)]
#[command(name = "batchlint", version, long_version = long_version(), after_help = EXAMPLES)]
#[command(disable_help_subcommand = true)]
struct Cli {
    #[command(subcommand)]
    command: Command,

    /// When to use colours
    #[arg(long, value_name = "WHEN", value_enum, default_value_t, global = true)]
    color: Color,
}

const EXAMPLES: &str = "\
Examples:
  batchlint check                          check all manifests in this folder
  batchlint check jobs/ cronjob.yaml       check a folder and a file
  kustomize build . | batchlint check -    check what another program writes
  batchlint schedule '30 2 * * 0'          explain a schedule, and list its runs
  batchlint runs jobs/ --for 7d            list every run of the next seven days
  batchlint simulate jobs/ --run-time 40m  say what comes of runs of 40 minutes
  batchlint diff --since origin/main       say what your changes do
  batchlint explain job-restart-policy     say why a rule exists, and what to do
  batchlint schedule --help                and what else a command can do";

#[derive(Debug, Subcommand)]
enum Command {
    Check(check::Args),
    Merge(check::merge::Args),
    Schedule(schedule::Args),
    Runs(runs::Args),
    Simulate(simulate::Args),
    Diff(diff::Args),
    Read(read::Args),
    Explain(explain::Args),
    Rules(rules::Args),
    Config(config::Args),
    #[cfg(feature = "lsp")]
    Lsp(lsp::Args),
    Completions(completions::Args),
}

fn long_version() -> String {
    let (oldest, newest) = (Version::OLDEST, Version::NEWEST);
    format!("{}\nKubernetes {oldest} to {newest}\nIANA time zones {IANA_VERSION}", env!("CARGO_PKG_VERSION"))
}

/// What the program answers when it ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, serde::Serialize, serde::Deserialize)]
enum Status {
    /// Nothing was found that counts.
    #[default]
    Clean = 0,
    /// Something was found that counts.
    Found = 1,
    /// Wrong use, or something could not be read.
    Failed = 2,
    /// A bug of this program.
    Bug = 3,
}

impl From<Status> for ExitCode {
    fn from(status: Status) -> Self {
        Self::from(status as u8)
    }
}

/// What the command line has to say for itself.
#[must_use]
pub fn command() -> clap::Command {
    Cli::command()
}

/// Runs the program with these arguments, of which the first is its own name.
#[must_use]
pub fn run(args: impl IntoIterator<Item = OsString>) -> ExitCode {
    bug::install();
    let args: Vec<OsString> = args.into_iter().collect();
    let cli = match parse(&args) {
        Ok(cli) => cli,
        // Help and the version come this way too.
        Err(error) if error.use_stderr() => {
            return usage::answer(quoting_visibly(&args, &error).unwrap_or(error)).into();
        }
        Err(error) => return written(error.print().and_then(|()| io::stdout().flush()).map(|()| Status::Clean)).into(),
    };
    bug::guard(|| dispatch(&cli)).unwrap_or(Status::Bug).into()
}

fn dispatch(cli: &Cli) -> Status {
    // Its output is another thread's.
    #[cfg(feature = "lsp")]
    if let Command::Lsp(args) = &cli.command {
        return lsp::run(args);
    }
    let mut out = io::BufWriter::with_capacity(1 << 16, io::stdout().lock());
    let look = surroundings::look(cli.color);
    let done = match &cli.command {
        Command::Check(args) => check::run(args, look, &mut out),
        Command::Merge(args) => check::merge::run(args, look, &mut out),
        Command::Schedule(args) => schedule::run(args, look, &mut out),
        Command::Runs(args) => runs::run(args, look, &mut out),
        Command::Simulate(args) => simulate::run(args, look, &mut out),
        Command::Diff(args) => diff::run(args, look, &mut out),
        Command::Read(args) => read::run(args, look, &mut out),
        Command::Explain(args) => explain::run(args, look, &mut out),
        Command::Rules(args) => rules::run(args, look, &mut out),
        Command::Config(args) => config::run(args, &mut out),
        #[cfg(feature = "lsp")]
        Command::Lsp(_) => Ok(Status::Clean),
        Command::Completions(args) => completions::run(args, &mut out),
    };
    match done {
        // Where nobody reads the end of it, the status is the same.
        Ok(status) => status.max(written(out.flush().map(|()| status))),
        Err(error) => written(Err(error)),
    }
}

/// What becomes of a run whose output was written, or not.
fn written(done: io::Result<Status>) -> Status {
    match done {
        Ok(status) => status,
        // The reader has what it wanted: `batchlint rules | head`.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Status::Clean,
        Err(error) => {
            complain(&format!("the output cannot be written: {error}"));
            Status::Failed
        }
    }
}

/// Says what is not read and why; what is no file is no failure.
fn complain_of(error: &files::Error) -> Status {
    complain(&error.to_string());
    if matches!(error.why, files::Why::NoFile(_)) { Status::Clean } else { Status::Failed }
}

/// A sentence on standard error, wrapped where that is a terminal; where it is closed, nobody can be told.
fn complain(what: &str) {
    let _ = writeln!(io::stderr(), "{}", usage::fitted(&format!("batchlint: {}", visible(what))));
}

fn parse(args: &[OsString]) -> Result<Cli, clap::Error> {
    let command = Cli::command().term_width(surroundings::width().min(100));
    command.try_get_matches_from(args).and_then(|matches| Cli::from_arg_matches(&matches))
}

/// What is wrong with the arguments, as it is said of arguments that are written out: those that are given may bring
/// colours and lines of their own.
fn quoting_visibly(args: &[OsString], error: &clap::Error) -> Option<clap::Error> {
    let shown: Vec<OsString> = args.iter().map(|arg| visible(&arg.to_string_lossy()).into_owned().into()).collect();
    parse(&shown).err().filter(|shown| shown.kind() == error.kind())
}
