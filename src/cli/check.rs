//! `batchlint check [PATH…]`

mod share;

use std::io;
use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::builder::PossibleValue;
use clap::{ArgAction, ValueEnum};
use rayon::prelude::*;

use super::names::RuleOrGroup;
use super::reading::Reading;
use super::{Status, bug, complain, surroundings};
use crate::analysis::Settings;
use crate::config::Config;
use crate::diagnostic::Severity;
use crate::files::{self, Input};
use crate::k8s::Version;
use crate::project::{Project, Scope};
use crate::render::{Format, Look, Manner, Printer, Remarks, STDIN, Tally, Unread, Writer};
use share::Checked;

/// Files that are checked before the first of them is printed: enough for every core, few enough to see something
/// soon.
const BATCH: usize = 512;

/// Check manifests, and report what is wrong with them and where
#[derive(Debug, clap::Args)]
#[command(after_help = EXIT_STATUS)]
pub(super) struct Args {
    /// Files, pipes, folders, or `-` for standard input. In folders: files named *.yaml, *.yml and *.json, except what
    /// git ignores, what is hidden, and node_modules
    #[arg(value_name = "PATH", default_value = ".")]
    paths: Vec<PathBuf>,

    #[command(flatten)]
    reading: Reading,

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

    /// Also what is a habit and no fault: the remarks of pedantic rules, which else are counted only
    #[arg(long, help_heading = "Rules")]
    pedantic: bool,

    /// The least severity that makes the exit status 1
    #[arg(long, value_name = "SEVERITY", value_enum, default_value_t, help_heading = "Rules")]
    fail_on: FailOn,

    /// How to print findings
    #[arg(long, value_enum, default_value_t, help_heading = "Output")]
    format: Format,

    /// How many findings of one rule in a document are printed, and ten times as many in a file; all are counted, and
    /// fail the check. 0 prints all
    #[arg(long, value_name = "N", default_value_t = Manner::MOST.get(), help_heading = "Output")]
    max_findings: usize,

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
  2  wrong use, or something could not be read (the rest was checked) or written
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

impl ValueEnum for Format {
    fn value_variants<'a>() -> &'a [Self] {
        Self::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.name()).help(self.about()))
    }
}

impl Args {
    fn config(&self) -> Config {
        let settings = Settings::at(surroundings::now()).with_kubernetes(self.kubernetes_version);
        let config = Config::new(settings).with_pedantic(self.pedantic).with_rules(&self.select, &self.ignore);
        let config = config.expect("the names were looked up when the arguments were read");
        config.with_most(NonZeroUsize::new(self.max_findings))
    }

    /// Folders, and what a program writes, by a pipe too, hold what belongs together; single files are a part of
    /// something, and so is what an editor gives under a file's name.
    fn scope(&self) -> Scope {
        let is_stream = self.stdin_filename == STDIN;
        let is_whole = |path: &PathBuf| if path.as_os_str() == "-" { is_stream } else { files::is_whole(path) };
        if self.paths.iter().any(is_whole) { Scope::Whole } else { Scope::Part }
    }

    fn printer(&self, look: Look) -> Printer {
        let remarks = match (self.quiet, self.verbose) {
            (true, _) => Remarks::None,
            (false, false) => Remarks::Summary,
            (false, true) => Remarks::All,
        };
        let (kubernetes, folder) = (self.kubernetes_version, surroundings::current_folder());
        let most = NonZeroUsize::new(self.max_findings);
        Printer { format: self.format, manner: Manner { look, remarks, kubernetes, most, folder } }
    }
}

pub(super) fn run(args: &Args, look: Look, out: &mut dyn io::Write) -> io::Result<Status> {
    let printer = args.printer(look);
    let mut writer = printer.writer();
    let mut worst = Status::Clean;
    let written = print(args, &mut writer, &mut worst, out);
    let found = if args.fail_on.reached_by(writer.tally()) { Status::Found } else { Status::Clean };
    let status = found.max(worst);
    match written.and_then(|()| writer.finish(out, &mut io::stderr())).and_then(|()| out.flush()) {
        // The reader has gone: what was found until then decides.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(status),
        Err(error) => Err(error),
        Ok(()) => Ok(status),
    }
}

/// Checks the files in parallel and prints them in order; `worst` becomes the worst that happens beside findings.
fn print(args: &Args, writer: &mut Writer<'_>, worst: &mut Status, out: &mut dyn io::Write) -> io::Result<()> {
    let (config, printer) = (args.config(), writer.printer());
    let inputs = files::find(&args.paths, &args.stdin_filename);
    if inputs.is_empty() {
        let paths: Vec<_> = args.paths.iter().map(|path| path.display().to_string()).collect();
        complain(&format!("no *.yaml, *.yml or *.json file below {}", paths.join(", ")));
    }
    let check = |input: &Result<Input, files::Error>| share::of(input, args.reading.max_file_size, &config, printer);
    let mut project = Project::new();
    // Starting the threads takes longer than checking a few files.
    let has_threads = inputs.len() >= 4 && start_threads();
    for batch in inputs.chunks(BATCH) {
        let checked: Vec<Checked> =
            if has_threads { batch.par_iter().map(check).collect() } else { batch.iter().map(check).collect() };
        for Checked { share, facts, status } in checked {
            *worst = (*worst).max(status);
            facts.into_iter().for_each(|facts| project.add(facts));
            if let Some(Unread { file, why }) = share.unread() {
                // In order with the findings, where both go to one terminal.
                out.flush()?;
                complain(&format!("{file}: {why}"));
            }
            writer.add(share, out)?;
        }
        out.flush()?;
    }
    match bug::guard(|| project.findings(&config, args.scope())) {
        Some(late) => {
            let (shown, habits): (Vec<_>, Vec<_>) =
                late.into_iter().partition(|late| config.shows(late.finding().rule));
            writer.add_late(shown);
            writer.add_late_habits(&habits);
        }
        None => *worst = Status::Bug,
    }
    Ok(())
}

/// Starts a thread for each core; where the system gives none, this one does all the work.
fn start_threads() -> bool {
    rayon::ThreadPoolBuilder::new().build_global().is_ok()
}
