//! The list: a line a run, in order of time, or the runs of each CronJob together.

use std::io;

use super::never;
use crate::agenda::{Row, Same, Window};
use crate::render::{BOLD, DIM, Look};
use crate::schedule::{Ending, IANA_VERSION, Instant, Zone};
use crate::text::visible;

/// Writes the first `most` runs of all CronJobs together, in order of time.
///
/// # Errors
/// When `out` cannot be written to.
pub fn write_merged(rows: &[Row<'_>], most: usize, zone: Zone, look: Look, out: &mut dyn io::Write) -> io::Result<()> {
    let mut runs: Vec<(Instant, usize)> =
        rows.iter().enumerate().flat_map(|(row, of)| of.runs.iter().map(move |&run| (run, row))).collect();
    runs.sort_unstable();
    runs.truncate(most);
    let width = |row: &Row<'_>| textwrap::core::display_width(&visible(&row.label()));
    let widest = runs.iter().map(|(_, row)| width(&rows[*row])).max().unwrap_or(0);
    let mut last_day = String::new();
    for (run, row) in &runs {
        let local = zone.local(*run);
        let today = local.date.with_weekday();
        let shown = if today == last_day { " ".repeat(today.len()) } else { today.clone() };
        let time = format!("{} {}", local.clock(), local.abbreviation);
        let row = &rows[*row];
        let place = look.paint(DIM, &place(row));
        let padding = " ".repeat(widest - width(row));
        writeln!(out, "{shown}  {time:<10}  {}{padding}  {place}", visible(&row.label()))?;
        last_day = today;
    }
    let total: usize = rows.iter().map(|row| row.total).sum();
    write_rest(total.saturating_sub(runs.len()), look, out)
}

/// Writes the first `most` runs of each CronJob under its name.
///
/// # Errors
/// When `out` cannot be written to.
pub fn write_grouped(rows: &[Row<'_>], most: usize, zone: Zone, look: Look, out: &mut dyn io::Write) -> io::Result<()> {
    for (index, row) in rows.iter().enumerate() {
        if index > 0 {
            writeln!(out)?;
        }
        let place = look.paint(DIM, &place(row));
        writeln!(out, "{}  {place}", look.paint(BOLD, &visible(&row.label())))?;
        if let Some(words) = row.words() {
            writeln!(out, "  {}", visible(&words))?;
        }
        for &run in row.runs.iter().take(most) {
            let local = zone.local(run);
            writeln!(out, "  {}  {} {}", local.date.with_weekday(), local.clock(), local.abbreviation)?;
        }
        write_rest(row.total.saturating_sub(row.runs.len().min(most)), look, out)?;
    }
    Ok(())
}

fn write_rest(rest: usize, look: Look, out: &mut dyn io::Write) -> io::Result<()> {
    match rest {
        0 => Ok(()),
        1 => writeln!(out, "{}", look.paint(DIM, "and one more: --count lists more")),
        rest => writeln!(out, "{}", look.paint(DIM, &format!("and {rest} more: --count lists more"))),
    }
}

/// Writes what the list cannot show: CronJobs without a run, and what the times rest on.
///
/// # Errors
/// When `out` cannot be written to.
pub fn write_notes(rows: &[Row<'_>], window: Window, out: &mut dyn io::Write) -> io::Result<()> {
    for row in rows {
        let name = visible(&row.label()).into_owned();
        match (&row.cron_job.never, &row.schedule) {
            (Some(why), _) => writeln!(out, "{name} {}", never::words(why))?,
            _ if row.counts_from_creation() => {
                writeln!(out, "{name} counts from its creation; shown as if created at the start of this list")?;
            }
            _ if row.total == 0 && row.ending == Some(Ending::Exhausted) => {
                writeln!(out, "{name} never runs: Kubernetes finds no run within five years")?;
            }
            (_, Some(schedule)) if row.total == 0 => {
                let next = schedule.next_after(window.from).map(|next| schedule.zone().local(next).date.with_weekday());
                let next = next.map(|next| format!("; its next one is on {next}")).unwrap_or_default();
                writeln!(out, "{name} has no run in this time{next}")?;
            }
            _ => {}
        }
    }
    write_same(rows, out)?;
    let zoned = rows.iter().any(|row| row.cron_job.time_zone.as_deref().is_some_and(|zone| zone != "UTC"));
    if zoned {
        writeln!(out, "Time zones as of IANA {IANA_VERSION}.")?;
    }
    if rows.iter().any(|row| row.cron_job.time_zone.is_none()) {
        writeln!(out, "Without timeZone a schedule is read in the controller's own zone: UTC is assumed.")?;
    }
    Ok(())
}

/// Names the CronJobs that are there more than once.
fn write_same(rows: &[Row<'_>], out: &mut dyn io::Write) -> io::Result<()> {
    for (number, row) in rows.iter().enumerate() {
        let Some(Same { count, last, .. }) = row.same.filter(|same| same.first == number) else { continue };
        let (label, first, last) = (row.label(), place(row), place(&rows[last]));
        let name = visible(&label);
        let between = if count > 2 { format!(", {} more", count - 2) } else { String::new() };
        writeln!(
            out,
            "{name} is one object in one cluster, and stands at {first}{between} and {last}: the last counts"
        )?;
    }
    Ok(())
}

/// `jobs.yaml:6`
fn place(row: &Row<'_>) -> String {
    let (file, line) = row.place();
    format!("{}:{line}", visible(file))
}
