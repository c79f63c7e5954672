//! `batchlint schedule` for people.

use std::cmp::Ordering;
use std::io;
use std::ops::Range;

use anstyle::Style;

use super::changes::{self, YEAR};
use crate::agenda::Explained;
use crate::diagnostic::Severity;
use crate::render::file::Line;
use crate::render::row::{Room, Row, row};
use crate::render::{BOLD, CODE, DIM, Look, style, wrap};
use crate::schedule::{
    Advice, ClockChange, Ending, Expression, IANA_VERSION, Instant, Seconds, Zone, clock_changes, describe,
};
use crate::sort;
use crate::text::{Message, Span, visible};

/// How many clock changes are listed: a year has two, in some zones four.
const CHANGES: usize = 6;

/// Writes all of it; `reader` is the zone of whoever reads it, if known.
///
/// # Errors
/// When `out` cannot be written to.
pub fn write(explained: &Explained<'_>, reader: Option<Zone>, look: Look, out: &mut dyn io::Write) -> io::Result<()> {
    if let Some(advice) = explained.advice() {
        write_error(explained.schedule, advice, look, out)?;
    }
    if let Ok(expression) = &explained.expression {
        let words = look.paint(BOLD, &visible(&describe(expression, explained.zone_name())));
        writeln!(out, "{}", wrap::wrapped(&words, look, ["", "  "]))?;
        if let Some(zone) = explained.controller_zone {
            let note = look.paint(DIM, &format!("without timeZone, in the controller's zone: {} as told", zone.name()));
            writeln!(out, "{}", wrap::wrapped(&note, look, ["  ", "  "]))?;
        }
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
    writeln!(out)?;
    let dot = if look.unicode { "·" } else { "|" };
    let mut line = String::new();
    for field in fields {
        let words = format!("{} {}", field.name.words(), field.name.values_words(&field.iter().collect::<Vec<_>>()));
        if !line.is_empty() && wrap::width(&line) + words.len() + 5 > look.width {
            writeln!(out, "{}", wrap::wrapped(&line, look, ["  ", "    "]))?;
            line.clear();
        }
        let separate = if line.is_empty() { String::new() } else { format!(" {dot} ") };
        line.push_str(&(separate + &words));
    }
    writeln!(out, "{}", wrap::wrapped(&line, look, ["  ", "    "]))?;
    if expression.days_joined_by_or() {
        let note = look.paint(DIM, "both day fields are restricted: a day fits if either of them fits");
        writeln!(out, "{}", wrap::wrapped(&note, look, ["  ", "  "]))?;
    }
    Ok(())
}

fn write_error(schedule: &str, advice: Advice, look: Look, out: &mut dyn io::Write) -> io::Result<()> {
    let red = style(Severity::Error);
    writeln!(out, "{}\n", wrap::headline("error:", red, &Message::from(advice.message), look))?;
    let mut places: Vec<Span> = advice.also.iter().map(|(span, _)| *span).chain([advice.span]).collect();
    sort::ascending(&mut places);
    let places: Vec<Range<usize>> = places.into_iter().map(Span::range).collect();
    let columns = look.width.saturating_sub(2).max(20);
    let line = Line { text: schedule, is_cut: (false, false) };
    let shown = row(line, &places, Room { columns, reach: columns, unicode: look.unicode });
    writeln!(out, "  {}", look.paint(CODE, shown.text.trim_end()))?;
    writeln!(out, "  {}", look.paint(red, &marks(&shown, if look.unicode { "─" } else { "^" })))
}

/// What stands below the schedule: a line under each place at fault.
fn marks(shown: &Row, mark: &str) -> String {
    let (mut marks, mut at) = (String::new(), 0);
    for place in &shown.marks {
        let [start, end] = [place.start, place.end].map(|end| wrap::width(&shown.text[..end]));
        marks.push_str(&" ".repeat(start.saturating_sub(at)));
        marks.push_str(&mark.repeat(end.saturating_sub(start.max(at))));
        at = end.max(at);
    }
    marks
}

fn write_findings(explained: &Explained<'_>, look: Look, out: &mut dyn io::Write) -> io::Result<()> {
    // The error itself has been said, with its place.
    let said = |rule: &str| rule == "schedule-syntax" && explained.expression.is_err();
    for finding in &explained.findings {
        let help = finding.help.as_deref().map(|help| format!("help: {help}"));
        if !said(finding.rule) {
            let head = format!("{}[{}]:", finding.severity.name(), finding.rule);
            writeln!(out, "\n{}", wrap::headline(&head, style(finding.severity), &finding.message, look))?;
        }
        if let Some(help) = help {
            writeln!(out, "{}", wrap::wrapped(&help, look, ["  ", "        "]))?;
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
    let table = Table::new(&zones, &explained.runs, look);
    if !explained.runs.is_empty() {
        let names: Vec<&str> = zones.iter().map(|zone| zone.name()).collect();
        writeln!(out)?;
        table.write("next runs", &names, DIM, out)?;
    }
    for &run in &explained.runs {
        let cells: Vec<String> = cells(&zones, run).collect();
        table.write(&zone.local(run).date.with_weekday(), &cells, Style::new(), out)?;
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
        Some(Ending::OutOfYears) => "no run can be told beyond the year 9999".to_owned(),
    };
    writeln!(out, "{}", wrap::wrapped(&ending, look, ["  ", "  "]))
}

/// What each zone's clock shows at a run.
fn cells(zones: &[Zone], run: Instant) -> impl Iterator<Item = String> {
    let date = zones[0].local(run).date;
    zones.iter().enumerate().map(move |(index, zone)| {
        let local = zone.local(run);
        let mut cell = local.clock();
        if index == 0 || local.abbreviation != "UTC" {
            cell = format!("{cell} {}", local.abbreviation);
        }
        // A place where it is another day already, or still.
        match local.date.cmp(&date) {
            Ordering::Less => cell.push_str(" (-1 day)"),
            Ordering::Greater => cell.push_str(" (+1 day)"),
            Ordering::Equal => {}
        }
        cell
    })
}

/// The runs, a column a zone; where the terminal has no room for all columns, each zone has a line of its own.
struct Table {
    columns: Vec<usize>,
    look: Look,
}

impl Table {
    /// The columns of the dates, with what parts them from the next.
    const DATES: usize = 18;

    fn new(zones: &[Zone], runs: &[Instant], look: Look) -> Self {
        let mut columns: Vec<usize> = zones.iter().map(|zone| wrap::width(zone.name()).max(16)).collect();
        for &run in runs {
            for (column, cell) in columns.iter_mut().zip(cells(zones, run)) {
                *column = wrap::width(&cell).max(*column);
            }
        }
        Self { columns, look }
    }

    /// Writes what stands behind a date: one cell a zone.
    fn write(&self, date: &str, cells: &[impl AsRef<str>], style: Style, out: &mut dyn io::Write) -> io::Result<()> {
        let whole: usize = self.columns.iter().map(|column| column + 2).sum();
        let room = self.look.width.saturating_sub(Self::DATES + 2);
        let lines: Vec<String> = if Self::DATES + whole <= self.look.width {
            let padded = cells.iter().zip(&self.columns).map(|(cell, column)| format!("{:<column$}  ", cell.as_ref()));
            vec![padded.collect()]
        } else {
            cells.iter().map(|cell| wrap::cut(cell.as_ref(), room, self.look).into_owned()).collect()
        };
        for (date, line) in std::iter::once(date).chain(std::iter::repeat("")).zip(&lines) {
            let line = format!("  {date:<width$}{line}", width = Self::DATES);
            writeln!(out, "{}", self.look.paint(style, line.trim_end()))?;
        }
        Ok(())
    }
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
    let heading = look.paint(DIM, &format!("clock changes within a year (IANA {IANA_VERSION})"));
    writeln!(out, "\n{}", wrap::wrapped(&heading, look, ["  ", "  "]))?;
    let indent = " ".repeat(Table::DATES + 2);
    for change in told {
        let zone = explained.zone();
        let date = zone.local(change.transition.at).date.with_weekday();
        for words in changes::words(change) {
            let line = format!("{date:<width$}{words}", width = Table::DATES);
            writeln!(out, "{}", wrap::wrapped(&line, look, ["  ", &indent]))?;
        }
    }
    Ok(())
}
