//! Changes, for people.

use std::io;

use super::words;
use crate::change::Change;
use crate::render::{BOLD, DIM, Look, wrap};
use crate::text::visible;

/// Writes what there is to say of each object, and how many stay as they are.
///
/// # Errors
/// When `out` cannot be written to.
pub fn write(changes: &[Change], look: Look, out: &mut dyn io::Write) -> io::Result<()> {
    let told: Vec<&Change> = changes.iter().filter(|change| words::says_something(change)).collect();
    for (number, change) in told.iter().enumerate() {
        if number > 0 {
            writeln!(out)?;
        }
        one(change, look, out)?;
    }
    let same = changes.len() - told.len();
    match (told.len(), same) {
        (0, _) => writeln!(out, "{}", words::of_same(same, same)),
        (_, 0) => Ok(()),
        _ => writeln!(out, "\n{}", words::of_same(same, changes.len())),
    }
}

fn one(change: &Change, look: Look, out: &mut dyn io::Write) -> io::Result<()> {
    let at = change.new.as_ref().or(change.old.as_ref());
    let place = at.map(|at| format!("  {}:{}", visible(&at.file), at.start.line)).unwrap_or_default();
    let label = visible(&change.object.label()).into_owned();
    writeln!(out, "{}: {}{}", look.paint(BOLD, &label), words::answer(change), look.paint(DIM, &place))?;
    let mut line = |text: String| writeln!(out, "{}", wrap::wrapped(&visible(&text), look, ["  ", "    "]));
    words::aside(change).into_iter().try_for_each(&mut line)?;
    for cause in &change.causes {
        line(format!("{}: {} ({}:{})", cause.field, cause.message, cause.at.start.line, cause.at.start.column))?;
    }
    if !change.way_out.is_empty() {
        line(format!("way out: {}", change.way_out.join(", ")))?;
    }
    let zone = change.runs.as_ref().and_then(|runs| runs.zone);
    for happening in &change.at_once {
        line(format!("{} {}", words::when(happening), words::of_happening(happening, zone)))?;
    }
    words::of_runs(change).into_iter().try_for_each(&mut line)?;
    for later in &change.later {
        line(words::of_later(later, zone))?;
    }
    for kept in &change.kept {
        line(words::of_kept(kept))?;
    }
    if let Some(stale) = &change.stale {
        line(format!("{} ({}:{})", stale.message, stale.at.start.line, stale.at.start.column))?;
    }
    Ok(())
}
