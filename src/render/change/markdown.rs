//! Changes as a table in Markdown, for a comment on a pull request.

use std::io;

use super::words;
use crate::change::Change;
use crate::render::markdown::{code, escaped};
use crate::sort;
use crate::text::visible;

/// Rows of the table.
const ROWS: usize = 200;

/// Writes the table: what is refused first, then what happens at once, then the rest.
///
/// # Errors
/// When `out` cannot be written to.
pub fn write(changes: &[Change], out: &mut dyn io::Write) -> io::Result<()> {
    let mut told: Vec<&Change> = changes.iter().filter(|change| words::says_something(change)).collect();
    sort::by_key(&mut told, |change| (change.accepted, change.at_once.is_empty()));
    writeln!(out, "### batchlint diff\n")?;
    let same = changes.len() - told.len();
    if told.is_empty() {
        return writeln!(out, "{}", words::of_same(same, same));
    }
    writeln!(out, "| object | answer | what it does |\n|---|---|---|")?;
    for change in told.iter().take(ROWS) {
        row(change, out)?;
    }
    if told.len() > ROWS {
        writeln!(out, "\nThe table goes on for {} more rows.", told.len() - ROWS)?;
    }
    if same > 0 { writeln!(out, "\n{}", words::of_same(same, changes.len())) } else { Ok(()) }
}

fn row(change: &Change, out: &mut dyn io::Write) -> io::Result<()> {
    let at = change.new.as_ref().or(change.old.as_ref());
    let place =
        at.map(|at| format!("<br>{}", code(&format!("{}:{}", visible(&at.file), at.start.line)))).unwrap_or_default();
    let answer = match words::answer(change) {
        "refused" => "**refused**",
        other => other,
    };
    let zone = change.runs.as_ref().and_then(|runs| runs.zone);
    let mut lines: Vec<String> = words::aside(change).iter().map(|text| escaped(text)).collect();
    lines.extend(change.causes.iter().map(|cause| format!("{}: {}", code(&cause.field), escaped(&cause.message))));
    if !change.way_out.is_empty() {
        lines.push(format!("**way out:** {}", escaped(&change.way_out.join(", "))));
    }
    let happens = |one| format!("**{}** {}", words::when(one), escaped(&words::of_happening(one, zone)));
    lines.extend(change.at_once.iter().map(happens));
    lines.extend(words::of_runs(change).iter().map(|runs| escaped(runs)));
    lines.extend(change.later.iter().map(|later| escaped(&words::of_later(later, zone))));
    lines.extend(change.kept.iter().map(|kept| escaped(&words::of_kept(kept))));
    lines.extend(change.stale.iter().map(|stale| escaped(&stale.message)));
    // An empty cell looks as if something were missing.
    if lines.is_empty() && change.runs.is_some() && answer == "accepted" {
        lines.push("its runs stay as they are".to_owned());
    }
    let label = escaped(&visible(&change.object.label()));
    writeln!(out, "| {label}{place} | {answer} | {} |", lines.join("<br>"))
}
