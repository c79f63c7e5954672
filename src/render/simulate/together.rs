//! What comes of all objects together, for people.

use std::io;

use super::answers::counted;
use super::lines::write_lines;
use crate::controller::{Hot, Moment, Object};
use crate::foresight::{Fleet, Forecast, Shared};
use crate::render::amount::{bytes, cores};
use crate::render::overview::{list, named, when};
use crate::render::{BOLD, DIM, Look, wrap};
use crate::schedule::{Spread, Zone};
use crate::text::visible;

/// Names that are told of a minute.
const NAMES: usize = 3;
/// Claims that are told of.
const CLAIMS: usize = 5;
/// Schedules that would be others and are shown.
const MOVES: usize = 10;

/// Writes a few lines, where there is more than one object.
///
/// # Errors
/// When `out` cannot be written to.
pub(super) fn write(forecasts: &[Forecast<'_>], zone: Zone, look: Look, out: &mut dyn io::Write) -> io::Result<()> {
    if forecasts.len() < 2 {
        return Ok(());
    }
    let Some(fleet) = Fleet::of(forecasts) else { return Ok(()) };
    writeln!(out, "\n{}", look.paint(BOLD, "All together"))?;
    let [from, until] = [fleet.window.start, fleet.window.end].map(|at| when(at, zone));
    let mut lines = vec![format!("{from} to {until} {}: {}", zone.name(), counted(fleet.minutes.total(), "Job"))];
    lines.extend(premise(forecasts).map(str::to_owned));
    lines.extend(peaks(&fleet, zone).into_iter().map(|[what, most]| format!("{what}: {most}")));
    let hot = |hot: &Hot| {
        let names = named(hot, NAMES, |number| forecasts[number].plan.label());
        format!("{}: {} start, of {names}", when(hot.minute, zone), counted(hot.starts.into(), "Job"))
    };
    lines.extend(fleet.hot.iter().map(hot));
    let share = |shared: &Shared| {
        let [what, most, since, whose] = share(shared, (forecasts, NAMES), zone);
        format!("claim {what}: {most} have it at once, {since}, of {whose}")
    };
    lines.extend(fleet.shared.iter().take(CLAIMS).map(share));
    write_lines(lines, look, out)?;
    match &fleet.spread {
        Some(spread) => write_spread(spread, forecasts, look, out),
        None => Ok(()),
    }
}

/// Writes the schedules that would be others, a line each.
fn write_spread(spread: &Spread, forecasts: &[Forecast<'_>], look: Look, out: &mut dyn io::Write) -> io::Result<()> {
    write_lines([format!("{}:", gain(spread))], look, out)?;
    let rows: Vec<[String; 3]> = moves(spread, forecasts).take(MOVES).collect();
    let widest =
        |column: usize, most: usize| rows.iter().map(|row| wrap::width(&row[column])).max().unwrap_or(0).min(most);
    let (name, schedule) = (widest(0, look.width / 3), widest(1, look.width / 4));
    let arrow = if look.unicode { "→" } else { "->" };
    for [label, now, then] in &rows {
        let label = wrap::cut(label, name, look);
        let [after_label, after_now] =
            [(&*label, name), (now, schedule)].map(|(text, width)| " ".repeat(width.saturating_sub(wrap::width(text))));
        let line = format!("{label}{after_label}  {now}{after_now}  {arrow} {then}");
        writeln!(out, "{}", wrap::wrapped(&line, look, ["    ", "      "]))?;
    }
    match spread.moves.len() - rows.len() {
        0 => Ok(()),
        more => writeln!(out, "    {}", look.paint(DIM, &format!("and {more} more: --format json has all"))),
    }
}

/// What a spread brings.
pub(super) fn gain(spread: &Spread) -> String {
    let runs = counted(spread.before.into(), "run");
    format!("{runs} are due in one minute at most, and {} with these schedules", spread.after)
}

/// Whose schedules would be others, and which.
pub(super) fn moves(spread: &Spread, forecasts: &[Forecast<'_>]) -> impl Iterator<Item = [String; 3]> {
    spread.moves.iter().filter_map(|one| {
        let plan = forecasts[one.number].plan;
        let Ok(Object::CronJob(cron_job)) = &plan.object else { return None };
        let texts = [&plan.label(), &cron_job.written.0, &one.schedule];
        Some(texts.map(|text| visible(text).into_owned()))
    })
}

/// A claim, how many runs have it at once, since when, and whose they are.
pub(super) fn share(shared: &Shared, (forecasts, most): (&[Forecast<'_>], usize), zone: Zone) -> [String; 4] {
    let Shared { volume, jobs, of, .. } = shared;
    let count = u64::try_from(jobs.most).unwrap_or(u64::MAX);
    let whose = list(of, most, |number| forecasts[number].plan.label());
    [format!("{} ({})", volume.label(), volume.mode), counted(count, "run"), when(jobs.at.instant(), zone), whose]
}

/// What the figures rest on where nobody says anything.
pub(super) fn premise(forecasts: &[Forecast<'_>]) -> Option<&'static str> {
    let is_none = !forecasts.iter().any(Forecast::is_on_assumptions);
    is_none.then_some("nothing is assumed: each attempt takes 1s; --run-time 40m says how long they take")
}

/// What there is most of at once, and since when; nothing is not told.
pub(super) fn peaks(fleet: &Fleet, zone: Zone) -> Vec<[String; 2]> {
    let peaks = [
        ("most Jobs at once", fleet.jobs, None),
        ("most pods at once", fleet.pods, None),
        ("most CPU requested", fleet.cpu_millis, Some(cores as fn(i128) -> String)),
        ("most memory requested", fleet.memory_bytes, Some(bytes)),
    ];
    let told = peaks.into_iter().filter(|(_, peak, _)| peak.most > 0).map(|(what, peak, words)| {
        let most = words.map_or_else(|| peak.most.to_string(), |words| words(peak.most));
        [what.to_owned(), format!("{most}, {}", when(Moment::instant(peak.at), zone))]
    });
    told.collect()
}
