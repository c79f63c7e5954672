//! `batchlint schedule 'EXPR'`

use std::io::{self, BufRead as _};

use super::explain::Format;
use super::instant::Moment;
use super::{Status, surroundings};
use crate::config::Config;
use crate::diagnostic::Finding;
use crate::lint::lint;
use crate::render::Look;
use crate::render::schedule::{Explained, TimeZone, json, text};
use crate::schedule::{Ending, Expression, Instant, Schedule, Zone, server_errors, zone_server_errors};
use crate::text::Source;

/// Explain a schedule: in words, field by field, its next runs, and the clock changes ahead
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    /// The value of spec.schedule; `-` reads one a line from standard input
    #[arg(value_name = "EXPR", allow_hyphen_values = true)]
    schedule: String,

    /// The value of spec.timeZone; without it UTC, as in the official controller images
    #[arg(short = 'z', long, value_name = "ZONE", allow_hyphen_values = true)]
    time_zone: Option<String>,

    /// Where to count from: 2027-04-26, 2027-04-26T09:30 (in the zone), or with an offset; without it, now
    #[arg(long, value_name = "TIME")]
    from: Option<Moment>,

    /// How many runs to list
    #[arg(short = 'n', long, value_name = "N", default_value_t = 5)]
    count: usize,

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
        return one(&args.schedule, args, look, out);
    }
    let mut worst = Status::Clean;
    for (number, line) in io::stdin().lock().lines().enumerate() {
        if number > 0 && args.format == Format::Text {
            writeln!(out)?;
        }
        worst = worst.max(one(&line?, args, look, out)?);
    }
    Ok(worst)
}

fn one(schedule: &str, args: &Args, look: Look, out: &mut dyn io::Write) -> io::Result<Status> {
    let explained = explain(schedule, args);
    match args.format {
        Format::Text => text::write(&explained, surroundings::zone(), look, out)?,
        Format::Json => json::write(&explained, out)?,
    }
    Ok(if explained.accepted() { Status::Clean } else { Status::Found })
}

fn explain<'a>(schedule: &'a str, args: &'a Args) -> Explained<'a> {
    let time_zone = args.time_zone.as_deref().map(|name| TimeZone {
        name,
        zone: Zone::load(name),
        server: zone_server_errors(name),
    });
    let mut explained = Explained {
        schedule,
        expression: Expression::parse(schedule),
        server: server_errors(schedule),
        time_zone,
        from: Instant::from_unix(0),
        count: args.count,
        runs: Vec::new(),
        ending: None,
        findings: Vec::new(),
    };
    let zone = explained.zone();
    explained.from = args.from.map_or_else(surroundings::now, |from| from.at(zone));
    explained.findings = findings(schedule, args.time_zone.as_deref(), explained.from);
    let zone_fits = explained.time_zone.as_ref().is_none_or(|zone| zone.zone.is_ok());
    if let (Ok(expression), true) = (&explained.expression, zone_fits) {
        let schedule = Schedule::new(expression, zone);
        (explained.runs, explained.ending) = next_runs(&schedule, explained.from, args.count);
    }
    explained
}

/// The next runs, and why there are fewer than asked for, if there are.
fn next_runs(schedule: &Schedule, from: Instant, count: usize) -> (Vec<Instant>, Option<Ending>) {
    let mut search = schedule.runs_after(from);
    let runs: Vec<Instant> = search.by_ref().take(count).collect();
    let ending = if runs.len() < count { search.ending() } else { None };
    (runs, ending)
}

/// What the rules say about a CronJob with this schedule and this zone.
fn findings(schedule: &str, zone: Option<&str>, now: Instant) -> Vec<Finding> {
    let quoted = |text: &str| serde_json::to_string(text).expect("a text is always JSON");
    let zone = zone.map(|zone| format!(", \"timeZone\": {}", quoted(zone))).unwrap_or_default();
    let manifest = format!(
        "{{\"apiVersion\": \"batch/v1\", \"kind\": \"CronJob\", \"spec\": {{\"schedule\": {}{zone}}}}}",
        quoted(schedule)
    );
    let select = ["schedule", "schedule-syntax", "time-zone-unknown"];
    // A zone that was not asked for is no finding here.
    let config = Config::at(now).with_rules(&select, &["time-zone-unset"]).expect("these rules exist");
    lint(&Source::new("schedule", manifest), &config).findings
}
