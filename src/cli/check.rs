//! `batchlint check [PATH…]`

mod baseline;
mod contradiction;
mod late;
mod mending;
mod plan;
mod share;
mod since;

use std::io;
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::sync::Arc;

use clap::builder::PossibleValue;
use clap::{ArgAction, ValueEnum};
use rayon::prelude::*;

use super::names::{RuleOrGroup, SeverityName};
use super::progress::Progress;
use super::reading::Reading;
use super::zone::zone;
use super::{Status, complain, configuration, surroundings};
use crate::config::{self, Layer, Said};
use crate::diagnostic::Severity;
use crate::files;
use crate::k8s::Version;
use crate::project::{Project, Scope};
use crate::render::{Format, Look, Manner, Printer, Remarks, STDIN, Tally, Unread, Writer};
use crate::schedule::Zone;
use baseline::Before;
use late::Late;
use mending::{Fixes, Mending, Sum, Work};
use plan::{Plan, Planned};
use share::{Checked, Checker, Seen};
use since::Changed;

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

    /// Only what changed since this revision of git: findings of the objects that are not as in the newest commit that
    /// HEAD and the revision have in common, be that committed or not. Files that did not change are not read
    #[arg(long, value_name = "REV")]
    since: Option<String>,

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

    /// The least severity that makes the exit status 1; warning without it
    #[arg(long, value_name = "SEVERITY", value_enum, help_heading = "Rules")]
    fail_on: Option<FailOn>,

    #[command(flatten)]
    baseline: baseline::Arguments,

    #[command(flatten)]
    fixes: Fixes,

    /// With --fix or --diff: also the fixes that change what runs
    #[arg(long, help_heading = "Fixes", requires = "mending")]
    unsafe_fixes: bool,

    /// How to print findings
    #[arg(long, value_enum, default_value_t, help_heading = "Output")]
    format: Format,

    /// How many findings of one rule in a document are printed, and ten times as many in a file; all are counted, and
    /// fail the check. 0 prints all
    #[arg(long, value_name = "N", default_value_t = Manner::MOST.get(), help_heading = "Output")]
    max_findings: usize,

    /// Also print findings that are suppressed, marked, with the reason; they count as little as before
    #[arg(long, help_heading = "Output")]
    show_suppressed: bool,

    /// Instead of findings, how many there are by rule, and how many of them can be fixed
    #[arg(long, conflicts_with = "diff", help_heading = "Output")]
    statistics: bool,

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
    /// What the command line says of rules and the cluster.
    fn layer(&self) -> Layer {
        let said = |names: &[String]| names.iter().cloned().map(Said::aside).collect::<Vec<_>>();
        Layer {
            select: (!self.select.is_empty()).then(|| said(&self.select)),
            ignore: said(&self.ignore),
            pedantic: self.pedantic.then(|| Said::aside(true)),
            require_reason: self.require_reason.then(|| Said::aside(true)),
            kubernetes_version: self.kubernetes_version.map(Said::aside),
            controller_time_zone: self.controller_time_zone.map(Said::aside),
            min_severity: self.min_severity.map(Said::aside),
            ..Layer::default()
        }
    }

    /// Folders, and what a program writes, by a pipe too, hold what belongs together; single files are a part of
    /// something, and so are what an editor gives under a file's name and what changed.
    fn scope(&self) -> Scope {
        let is_stream = self.stdin_filename == STDIN;
        let is_whole = |path: &PathBuf| if path.as_os_str() == "-" { is_stream } else { files::is_whole(path) };
        if self.since.is_none() && self.paths.iter().any(is_whole) { Scope::Whole } else { Scope::Part }
    }

    fn printer(&self, look: Look, kubernetes: Version) -> Printer {
        let remarks = match (self.quiet, self.verbose) {
            (true, _) => Remarks::None,
            (false, false) => Remarks::Summary,
            (false, true) => Remarks::All,
        };
        let folder = surroundings::current_folder();
        let (most, statistics, shows_suppressed) = (self.most(), self.statistics, self.show_suppressed);
        let manner = Manner { look, remarks, kubernetes, most, shows_suppressed, statistics, folder };
        Printer { format: self.format, manner }
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
        !self.quiet && !self.reads_stdin() && surroundings::shows_progress()
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
        complain(&why);
        return Ok(Status::Failed);
    }
    let names: Vec<&str> = args.select.iter().chain(&args.ignore).map(String::as_str).collect();
    config::renamed(&names).iter().for_each(|sentence| complain(sentence));
    let planned = args.plan().and_then(|plan| Ok((args.before(plan.baseline.as_deref())?, plan)));
    let (baseline, plan) = match planned {
        Ok(planned) => planned,
        Err(faults) => {
            faults.iter().for_each(|fault| complain(fault));
            return Ok(Status::Failed);
        }
    };
    let printer = args.printer(look, plan.whole.settings().kubernetes);
    let mut writer = printer.writer();
    let mut worst = Status::Clean;
    let written = print(args, (&plan, baseline), &mut writer, &mut worst, out);
    let found = if args.fail_on.unwrap_or_default().reached_by(writer.tally()) { Status::Found } else { Status::Clean };
    let status = found.max(worst);
    let finished = written.and_then(|()| match args.product() {
        Product::Findings => writer.finish(out, &mut io::stderr()),
        Product::Differences => Ok(()),
        Product::Text => writer.finish(&mut io::stderr(), &mut io::sink()),
    });
    match finished.and_then(|()| out.flush()) {
        // The reader has gone: what was found until then decides.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(status),
        Err(error) => Err(error),
        Ok(()) => Ok(status),
    }
}

/// Checks the files in parallel and prints them in order; `worst` becomes the worst that happens beside findings.
fn print(
    args: &Args,
    (plan, mut baseline): (&Plan, Option<Before>),
    writer: &mut Writer<'_>,
    worst: &mut Status,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    if plan.inputs.is_empty() {
        complain_of_nothing(args, plan.excluded);
    }
    let (printer, mending, product) = (writer.printer(), args.mending(), args.product());
    let progress = Progress::start(plan.inputs.len(), args.shows_progress());
    // Starting the threads takes longer than checking a few files.
    let has_threads = plan.inputs.len() >= 4 && start_threads();
    let is_late_wanted = mending.is_some_and(|mending| mending.work == Work::Ignore);
    let late = if is_late_wanted { Late::of(args, plan) } else { Late::default() };
    let check = |planned: &Planned| {
        let (most, config, before) = (args.reading.max_file_size, &planned.config, planned.before.as_ref());
        let checker = Checker { most, config, look: printer.manner.look, mending, late: &late, before };
        let seen = checker.check(&planned.input);
        progress.step();
        seen
    };
    // What a baseline has of one file may have moved to any other.
    let at_once = if baseline.is_some() { plan.inputs.len().max(1) } else { BATCH };
    let (mut project, mut changed, mut mended) = (Project::new(), Changed::default(), Sum::default());
    for batch in plan.inputs.chunks(at_once) {
        let checked: Vec<Checked> = progress.during(|| match &mut baseline {
            None => each(batch.iter().collect(), has_threads, |planned| check(planned).printed(printer)),
            Some(baseline) => {
                let mut seen = each(batch.iter().collect(), has_threads, check);
                baseline.suppress(&mut seen);
                each(seen, has_threads, |seen: Seen| seen.printed(printer))
            }
        });
        for Checked { share, facts, changed: spans, status, mending } in checked {
            *worst = (*worst).max(status);
            if let Some(facts) = facts {
                spans.into_iter().for_each(|spans| changed.add(Arc::clone(&facts.file), spans));
                project.add(facts);
            }
            if let Some(Unread { file, why }) = share.unread() {
                // In order with the findings, where both go to one terminal.
                out.flush()?;
                complain(&format!("{file}: {why}"));
            }
            if let Some(outcome) = mending {
                out.write_all(outcome.text.as_bytes())?;
                outcome.complaints.iter().for_each(|complaint| complain(complaint));
                mended.add(&outcome.done);
            }
            match product {
                Product::Findings => writer.add(share, out)?,
                Product::Differences => {}
                Product::Text => writer.add(share, &mut io::stderr())?,
            }
        }
        out.flush()?;
    }
    if product != Product::Differences {
        let found = late::find(&project, &plan.whole, args.scope(), worst);
        let mut found = baseline.iter_mut().fold(found, |found, baseline| baseline.suppress_late(found, &plan.whole));
        found.retain(|late| args.since.is_none() || changed.concern(late));
        late::add(found, &plan.whole, writer);
        if let Some(error) = baseline.and_then(|baseline| baseline.finish(&plan.whole, args.quiet).err()) {
            complain(&error.to_string());
            *worst = (*worst).max(Status::Failed);
        }
    }
    // Among findings for programs no sentence may stand.
    let is_program = product == Product::Text && !matches!(args.format, Format::Full | Format::Concise);
    if let Some(mending) = mending.filter(|_| !args.quiet && !is_program) {
        mended.say(mending);
    }
    Ok(())
}

/// Says why there is nothing to check; who asked for quiet knows what is excluded.
fn complain_of_nothing(args: &Args, excluded: usize) {
    let paths: Vec<_> = args.paths.iter().map(|path| path.display().to_string()).collect();
    let paths = paths.join(", ");
    match (excluded, &args.since) {
        (0, Some(_)) if args.quiet => {}
        (0, Some(revision)) => {
            complain(&format!("nothing is checked: no manifest below {paths} changed since {revision}"))
        }
        (0, None) => complain(&format!("no *.yaml, *.yml or *.json file below {paths}")),
        _ if args.quiet => {}
        (1, _) => complain(&format!("nothing is checked: the one file below {paths} is excluded")),
        _ => complain(&format!("nothing is checked: all {excluded} files below {paths} are excluded")),
    }
}

/// Does the same with each, on every core or on this one, and keeps the order.
fn each<T: Send, R: Send>(all: Vec<T>, has_threads: bool, does: impl Fn(T) -> R + Sync + Send) -> Vec<R> {
    if has_threads { all.into_par_iter().map(does).collect() } else { all.into_iter().map(does).collect() }
}

/// Starts a thread for each core; where the system gives none, this one does all the work.
fn start_threads() -> bool {
    rayon::ThreadPoolBuilder::new().build_global().is_ok()
}
