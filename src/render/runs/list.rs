//! The list: a line a run, in order of time, or the runs of each CronJob together.

use std::io;

use super::many::{SHOWN, write_more};
use super::never;
use crate::agenda::{Row, Same, Window};
use crate::render::{BOLD, DIM, Look, wrap};
use crate::schedule::{Ending, IANA_VERSION, Instant, Seconds, Zone};
use crate::sort;
use crate::text::visible;

/// The narrowest terminal on which a day stands beside its runs.
const WIDE: usize = 64;
/// Columns that a place has at least.
const PLACE: usize = 12;

/// Writes the first `most` runs of all CronJobs together, in order of time.
///
/// # Errors
/// When `out` cannot be written to.
pub fn write_merged(rows: &[Row<'_>], most: usize, zone: Zone, look: Look, out: &mut dyn io::Write) -> io::Result<()> {
    let mut runs: Vec<(Instant, usize)> =
        rows.iter().enumerate().flat_map(|(row, of)| of.runs.iter().map(move |&run| (run, row))).collect();
    sort::ascending(&mut runs);
    runs.truncate(most);
    let columns = Columns::new(rows, &runs, zone, look);
    let mut last_day = String::new();
    for &(run, row) in &runs {
        let today = zone.local(run).date.with_weekday();
        let is_new = today != last_day;
        if is_new && !columns.days_beside {
            writeln!(out, "{today}")?;
        }
        let day = match (columns.days_beside, is_new) {
            (true, true) => today.clone(),
            (true, false) => " ".repeat(today.len()),
            (false, _) => String::new(),
        };
        writeln!(out, "{day}  {}", columns.line(&rows[row], &time(run, zone), look))?;
        last_day = today;
    }
    let total: usize = rows.iter().map(|row| row.total).sum();
    write_rest(total.saturating_sub(runs.len()), look, out)
}

/// How wide what stands behind the day is.
struct Columns {
    days_beside: bool,
    time: usize,
    label: usize,
    place: usize,
}

impl Columns {
    fn new(rows: &[Row<'_>], runs: &[(Instant, usize)], zone: Zone, look: Look) -> Self {
        let widest = |width: &dyn Fn(Instant, &Row<'_>) -> usize| {
            runs.iter().map(|(run, row)| width(*run, &rows[*row])).max().unwrap_or(0)
        };
        let time = widest(&|run, _| self::time(run, zone).len()).max(10);
        let label = widest(&|_, row| wrap::width(&visible(&row.label())));
        let days_beside = look.width >= WIDE;
        let day = if days_beside { "Sat 2026-11-21".len() } else { 0 };
        let room = look.width.saturating_sub(day + 2 + time + 2);
        let label = label.min(room.saturating_sub(PLACE + 2));
        Self { days_beside, time, label, place: room.saturating_sub(label + 2) }
    }

    /// `00:05 UTC   every-minute     jobs.yaml:7`
    fn line(&self, row: &Row<'_>, time: &str, look: Look) -> String {
        let (label, place) = (row.label(), place(row));
        let label = visible(&label);
        let label = wrap::cut(&label, self.label, look);
        let padding = " ".repeat(self.label.saturating_sub(wrap::width(&label)));
        let place = look.paint(DIM, &wrap::cut_start(&place, self.place, look));
        format!("{time:<width$}  {label}{padding}  {place}", width = self.time)
    }
}

/// `00:05 UTC`
fn time(run: Instant, zone: Zone) -> String {
    let local = zone.local(run);
    format!("{} {}", local.clock(), local.abbreviation)
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
        let (name, place) = (name(row, look), place(row));
        let place = wrap::cut_start(&place, look.width.saturating_sub(2), look);
        let part = if wrap::width(&name) + wrap::width(&place) + 2 <= look.width { "  " } else { "\n  " };
        writeln!(out, "{}{part}{}", look.paint(BOLD, &name), look.paint(DIM, &place))?;
        if let Some(words) = row.words() {
            writeln!(out, "{}", wrap::wrapped(&visible(&words), look, ["  ", "    "]))?;
        }
        for &run in row.runs.iter().take(most) {
            writeln!(out, "  {}  {}", zone.local(run).date.with_weekday(), time(run, zone))?;
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
pub fn write_notes(rows: &[Row<'_>], window: Window, look: Look, out: &mut dyn io::Write) -> io::Result<()> {
    let mut notes = rows.iter().filter_map(|row| Some((row, note(row, window)?)));
    for (row, note) in notes.by_ref().take(SHOWN) {
        writeln!(out, "{}", wrap::wrapped(&format!("{} {note}", name(row, look)), look, ["", "  "]))?;
    }
    write_more(notes.count(), look, out)?;
    write_same(rows, look, out)?;
    let zoned = |row: &Row<'_>| {
        row.cron_job.controller_zone.is_some() || row.cron_job.time_zone.as_deref().is_some_and(|zone| zone != "UTC")
    };
    let zoned = rows.iter().any(zoned);
    if zoned {
        writeln!(out, "Time zones as of IANA {IANA_VERSION}.")?;
    }
    let unset = || rows.iter().filter(|row| row.cron_job.time_zone.is_none());
    let mut told: Vec<&str> = unset().filter_map(|row| Some(row.cron_job.controller_zone?.name())).collect();
    sort::ascending(&mut told);
    told.dedup();
    let mut zones: Vec<String> = told.iter().map(|zone| format!("{zone} by configuration")).collect();
    if unset().any(|row| row.cron_job.controller_zone.is_none()) {
        zones.push("UTC is assumed".to_owned());
    }
    if !zones.is_empty() {
        let note = format!("Without timeZone a schedule is read in the controller's own zone: {}.", zones.join(", "));
        writeln!(out, "{}", wrap::wrapped(&note, look, ["", "  "]))?;
    }
    Ok(())
}

/// What the list does not show of a CronJob, as it follows its name.
pub(super) fn note(row: &Row<'_>, window: Window) -> Option<String> {
    match (never::words(row.cron_job), &row.schedule) {
        (Some(why), _) => Some(visible(&why).into_owned()),
        _ if let Some(every) = row.counts_from_creation() => {
            let shared =
                if every < Seconds::MINUTE { "; of the runs in one minute, only the first starts a Job" } else { "" };
            Some(format!("counts from its creation; shown as if created at the start of this list{shared}"))
        }
        _ if row.total == 0 && row.ending == Some(Ending::Exhausted) => {
            Some("never runs: Kubernetes finds no run within five years".to_owned())
        }
        (_, Some(schedule)) if row.total == 0 => {
            let next =
                schedule.runs_after(window.from).next().map(|next| schedule.zone().local(next).date.with_weekday());
            let next = next.map(|next| format!("; its next one is on {next}")).unwrap_or_default();
            Some(format!("has no run in this time{next}"))
        }
        _ => None,
    }
}

/// Names the CronJobs that are there more than once.
fn write_same(rows: &[Row<'_>], look: Look, out: &mut dyn io::Write) -> io::Result<()> {
    for (number, row) in rows.iter().enumerate() {
        let Some(Same { count, last, .. }) = row.same.filter(|same| same.first == number) else { continue };
        // In a sentence of many lines the places could not be told from the words: each has room on one.
        let [first, last] =
            [row, &rows[last]].map(|row| wrap::cut_start(&place(row), look.width.saturating_sub(4), look).into_owned());
        let name = name(row, look);
        let between = if count > 2 { format!(", {} more", count - 2) } else { String::new() };
        let note =
            format!("{name} is one object in one cluster, and stands at {first}{between} and {last}: the last counts");
        writeln!(out, "{}", wrap::wrapped(&note, look, ["", "  "]))?;
    }
    Ok(())
}

/// The CronJob's name as far as a line has room for it.
fn name(row: &Row<'_>, look: Look) -> String {
    wrap::cut(&visible(&row.label()), look.width, look).into_owned()
}

/// `jobs.yaml:6`
fn place(row: &Row<'_>) -> String {
    let (file, line) = row.place();
    format!("{}:{line}", visible(file))
}
