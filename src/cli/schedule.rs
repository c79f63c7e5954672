//! `batchlint schedule 'EXPR'`

use std::io;
use std::path::{Path, PathBuf};

use super::amount::Count;
use super::below::Below;
use super::configuration::{Faults, Values};
use super::explain::Format;
use super::instant::{FORMS, Moment};
use super::zone::zone;
use super::{Status, complain, complain_of, surroundings};
use crate::agenda::{Window, explain, rows};
use crate::files;
use crate::project::Project;
use crate::render::schedule::{json, text};
use crate::render::{Look, STDIN};
use crate::schedule::{Expression, Zone};
use crate::text::visible;

/// Explain a schedule: in words, field by field, its next runs, and the clock changes ahead
#[derive(Debug, clap::Args)]
#[command(after_help = format!("{FORMS}\n\n{EXAMPLES}"))]
pub(super) struct Args {
    /// The value of spec.schedule; `-` reads one a line from standard input. Of a manifest, a chart or a folder, those of
    /// its CronJobs
    #[arg(value_name = "EXPR", allow_hyphen_values = true)]
    schedule: String,

    /// The value of spec.timeZone; without it UTC, as in the official controller images
    #[arg(short = 'z', long, value_name = "ZONE", allow_hyphen_values = true)]
    time_zone: Option<String>,

    /// The zone of the CronJob controller, in which the schedule runs without --time-zone
    #[arg(long, value_name = "ZONE", value_parser = zone)]
    controller_time_zone: Option<Zone>,

    /// Where to count from, on the clock of the schedule's zone
    #[arg(long, value_name = "TIME", default_value = "now", allow_hyphen_values = true)]
    from: Moment,

    /// How many runs to list
    #[arg(short = 'n', long, value_name = "N", default_value = "5", allow_hyphen_values = true)]
    count: Count,

    /// How to print the answer; json prints one object a schedule, each on a line
    #[arg(long, value_enum, default_value_t)]
    format: Format,

    #[command(flatten)]
    values: Values,
}

const EXAMPLES: &str = "\
Examples:
  batchlint schedule '30 2 * * 0' --time-zone Europe/Berlin
  batchlint schedule '@every 90m' --count 3 --format json
  batchlint schedule - < schedules.txt
  batchlint schedule charts/report --values prod.yaml

Exit status: 0 where the API server takes the schedule and the zone, 1 where it does not";

pub(super) fn run(args: &Args, look: Look, out: &mut dyn io::Write) -> io::Result<Status> {
    let path = Path::new(&args.schedule);
    if args.schedule != "-" && path.exists() && Expression::parse(&args.schedule).is_err() {
        return of_files(path, (args, look), out);
    }
    if args.schedule != "-" {
        return one((&args.schedule, args.time_zone.as_deref()), (args, look), &mut None, out);
    }
    let (mut worst, mut noted) = (Status::Clean, None);
    let mut is_first = true;
    for line in files::lines_of_stdin(STDIN) {
        let status = match line {
            Err(error) => complain_of(&error),
            Ok(line) => {
                if !std::mem::take(&mut is_first) && args.format == Format::Text {
                    writeln!(out)?;
                }
                one((&line, args.time_zone.as_deref()), (args, look), &mut noted, out)?
            }
        };
        worst = worst.max(status);
    }
    Ok(worst)
}

/// Explains the schedules of all CronJobs below a path, each below its name and place.
fn of_files(path: &Path, (args, look): (&Args, Look), out: &mut dyn io::Write) -> io::Result<Status> {
    let (project, mut worst) = match read(path, args) {
        Ok(read) => read,
        Err(faults) => {
            faults.iter().for_each(|fault| complain(fault));
            return Ok(Status::Failed);
        }
    };
    let now = surroundings::now();
    let rows = rows(&project, Window { from: now, until: now }, 0);
    if rows.is_empty() {
        complain(&format!("no CronJob was found in {}", path.display()));
    }
    let mut noted = None;
    for (at, row) in rows.iter().enumerate() {
        if args.format == Format::Text {
            let (file, line) = row.place();
            let between = if at > 0 { "\n" } else { "" };
            writeln!(out, "{between}{} ({}:{line})", visible(&row.label()), visible(file))?;
        }
        let zone = args.time_zone.as_deref().or(row.cron_job.time_zone.as_deref());
        worst = worst.max(one((&row.cron_job.schedule, zone), (args, look), &mut noted, out)?);
    }
    Ok(worst)
}

fn read(path: &Path, args: &Args) -> Result<(Project, Status), Faults> {
    let below = Below::of(PathBuf::from(path), args.values.clone(), args.controller_time_zone);
    let mut project = Project::new();
    let status = below.each(surroundings::now(), |read| project.add(read.facts()))?;
    Ok((project, status))
}

/// Explains one in its zone; `noted` is what was said last of the time that is counted from, which is said once.
fn one(
    (schedule, time_zone): (&str, Option<&str>),
    (args, look): (&Args, Look),
    noted: &mut Option<String>,
    out: &mut dyn io::Write,
) -> io::Result<Status> {
    let mut note = None;
    let from = |zone| {
        let from;
        (from, note) = args.from.at(zone);
        from
    };
    let explained = explain(schedule, (time_zone, args.controller_time_zone), from, args.count.0);
    if let Some(words) = note.as_ref().filter(|_| note != *noted) {
        complain(words);
        *noted = note;
    }
    match args.format {
        Format::Text => text::write(&explained, surroundings::zone(), look, out)?,
        Format::Json => json::write(&explained, out)?,
    }
    Ok(if explained.accepted() { Status::Clean } else { Status::Found })
}
