//! `batchlint schedule 'EXPR'`

use std::io;

use super::amount::Count;
use super::explain::Format;
use super::instant::{FORMS, Moment};
use super::zone::zone;
use super::{Status, complain, complain_of, surroundings};
use crate::agenda::explain;
use crate::files;
use crate::render::schedule::{json, text};
use crate::render::{Look, STDIN};
use crate::schedule::Zone;

/// Explain a schedule: in words, field by field, its next runs, and the clock changes ahead
#[derive(Debug, clap::Args)]
#[command(after_help = format!("{FORMS}\n\n{EXAMPLES}"))]
pub(super) struct Args {
    /// The value of spec.schedule; `-` reads one a line from standard input
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
}

const EXAMPLES: &str = "\
Examples:
  batchlint schedule '30 2 * * 0' --time-zone Europe/Berlin
  batchlint schedule '@every 90m' --count 3 --format json
  batchlint schedule - < schedules.txt

Exit status: 0 where the API server takes the schedule and the zone, 1 where it does not";

pub(super) fn run(args: &Args, look: Look, out: &mut dyn io::Write) -> io::Result<Status> {
    if args.schedule != "-" {
        return one(&args.schedule, (args, look), &mut None, out);
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
                one(&line, (args, look), &mut noted, out)?
            }
        };
        worst = worst.max(status);
    }
    Ok(worst)
}

/// Explains one; `noted` is what was said last of the time that is counted from, which is said once.
fn one(
    schedule: &str,
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
    let explained = explain(schedule, (args.time_zone.as_deref(), args.controller_time_zone), from, args.count.0);
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
