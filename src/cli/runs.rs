//! `batchlint runs [PATH…]`

use std::io;

use clap::ValueEnum;

use super::amount::{Count, Length};
use super::below::Below;
use super::configuration::Faults;
use super::instant::{FORMS, Moment};
use super::zone::zone;
use super::{Status, complain, surroundings};
use crate::agenda::{Window, rows, share};
use crate::project::Project;
use crate::render::Look;
use crate::render::runs::{html, ics, json, list, timeline};
use crate::schedule::{INSTANTS, Instant, Zone};

/// Runs that the list has where nothing else is said.
const LISTED: usize = 40;
/// Runs that a program is given where nothing else is said.
const GIVEN: usize = 100_000;

/// List the upcoming runs of all CronJobs
#[derive(Debug, clap::Args)]
#[command(after_help = format!("{FORMS}\n\n{EXAMPLES}"))]
pub(super) struct Args {
    #[command(flatten)]
    below: Below,

    /// Where to start, on the clock that is shown
    #[arg(long, value_name = "TIME", default_value = "now", allow_hyphen_values = true)]
    from: Moment,

    /// How far to look: 90m, 24h, 7d, 2w
    #[arg(long = "for", value_name = "LENGTH", default_value = "24h", allow_hyphen_values = true)]
    length: Length,

    /// How many runs to list, in all or of each CronJob with --by cronjob; text lists 40 without it, json and ics
    /// 100,000, shared by the CronJobs
    #[arg(short = 'n', long, value_name = "N", allow_hyphen_values = true)]
    count: Option<Count>,

    /// The zone whose clock is shown; without it, yours
    #[arg(short, long, value_name = "ZONE", value_parser = zone)]
    zone: Option<Zone>,

    /// How to order the list
    #[arg(long, value_name = "ORDER", value_enum, default_value_t)]
    by: Order,

    /// How to print the runs
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

const EXAMPLES: &str = "\
Examples:
  batchlint runs jobs/ --for 7d
  batchlint runs jobs/ --from 2027-03-28 --zone Europe/Berlin --by cronjob
  batchlint runs jobs/ --for 4w --format ics > runs.ics
  batchlint runs jobs/ --for 7d --format html > week.html

Exit status: 0, or 2 where something could not be read (the rest is listed)";

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
    /// A page for a browser, which needs nothing else
    Html,
}

pub(super) fn run(args: &Args, look: Look, out: &mut dyn io::Write) -> io::Result<Status> {
    let zone = args.zone.or_else(surroundings::zone).unwrap_or(Zone::utc());
    let (from, note) = args.from.at(zone);
    note.iter().for_each(|note| complain(note));
    let window = Window { from, until: from + args.length.0 };
    if window.until > INSTANTS.end {
        complain("--for leads beyond the year 9999, in which time ends here");
        return Ok(Status::Failed);
    }
    let (project, status) = match read(args, from) {
        Ok(read) => read,
        Err(faults) => {
            faults.iter().for_each(|fault| complain(fault));
            return Ok(Status::Failed);
        }
    };
    let most = match (args.count, args.format) {
        (Some(count), _) => count.0,
        (None, Format::Text) => LISTED,
        // A page has a picture of them, which is made of all and lists none.
        (None, Format::Html) => 0,
        (None, Format::Json | Format::Ics) => share(&project, window, GIVEN),
    };
    let rows = rows(&project, window, most);
    let left: usize = rows.iter().map(|row| row.total - row.runs.len()).sum();
    if left > 0 && args.count.is_none() && matches!(args.format, Format::Json | Format::Ics) {
        complain(&format!("{left} more runs are not listed: --count lists more of each CronJob"));
    }
    match args.format {
        Format::Json => json::write(&rows, window, out)?,
        Format::Ics => ics::write(&rows, window, out)?,
        Format::Html => html::write(&rows, window, zone, out)?,
        Format::Text if rows.is_empty() => writeln!(out, "No CronJob was found.")?,
        Format::Text => {
            timeline::write(&rows, window, zone, look, out)?;
            writeln!(out)?;
            match args.by {
                Order::Time => list::write_merged(&rows, most, zone, look, out)?,
                Order::Cronjob => list::write_grouped(&rows, most, zone, look, out)?,
            }
            writeln!(out)?;
            list::write_notes(&rows, window, look, out)?;
        }
    }
    Ok(status)
}

/// What is known of the files below the paths; what cannot be read is complained about.
fn read(args: &Args, from: Instant) -> Result<(Project, Status), Faults> {
    let mut project = Project::new();
    let status = args.below.each(from, |read| project.add(read.facts()))?;
    Ok((project, status))
}
