//! `batchlint simulate [PATH…]`

mod claims;

use std::io;
use std::ops::Range;
use std::path::{Path, PathBuf};

use clap::ValueEnum;

use self::claims::{Evicted, Fails, Named, Stretch};
use super::amount::Length;
use super::below::Below;
use super::configuration::Faults;
use super::instant::{FORMS, Moment};
use super::zone::zone;
use super::{Status, complain, complain_of, surroundings};
use crate::analysis::{RunTime, Trait};
use crate::files::{self, Input};
use crate::foresight::{Assumed, Claim, Plan, Script, Source, Volume, World, gathered, mounted, plans};
use crate::render::simulate::{html, json, script, text};
use crate::render::{Look, STDIN};
use crate::schedule::{INSTANTS, Instant, Zone};

/// Say what the controllers will make of Jobs and CronJobs, on what you assume of their work
#[derive(Debug, clap::Args)]
#[command(after_help = format!("{FORMS}\n\n{EXAMPLES}"))]
pub(super) struct Args {
    #[command(flatten)]
    below: Below,

    /// Lines of JSON instead, in the form of the recordings of Kubernetes' own controllers: each comes back with its
    /// events; `-` is standard input
    #[arg(long, value_name = "FILE", conflicts_with_all = ["paths", "Assuming", "timeline", "format", "zone", "from", "length"])]
    scenario: Option<PathBuf>,

    /// When the objects are created, on the clock that is shown
    #[arg(long, value_name = "TIME", default_value = "now", allow_hyphen_values = true)]
    from: Moment,

    /// How far to look: 90m, 24h, 7d, 2w; without it 7 days, or 5 runs where that is longer
    #[arg(long = "for", value_name = "LENGTH", allow_hyphen_values = true)]
    length: Option<Length>,

    /// The zone whose clock is shown; without it, yours
    #[arg(short, long, value_name = "ZONE", value_parser = zone)]
    zone: Option<Zone>,

    /// Show all that happens, not the first of it alone
    #[arg(long)]
    timeline: bool,

    /// How to print what comes of it
    #[arg(long, value_enum, default_value_t)]
    format: Format,

    // Behind the others, which would come under its heading.
    #[command(flatten)]
    assuming: Assuming,
}

/// What no manifest tells.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Assumptions")]
struct Assuming {
    /// How long each container runs: 40m, or something between 2m..40m, or of one object NAME=90s; 1 second where nothing
    /// is said
    #[arg(long, value_name = "[NAME=]LENGTH")]
    run_time: Vec<Named<RunTime>>,

    /// What lengths between two others are drawn by: the same each time
    #[arg(long, value_name = "NUMBER", default_value_t = Assumed::SEED)]
    seed: u64,

    /// How many of the first attempts of each run fail: 3, always, NAME=3
    #[arg(long, value_name = "[NAME=]N")]
    fails: Vec<Named<Fails>>,

    /// How many of the first attempts of each run end with their pod, which is evicted: 2, NAME=2
    #[arg(long, value_name = "[NAME=]N")]
    evicted: Vec<Named<Evicted>>,

    /// An object whose containers start and never end
    #[arg(long, value_name = "NAME")]
    hangs: Vec<String>,

    /// An object whose pods stay Pending: no image, no Secret, no quota
    #[arg(long, value_name = "NAME")]
    never_starts: Vec<String>,

    /// When the controllers are away: 2026-12-01T02:00Z/4h
    #[arg(long, value_name = "TIME/LENGTH")]
    outage: Vec<Stretch>,

    /// When the objects are suspended, likewise
    #[arg(long, value_name = "TIME/LENGTH")]
    suspended: Vec<Stretch>,
}

const EXAMPLES: &str = "\
Examples:
  batchlint simulate jobs/ --run-time 40m
  batchlint simulate jobs/backup.yaml --fails always --for 1d --timeline
  batchlint simulate jobs/ --outage 2026-12-01T02:00Z/4h --format json
  batchlint simulate jobs/ --run-time 40m --format html > week.html
  batchlint simulate --scenario scenarios.jsonl

Exit status: 0, or 2 where something could not be read (the rest is simulated)";

/// How it is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
enum Format {
    /// A summary and the first events of each object
    #[default]
    Text,
    /// One JSON object, for programs
    Json,
    /// A page for a browser, which needs nothing else
    Html,
}

pub(super) fn run(args: &Args, look: Look, out: &mut dyn io::Write) -> io::Result<Status> {
    if let Some(scenario) = &args.scenario {
        return answer(scenario, args, out);
    }
    let zone = args.zone.or_else(surroundings::zone).unwrap_or(Zone::utc());
    let (from, note) = args.from.at(zone);
    note.iter().for_each(|note| complain(note));
    if args.length.is_some_and(|length| from + length.0 > INSTANTS.end) {
        complain("--for leads beyond the year 9999, in which time ends here");
        return Ok(Status::Failed);
    }
    let assumed = args.assuming.assumed(args, from, zone);
    let (plans, status) = match read(args, from) {
        Ok(read) => read,
        Err(faults) => {
            faults.iter().for_each(|fault| complain(fault));
            return Ok(Status::Failed);
        }
    };
    if let Some(name) = unknown(&assumed.claims, &plans) {
        complain(&format!("no Job or CronJob that was read is called `{name}`"));
        return Ok(Status::Failed);
    }
    match args.format {
        Format::Json => json::write(&plans, &assumed, out)?,
        Format::Html => html::write((&plans, &assumed), zone, out)?,
        Format::Text if plans.is_empty() => writeln!(out, "No Job or CronJob was found.")?,
        Format::Text => text::write((&plans, &assumed), (zone, args.timeline), look, out)?,
    }
    Ok(status)
}

/// A name that nothing has that was read.
fn unknown<'c>(claims: &'c [Claim], plans: &[Plan]) -> Option<&'c str> {
    let unknown = claims.iter().find(|claim| !plans.iter().any(|plan| plan.is_meant_by(claim)));
    unknown.and_then(|claim| claim.of.as_deref())
}

impl Assuming {
    fn assumed(&self, args: &Args, from: Instant, zone: Zone) -> Assumed {
        let named = |name: &String, what| Claim { of: Some(name.clone()), what, source: Source::CommandLine };
        let mut claims: Vec<Claim> = Vec::new();
        claims.extend(self.run_time.iter().map(|named| named.claim(|length| Trait::Takes(*length))));
        claims.extend(self.fails.iter().map(|named| named.claim(|fails| fails.0)));
        claims.extend(self.evicted.iter().map(|named| named.claim(|evicted| evicted.0)));
        claims.extend(self.hangs.iter().map(|name| named(name, Trait::Hangs(true))));
        claims.extend(self.never_starts.iter().map(|name| named(name, Trait::NeverStarts(true))));
        let ranges = |stretches: &[Stretch]| -> Vec<Range<Instant>> {
            let stretches = stretches.iter().map(|stretch| stretch.at(zone));
            stretches.inspect(|(_, note)| note.iter().for_each(|note| complain(note))).map(|(range, _)| range).collect()
        };
        let (outages, suspended) = (ranges(&self.outage), ranges(&self.suspended));
        let world = World { from, length: args.length.map(|length| length.0), outages, suspended };
        Assumed { claims, world, seed: self.seed }
    }
}

/// The Jobs and CronJobs below the paths; what cannot be read is complained about.
fn read(args: &Args, from: Instant) -> Result<(Vec<Plan>, Status), Faults> {
    let (mut found, mut volumes) = (Vec::new(), Vec::new());
    let status = args.below.each(from, |read| {
        let mut here = plans(read.analysis, read.config);
        here.retain(|plan| !read.is_built(plan.document));
        if !read.is_own() {
            here.iter_mut().for_each(|plan| plan.move_to(|at| read.written(at), |at| read.words(at)));
        }
        found.extend(here);
        volumes.extend(Volume::all(read.analysis));
    })?;
    Ok((gathered(mounted(found, volumes)), status))
}

/// Answers every line of a file of scenarios.
fn answer(path: &Path, args: &Args, out: &mut dyn io::Write) -> io::Result<Status> {
    let settings = args.below.settings(surroundings::now());
    let is_stdin = path.as_os_str() == "-";
    let input = if is_stdin { Input::Stdin(STDIN.to_owned()) } else { Input::Named(path.to_owned()) };
    let source = match files::read(&input, args.below.reading.max_file_size) {
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
