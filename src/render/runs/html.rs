//! `batchlint runs --format html`: the runs of each CronJob and of all together, as a page.

use std::io;

use super::list::note;
use crate::agenda::{self, Row, Window, together};
use crate::controller::Moment;
use crate::foresight::State;
use crate::render::overview::{self, Kind, Listed, Overview, SHOWN, Scale, Track};
use crate::schedule::Zone;

/// What is drawn: how long runs take is not known.
const KINDS: [Kind; 1] = [Kind::ALL[0]];

/// Writes the page, on the clock of a zone.
///
/// # Errors
/// When `out` cannot be written to.
pub fn write(rows: &[Row<'_>], window: Window, zone: Zone, out: &mut dyn io::Write) -> io::Result<()> {
    let scale = Scale::new(window, zone);
    let (minutes, hot) = together(rows, window);
    let overview = Overview {
        title: format!("Runs of {} CronJob{}", rows.len(), if rows.len() == 1 { "" } else { "s" }),
        notes: Vec::new(),
        scale: &scale,
        zone,
        kinds: &KINDS,
        peaks: vec![["runs".to_owned(), rows.iter().map(|row| row.total as u64).sum::<u64>().to_string()]],
        tables: vec![Listed::hot(&hot, zone, |number| rows[number].label())],
        minutes: &minutes,
    };
    overview.begin(out)?;
    for row in rows.iter().take(SHOWN) {
        overview.row(&shown(row, window, &scale), out)?;
    }
    overview.end(rows.len().saturating_sub(SHOWN), out)
}

fn shown<'s>(row: &agenda::Row<'_>, window: Window, scale: &'s Scale) -> overview::Row<'s> {
    let mut track = Track::new(scale, &KINDS);
    for run in row.starts(window).into_iter().map(Moment::of) {
        track.add(State::Running, run, run);
    }
    let (file, line) = row.place();
    let in_short = if row.total == 1 { "1 run".to_owned() } else { format!("{} runs", row.total) };
    let note = note(row, window).map(|note| format!("It {note}"));
    overview::Row {
        label: row.label(),
        place: format!("{file}:{line}"),
        words: row.words().into_iter().chain([in_short.clone()]).chain(note).collect(),
        in_short,
        track: Some(track),
        answers: None,
    }
}
