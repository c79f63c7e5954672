//! The runs of all CronJobs together, by minute.

use super::{Row, Window};
use crate::controller::{Hot, Minutes};

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
        for run in row.starts(window) {
            hot.iter_mut().for_each(|hot| hot.add(number, run));
        }
    }
    (minutes, hot)
}
