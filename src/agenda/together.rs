//! The runs of all CronJobs together, by minute.

use super::{Row, Window};
use crate::controller::{Hot, Minutes};
use crate::schedule::Seconds;

/// Minutes that are named.
const HOT: usize = 5;

/// How many runs each minute has, of the first that can be counted where the window is longer, and the minutes that have most.
#[must_use]
pub fn together(rows: &[Row<'_>], window: Window) -> (Minutes, Vec<Hot>) {
    let window = Window { until: window.until.min(window.from.saturating_add(Minutes::MOST)), ..window };
    let mut minutes = Minutes::of(&(window.from..window.until));
    for row in rows {
        row.starts(window).into_iter().for_each(|run| minutes.add(run));
    }
    let mut hot = minutes.hottest(HOT);
    for (number, row) in rows.iter().enumerate() {
        hot.iter_mut().for_each(|hot| add(hot, number, row, window));
    }
    (minutes, hot)
}

/// Adds a row to a minute, if it has a run in it.
fn add(hot: &mut Hot, number: usize, row: &Row<'_>, window: Window) {
    // What counts from its creation counts from where the window begins.
    let within = match row.counts_from_creation() {
        Some(_) => window,
        None => Window {
            from: window.from.max(hot.minute - Seconds::new(1)),
            until: window.until.min(hot.minute.saturating_add(Seconds::MINUTE)),
        },
    };
    row.starts(within).into_iter().for_each(|run| hot.add(number, run));
}
