//! `batchlint schedule` for people.

use std::io;

use crate::agenda::Explained;
use crate::render::{BOLD, CODE, DIM, Look, style, visible};
use crate::schedule::{
    Advice, ClockChange, Ending, Expression, IANA_VERSION, Seconds, WallTime, Zone, clock_changes, describe,
};
use crate::text::Span;

/// The year that clock changes are looked for in.
const YEAR: Seconds = Seconds::new(366 * 86_400);
/// How many clock changes are listed: a year has two, in some zones four.
const CHANGES: usize = 6;

/// Writes all of it; `reader` is the zone of whoever reads it, if known.
///
/// # Errors
/// When `out` cannot be written to.
pub fn write(explained: &Explained<'_>, reader: Option<Zone>, look: Look, out: &mut dyn io::Write) -> io::Result<()> {
    if let Some(advice) = explained.advice() {
        write_error(explained.schedule, &advice, look, out)?;
    }
    if let Ok(expression) = &explained.expression {
        let zone = explained.time_zone.as_ref().map(|zone| zone.name);
        writeln!(out, "{}\n", look.paint(BOLD, &visible(&describe(expression, zone))))?;
        write_fields(expression, look, out)?;
    }
    write_findings(explained, look, out)?;
    if explained.expression.is_ok() && explained.time_zone.as_ref().is_none_or(|zone| zone.zone.is_ok()) {
        write_runs(explained, reader, look, out)?;
    }
    if let Ok(expression) = &explained.expression {
        write_changes(expression, explained, look, out)?;
    }
    Ok(())
}

fn write_fields(expression: &Expression, look: Look, out: &mut dyn io::Write) -> io::Result<()> {
    let Some(fields) = expression.fields() else { return Ok(()) };
    let dot = if look.unicode { "·" } else { "|" };
    let mut line = String::new();
    for field in fields {
        let words = format!("{} {}", field.name.words(), field.name.values_words(&field.iter().collect::<Vec<_>>()));
        let separate = if line.is_empty() { String::new() } else { format!(" {dot} ") };
        if !line.is_empty() && line.chars().count() + words.len() + 5 > look.width {
            writeln!(out, "  {line}")?;
            line = words;
        } else {
            line.push_str(&separate);
            line.push_str(&words);
        }
    }
    writeln!(out, "  {line}")?;
    if expression.days_joined_by_or() {
        let note = "both day fields are restricted: a day fits if either of them fits";
        writeln!(out, "  {}", look.paint(DIM, note))?;
    }
    Ok(())
}

fn write_error(schedule: &str, advice: &Advice, look: Look, out: &mut dyn io::Write) -> io::Result<()> {
    writeln!(
        out,
        "{}: {}\n",
        look.paint(style(crate::diagnostic::Severity::Error), "error"),
        visible(&advice.message)
    )?;
    writeln!(out, "  {}", look.paint(CODE, &visible(schedule)))?;
    let marks = marks(schedule, advice, if look.unicode { "─" } else { "^" });
    writeln!(out, "  {}", look.paint(style(crate::diagnostic::Severity::Error), &marks))
}

/// What stands below the schedule: a line under each place at fault.
fn marks(schedule: &str, advice: &Advice, mark: &str) -> String {
    let mut spans: Vec<Span> = advice.also.iter().map(|(span, _)| *span).chain([advice.span]).collect();
    spans.sort_unstable();
    let width = |range| textwrap::core::display_width(&visible(schedule.get(range).unwrap_or_default()));
    let (mut marks, mut at) = (String::new(), 0);
    for span in spans {
        let indent = width(0..span.start as usize).saturating_sub(at);
        let length = width(span.range()).max(1);
        marks.push_str(&" ".repeat(indent));
        marks.push_str(&mark.repeat(length));
        at += indent + length;
    }
    marks
}

fn write_findings(explained: &Explained<'_>, look: Look, out: &mut dyn io::Write) -> io::Result<()> {
    // The error itself has been said, with its place.
    let said = |rule: &str| rule == "schedule-syntax" && explained.expression.is_err();
    for finding in &explained.findings {
        let help = finding.help.as_deref().map(|help| format!("help: {}", visible(help)));
        if !said(finding.rule) {
            let head = format!("{}[{}]", finding.severity.name(), finding.rule);
            writeln!(out, "\n{}: {}", look.paint(style(finding.severity), &head), visible(&finding.message))?;
        }
        if let Some(help) = help {
            let options = textwrap::Options::new(look.prose_width()).initial_indent("  ").subsequent_indent("        ");
            writeln!(out, "{}", textwrap::fill(&help, options))?;
        }
    }
    Ok(())
}

fn write_runs(explained: &Explained<'_>, reader: Option<Zone>, look: Look, out: &mut dyn io::Write) -> io::Result<()> {
    let zone = explained.zone();
    let mut zones = vec![zone];
    for other in [Some(Zone::utc()), reader].into_iter().flatten() {
        let last = explained.runs.last().copied().unwrap_or(explained.from);
        let agrees = |own: &Zone| own.agrees_with(other, explained.from..last + Seconds::new(1));
        if !zones.iter().any(agrees) {
            zones.push(other);
        }
    }
    if !explained.runs.is_empty() {
        let mut heading = format!("  {:<18}", "next runs");
        for zone in &zones {
            heading.push_str(&format!("{:<18}", zone.name()));
        }
        writeln!(out, "\n{}", look.paint(DIM, heading.trim_end()))?;
    }
    for &run in &explained.runs {
        let date = zone.local(run).date;
        let mut line = format!("  {:<18}", date.with_weekday());
        for (index, other) in zones.iter().enumerate() {
            let local = other.local(run);
            let mut cell = local.clock();
            if index == 0 || local.abbreviation != "UTC" {
                cell = format!("{cell} {}", local.abbreviation);
            }
            // A place where it is another day already, or still.
            match local.date.cmp(&date) {
                std::cmp::Ordering::Less => cell.push_str(" (-1 day)"),
                std::cmp::Ordering::Greater => cell.push_str(" (+1 day)"),
                std::cmp::Ordering::Equal => {}
            }
            line.push_str(&format!("{cell:<18}"));
        }
        writeln!(out, "{}", line.trim_end())?;
    }
    let ending = match explained.ending {
        None => return Ok(()),
        Some(Ending::Exhausted) if explained.runs.is_empty() => {
            "Kubernetes finds no run within five years, and never starts one".to_owned()
        }
        Some(Ending::Exhausted) => "Kubernetes finds no further run within five years".to_owned(),
        Some(Ending::Stuck { .. }) => {
            "here Kubernetes' search finds the same run again and again: the CronJob stands still until it is edited"
                .to_owned()
        }
        Some(Ending::Endless) => "here Kubernetes' search never ends".to_owned(),
    };
    writeln!(out, "  {ending}")
}

fn write_changes(
    expression: &Expression,
    explained: &Explained<'_>,
    look: Look,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    let changes = clock_changes(expression, explained.zone(), explained.from..explained.from + YEAR);
    let told: Vec<&ClockChange> = changes.iter().filter(|change| !change.steady).take(CHANGES).collect();
    if told.is_empty() {
        return Ok(());
    }
    let heading = format!("  clock changes within a year (IANA {IANA_VERSION})");
    writeln!(out, "\n{}", look.paint(DIM, &heading))?;
    for change in told {
        let zone = explained.zone();
        let date = zone.local(change.transition.at).date.with_weekday();
        for words in change_words(change) {
            writeln!(out, "  {date:<18}{words}")?;
        }
    }
    Ok(())
}

/// What one clock change does, a line each.
fn change_words(change: &ClockChange) -> Vec<String> {
    let mut words = Vec::new();
    let listed = |walls: &[WallTime]| match walls {
        [] => None,
        [one] => Some(one.clock()),
        [first, .., last] => Some(format!("{} to {} ({} times)", first.clock(), last.clock(), walls.len())),
    };
    if let Some(times) = listed(&change.skipped) {
        words.push(format!("{times} does not exist: no run"));
    }
    let doubled: Vec<_> = change.doubled.iter().map(|(wall, _)| *wall).collect();
    if let Some(times) = listed(&doubled) {
        words.push(format!("{times} comes twice: two runs"));
    }
    if let Some(times) = listed(&change.lost) {
        let date = change.lost.first().map(|wall| wall.date.with_weekday()).unwrap_or_default();
        words.push(format!("{times} is passed over on {date}: no run, though the clock shows that time"));
    }
    for (wall, _) in change.stray.iter().take(2) {
        words.push(format!(
            "a run on {} at {}, which the schedule does not name",
            wall.date.with_weekday(),
            wall.clock()
        ));
    }
    if change.stuck.is_some() {
        words.push("Kubernetes finds the same run again and again, and starts no further one".to_owned());
    }
    words
}
