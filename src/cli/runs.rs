//! `batchlint runs [PATH…]`

use std::io;
use std::path::PathBuf;

use clap::ValueEnum;

use super::instant::{Length, Moment};
use super::reading::Reading;
use super::{Status, complain_of, surroundings};
use crate::agenda::{Window, rows};
use crate::analysis::{Facts, Settings, analyse};
use crate::files;
use crate::k8s::Version;
use crate::project::Project;
use crate::render::runs::{ics, json, list, timeline};
use crate::render::{Look, STDIN};
use crate::schedule::{Instant, Zone, nearest_zone};

/// Runs that the list has where nothing else is said.
const LISTED: usize = 40;

/// List the upcoming runs of all CronJobs
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    /// Files, pipes, folders, or `-` for standard input, as for `check`
    #[arg(value_name = "PATH", default_value = ".")]
    paths: Vec<PathBuf>,

    #[command(flatten)]
    reading: Reading,

    /// Where to start: 2027-04-26, 2027-04-26T09:30 (in the zone), or with an offset; without it, now
    #[arg(long, value_name = "TIME")]
    from: Option<Moment>,

    /// How far to look: 90m, 24h, 7d, 2w
    #[arg(long = "for", value_name = "LENGTH", default_value = "24h")]
    length: Length,

    /// How many runs to list, in all or of each CronJob with --by cronjob; text lists 40 without it, json and ics all
    #[arg(short = 'n', long, value_name = "N")]
    count: Option<usize>,

    /// The zone whose clock is shown; without it, yours
    #[arg(short, long, value_name = "ZONE", value_parser = zone)]
    zone: Option<Zone>,

    /// The Kubernetes version whose API server is asked: what it refuses never runs
    #[arg(long, value_name = "VERSION", default_value_t)]
    kubernetes_version: Version,

    /// How to order the list
    #[arg(long, value_enum, default_value_t)]
    by: Order,

    /// How to print the runs
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

const EXAMPLES: &str = "\
Examples:
  batchlint runs jobs/ --for 7d
  batchlint runs jobs/ --from 2027-03-28 --zone Europe/Berlin --by cronjob
  batchlint runs jobs/ --for 4w --format ics > runs.ics";

/// How the list is ordered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
enum Order {
    /// All runs together, in order of time
    #[default]
    Time,
    /// The runs of each CronJob together
    Cronjob,
}

/// How the runs are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
enum Format {
    /// A picture, and a list
    #[default]
    Text,
    /// One JSON object, for programs
    Json,
    /// A calendar, for calendar programs
    Ics,
}

fn zone(name: &str) -> Result<Zone, String> {
    Zone::load(name).map_err(|error| match nearest_zone(name) {
        Some(near) => format!("{error}; did you mean {near}?"),
        None => error.to_string(),
    })
}

pub(super) fn run(args: &Args, look: Look, out: &mut dyn io::Write) -> io::Result<Status> {
    let zone = args.zone.or_else(surroundings::zone).unwrap_or(Zone::utc());
    let from = args.from.map_or_else(surroundings::now, |from| from.at(zone));
    let window = Window { from, until: from.saturating_add(args.length.0) };
    let (project, status) = read(args, from);
    let most = args.count.unwrap_or(if args.format == Format::Text { LISTED } else { usize::MAX });
    let rows = rows(&project, window, most);
    match args.format {
        Format::Json => json::write(&rows, window, out)?,
        Format::Ics => ics::write(&rows, window, out)?,
        Format::Text if rows.is_empty() => writeln!(out, "No CronJob was found.")?,
        Format::Text => {
            timeline::write(&rows, window, zone, look, out)?;
            writeln!(out)?;
            match args.by {
                Order::Time => list::write_merged(&rows, most, zone, look, out)?,
                Order::Cronjob => list::write_grouped(&rows, most, zone, look, out)?,
            }
            writeln!(out)?;
            list::write_notes(&rows, window, out)?;
        }
    }
    Ok(status)
}

/// What is known of the files below the paths; what cannot be read is complained about.
fn read(args: &Args, from: Instant) -> (Project, Status) {
    let settings = Settings::at(from).with_kubernetes(args.kubernetes_version);
    let (mut project, mut status) = (Project::new(), Status::Clean);
    for input in files::find(&args.paths, STDIN) {
        match input.and_then(|input| files::read(&input, args.reading.max_file_size)) {
            Ok(source) => project.add(Facts::of(&analyse(source, &settings))),
            Err(error) => status = status.max(complain_of(&error)),
        }
    }
    (project, status)
}
