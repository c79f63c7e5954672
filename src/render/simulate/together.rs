//! What comes of all objects together, for people.

use std::io;

use super::answers::counted;
use super::lines::write_lines;
use crate::controller::{Hot, Moment};
use crate::foresight::{Fleet, Forecast};
use crate::render::amount::{bytes, cores};
use crate::render::overview::{named, when};
use crate::render::{BOLD, Look};
use crate::schedule::Zone;

/// Names that are told of a minute.
const NAMES: usize = 3;

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
    write_lines(lines, look, out)
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
