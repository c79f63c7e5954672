//! `batchlint check [PATH…]`

mod baseline;
mod changing;
mod chart_fixes;
mod charts;
mod contradiction;
mod done;
mod formats;
mod late;
mod mending;
pub(super) mod merge;
mod outlets;
mod overlays;
mod part;
mod plan;
mod running;
mod shard;
mod share;
mod since;
mod telling;
mod workers;

use std::io;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

use clap::ArgAction;

use super::names::{RuleOrGroup, SeverityName};
use super::reading::Reading;
use super::zone::zone;
use super::{Status, complain, configuration, surroundings};
use crate::config::{self, Layer, Said};
use crate::diagnostic::Severity;
use crate::files;
use crate::k8s::Version;
use crate::project::Scope;
use crate::render::{Look, Manner, Printer, Remarks, STDIN};
use crate::schedule::Zone;
use done::Mending;
use formats::{Target, To};
use mending::Fixes;
use merge::Shards;
use outlets::Beside;
use plan::Plan;
use running::Run;
use shard::Shard;
use telling::Telling;

/// Check manifests, and report what is wrong with them and where
#[derive(Debug, clap::Args)]
#[command(after_help = EXIT_STATUS)]
pub(super) struct Args {
    /// Files, pipes, folders, or `-` for standard input. In folders: files named *.yaml, *.yml, *.json and Kustomization,
    /// except what git ignores, what is hidden, and node_modules
    #[arg(value_name = "PATH", default_value = ".")]
    paths: Vec<PathBuf>,

    /// Only what changed since this revision of git: findings of the objects that are not as in the newest commit that
    /// HEAD and the revision have in common, be that committed or not. Files that did not change are not read
    #[arg(long, value_name = "REV")]
    since: Option<String>,

    /// Only a part of the files, as one of several machines checks it: the third of ten parts by 3/10, and by auto/10 the
    /// part that JOB_COMPLETION_INDEX names. Nothing is told; what `batchlint merge` makes one run of is written down
    #[arg(long, value_name = "K/N", conflicts_with_all = ALONE)]
    shard: Option<Shard>,

    #[command(flatten)]
    reading: Reading,

    /// The Kubernetes version whose API server is asked; the newest where nothing says it
    #[arg(long, value_name = "VERSION")]
    kubernetes_version: Option<Version>,

    #[command(flatten)]
    configuration: configuration::Arguments,

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

    /// A suppression in a manifest has to say why
    #[arg(long, help_heading = "Rules")]
    require_reason: bool,

    /// What is less severe is counted in a line, and neither shown nor fixed, nor does it fail; without it, all is shown
    #[arg(long, value_name = "SEVERITY", value_parser = SeverityName, help_heading = "Rules")]
    min_severity: Option<Severity>,

    /// The clusters' CronJob controller goes by this zone, and so do schedules without `timeZone`; else UTC is taken
    #[arg(long, value_name = "ZONE", value_parser = zone, help_heading = "Rules")]
    controller_time_zone: Option<Zone>,

    /// Charts only with the values that are given, without the documents that those leave out, and branches not entered
    #[arg(long, help_heading = "Rules")]
    no_assumptions: bool,

    /// The chart that standard input was printed of, as by `helm template DIR`: what is found is told where the chart has it;
    /// without it, the chart of that name in the current folder
    #[arg(long, value_name = "DIR", help_heading = "Charts")]
    chart: Option<PathBuf>,

    #[command(flatten)]
    values: configuration::Values,

    #[command(flatten)]
    baseline: baseline::Arguments,

    #[command(flatten)]
    fixes: Fixes,

    /// With --fix or --diff: also the fixes that change what runs
    #[arg(long, help_heading = "Fixes", requires = "mending")]
    unsafe_fixes: bool,

    #[command(flatten)]
    telling: Telling,

    /// How many findings of one rule in a document are printed, and ten times as many in a file; all are counted, and
    /// fail the check. 0 prints all
    #[arg(long, value_name = "N", default_value_t = Manner::MOST.get(), help_heading = "Output")]
    max_findings: usize,

    /// Instead of findings, how many there are by rule, and how many of them can be fixed
    #[arg(long, conflicts_with = "diff", help_heading = "Output")]
    statistics: bool,
}

/// What a part of a run cannot do, or does not tell.
const ALONE: [&str; 9] = [
    "since",
    "mending",
    "write_baseline",
    "prune_baseline",
    "statistics",
    "fail_on",
    "format",
    "show_suppressed",
    "verbose",
];

const EXIT_STATUS: &str = "\
Exit status:
  0  nothing at or above --fail-on
  1  findings
  2  wrong use, or something could not be read (the rest was checked) or written
  3  a bug in batchlint";

/// Columns of lines in a file.
const FILE_WIDTH: usize = 100;

impl Args {
    /// What the command line says of rules and the cluster.
    fn layer(&self) -> Layer {
        let said = |names: &[String]| names.iter().cloned().map(Said::aside).collect::<Vec<_>>();
        let layer = Layer {
            select: (!self.select.is_empty()).then(|| said(&self.select)),
            ignore: said(&self.ignore),
            pedantic: self.pedantic.then(|| Said::aside(true)),
            require_reason: self.require_reason.then(|| Said::aside(true)),
            kubernetes_version: self.kubernetes_version.map(Said::aside),
            controller_time_zone: self.controller_time_zone.map(Said::aside),
            min_severity: self.min_severity.map(Said::aside),
            ..Layer::default()
        };
        self.values.add_to(layer)
    }

    /// Folders, and what a program writes, by a pipe too, hold what belongs together; single files are a part of
    /// something, and so are what an editor gives under a file's name and what changed.
    fn scope(&self) -> Scope {
        let is_stream = self.stdin_filename == STDIN;
        let is_whole = |path: &PathBuf| if path.as_os_str() == "-" { is_stream } else { files::is_whole(path) };
        if self.since.is_none() && self.paths.iter().any(is_whole) { Scope::Whole } else { Scope::Part }
    }

    /// One for each format; in a file nothing depends on the terminal.
    fn printers(&self, targets: &[Target], look: Look, kubernetes: Version) -> Vec<Printer> {
        let remarks = match (self.telling.quiet, self.telling.verbose) {
            (true, _) => Remarks::None,
            (false, false) => Remarks::Summary,
            (false, true) => Remarks::All,
        };
        let folder = surroundings::current_folder();
        let root = files::repository(&folder).unwrap_or_else(|| folder.clone());
        let (most, statistics, shows_suppressed) = (self.most(), self.statistics, self.telling.show_suppressed);
        let manner = Manner { look, remarks, kubernetes, most, shows_suppressed, statistics, folder, root };
        let printer = |target: &Target| {
            let mut manner = manner.clone();
            if target.to != To::Findings {
                manner.look = Look { width: FILE_WIDTH, color: false, unicode: true };
            }
            Printer { format: target.format, manner }
        };
        targets.iter().map(printer).collect()
    }

    /// The folder of the chart that standard input may be printed of.
    fn chart_of_stream(&self) -> Option<PathBuf> {
        let is_stream = self.stdin_filename == STDIN && self.paths.iter().any(|path| path.as_os_str() == "-");
        let here = || Path::new("Chart.yaml").is_file().then(PathBuf::new);
        self.chart.clone().or_else(here).filter(|_| is_stream)
    }

    /// How many findings of a rule are kept; statistics count them all.
    fn most(&self) -> Option<NonZeroUsize> {
        NonZeroUsize::new(self.max_findings).filter(|_| !self.statistics)
    }
}

/// What goes to standard output.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Product {
    Findings,
    /// What would change; findings are not printed.
    Differences,
    /// Standard input, mended; findings go to standard error.
    Text,
}

impl Args {
    fn mending(&self) -> Option<Mending> {
        self.fixes.mending(self.unsafe_fixes)
    }

    fn reads_stdin(&self) -> bool {
        self.paths.iter().any(|path| path.as_os_str() == "-")
    }

    /// Whether somebody is told how far it is, who does not write there himself.
    fn shows_progress(&self) -> bool {
        !self.telling.quiet && !self.reads_stdin() && surroundings::shows_progress()
    }

    fn product(&self) -> Product {
        match self.mending() {
            Some(Mending { is_shown: true, .. }) => Product::Differences,
            Some(_) if self.reads_stdin() => Product::Text,
            _ => Product::Findings,
        }
    }
}

pub(super) fn run(args: &Args, look: Look, out: &mut dyn io::Write) -> io::Result<Status> {
    if let Some(why) = args.contradiction() {
        return Ok(refused(&[why]));
    }
    let names: Vec<&str> = args.select.iter().chain(&args.ignore).map(String::as_str).collect();
    config::renamed(&names).iter().for_each(|sentence| complain(sentence));
    match (args.plan(), args.shard) {
        (Ok(plan), None) => print(args, (plan, None), look, out),
        (Ok(plan), Some(shard)) => shard::run((args, shard), plan, look, out),
        (Err(faults), _) => Ok(refused(&faults)),
    }
}

/// Prints what is found: here, or by those who checked a part each.
fn print(
    args: &Args,
    (mut plan, shards): (Plan, Option<Shards>),
    look: Look,
    out: &mut dyn io::Write,
) -> io::Result<Status> {
    let baseline = match args.before(plan.baseline.take()) {
        Ok(baseline) => baseline,
        Err(faults) => return Ok(refused(&faults)),
    };
    let targets = args.targets();
    let printers = args.printers(&targets, look, plan.whole.settings().kubernetes);
    let mut run = match Run::new(args, &plan, &printers, &targets) {
        Ok(run) => run,
        Err(error) => return Ok(refused(&[error.to_string()])),
    };
    let has_files = targets.iter().any(|target| target.to.file().is_some());
    let mut beside = Beside::new(out, has_files);
    let out: &mut dyn io::Write = &mut beside;
    let written = match shards {
        None => run.check(baseline, out),
        Some(shards) => run.retell(shards, baseline, out),
    };
    let status = run.status();
    match written.and_then(|()| run.finish(out)).and_then(|()| out.flush()) {
        // The reader has gone: what was found until then decides.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(status),
        Err(error) => Err(error),
        Ok(()) => Ok(status),
    }
}

/// Says why nothing is done.
fn refused(faults: &[String]) -> Status {
    faults.iter().for_each(|fault| complain(fault));
    Status::Failed
}
