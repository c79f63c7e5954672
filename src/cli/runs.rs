//! `batchlint runs [PATH…]`

use std::io;
use std::path::PathBuf;

use clap::ValueEnum;

use super::instant::{Length, Moment};
use super::{Status, complain, surroundings};
use crate::analysis::{Settings, analyse};
use crate::files;
use crate::render::runs::{Row, Window, ics, json, list, timeline};
use crate::render::{Look, STDIN};
use crate::schedule::{Zone, nearest_zone};
use crate::text::{Lines, Source};
use crate::upcoming::{Outlook, Upcoming, upcoming};

/// Runs that the list has where nothing else is said.
const LISTED: usize = 40;

/// List the upcoming runs of all CronJobs
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    /// Files, folders, or `-` for standard input, as for `check`
    #[arg(value_name = "PATH", default_value = ".")]
    paths: Vec<PathBuf>,

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
    let (found, status) = read(args);
    let layout = timeline::Layout::new(window, found.iter().map(|(_, _, job)| label_width(job)), look);
    let most = args.count.unwrap_or(if args.format == Format::Text { LISTED } else { usize::MAX });
    let rows: Vec<Row> = found.into_iter().map(|found| row(found, window, layout, most)).collect();
    match args.format {
        Format::Json => json::write(&rows, window, out)?,
        Format::Ics => ics::write(&rows, window, out)?,
        Format::Text if rows.is_empty() => writeln!(out, "No CronJob was found.")?,
        Format::Text => {
            timeline::write(&rows, layout, zone, look, out)?;
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

/// A CronJob with its file and its line.
type Found = (String, u32, Upcoming);

/// Every CronJob below the paths; what cannot be read is complained about.
fn read(args: &Args) -> (Vec<Found>, Status) {
    let mut found = Vec::new();
    let mut status = Status::Clean;
    for input in files::find(&args.paths, STDIN) {
        match input.and_then(|input| files::read(&input)) {
            Ok(source) => found.extend(cron_jobs(source)),
            Err(error) => {
                complain(&error.to_string());
                status = Status::Failed;
            }
        }
    }
    (found, status)
}

fn cron_jobs(source: Source) -> Vec<Found> {
    let analysis = analyse(source, &Settings::at(crate::schedule::Instant::from_unix(0)));
    let (source, cron_jobs) = (analysis.source(), upcoming(&analysis));
    if cron_jobs.is_empty() {
        return Vec::new();
    }
    let lines = Lines::new(source.text());
    let found = |job: Upcoming| (source.name().to_owned(), lines.position(job.span.start).line, job);
    cron_jobs.into_iter().map(found).collect()
}

fn label_width(job: &Upcoming) -> usize {
    job.name.chars().count() + job.namespace.as_ref().map_or(0, |namespace| namespace.chars().count() + 1)
}

fn row((file, line, cron_job): Found, window: Window, layout: timeline::Layout, most: usize) -> Row {
    let mut runs = Vec::new();
    let mut ending = None;
    if let Outlook::Runs { schedule, .. } = &cron_job.outlook {
        ending = schedule.runs_between(window.from, window.until, &mut runs);
    }
    let (total, columns) = (runs.len(), layout.count(&runs));
    runs.truncate(most);
    runs.shrink_to_fit();
    Row { file, line, cron_job, total, runs, columns, ending }
}
