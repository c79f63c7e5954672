//! The axis of a picture: a row an object, a column a stretch of time, as wide as the terminal.

use super::Look;
use crate::agenda::Window;
use crate::schedule::{Instant, LocalSecond, Seconds, Zone};

/// Columns of a label at the most.
const LABEL: usize = 28;
/// Distances between two marks of the axis, in seconds.
const STEPS: [i64; 17] = [
    60, 300, 600, 900, 1_800, 3_600, 7_200, 10_800, 21_600, 43_200, 86_400, 172_800, 604_800, 1_209_600, 2_592_000,
    7_776_000, 31_536_000,
];
/// Characters between two marks of the axis at the least.
const MARK: i64 = 7;

/// How the picture is cut into columns.
#[derive(Debug, Clone, Copy)]
pub(super) struct Layout {
    pub(super) window: Window,
    pub(super) label: usize,
    pub(super) columns: usize,
}

impl Layout {
    /// A picture of this window for these labels, no wider than the terminal.
    pub(super) fn new(window: Window, labels: impl Iterator<Item = usize>, look: Look) -> Self {
        let label = labels.max().unwrap_or(0).clamp(4, LABEL.min(look.width / 3).max(4));
        Self { window, label, columns: look.width.saturating_sub(label + 3).clamp(10, 200) }
    }

    /// Where the next column starts.
    pub(super) fn end_of(&self, column: usize) -> Instant {
        let length = (self.window.until - self.window.from).get().max(1);
        let before = (column as i64 + 1).saturating_mul(length);
        let columns = (self.columns as i64).max(1);
        // The first second whose share of the window reaches the next column.
        self.window.from.saturating_add(Seconds::new(before.saturating_add(columns - 1) / columns))
    }

    pub(super) fn column(&self, instant: Instant) -> usize {
        let length = (self.window.until - self.window.from).get().max(1);
        let column = (instant - self.window.from).get().saturating_mul(self.columns as i64) / length;
        usize::try_from(column).unwrap_or(usize::MAX)
    }

    /// The length of one column.
    pub(super) fn column_length(&self) -> Seconds {
        let length = self.window.until - self.window.from;
        Seconds::new(length.get() / i64::try_from(self.columns).unwrap_or(1).max(1))
    }
}

/// The axis: dates above, where days are longer than marks, and times of day below.
pub(super) fn axis(layout: Layout, zone: Zone) -> Vec<String> {
    let step = step(layout.column_length() * MARK);
    let (mut dates, mut times) = (String::new(), String::new());
    let mut last_date = None;
    for instant in marks(layout.window, step, zone) {
        let (column, clock) = (layout.column(instant), zone.local(instant));
        let date = clock.date.to_string();
        if last_date.as_ref() != Some(&date) {
            put(&mut dates, column, &date);
            last_date = Some(date);
        }
        put(&mut times, column, &clock.clock());
    }
    let mut lines = vec![dates, times];
    if step.get() >= 86_400 {
        lines.pop();
    }
    lines.iter_mut().for_each(|line| {
        let cut = line.char_indices().nth(layout.columns).map_or(line.len(), |(at, _)| at);
        line.truncate(cut);
    });
    lines
}

/// The distance between two marks that is no shorter than this.
pub(super) fn step(least: Seconds) -> Seconds {
    Seconds::new(STEPS.into_iter().find(|step| *step >= least.get()).unwrap_or(STEPS[STEPS.len() - 1]))
}

/// Round times of the local clock, which a clock change moves.
pub(super) fn marks(Window { from, until }: Window, step: Seconds, zone: Zone) -> impl Iterator<Item = Instant> {
    let start = from.local(zone.offset_at(from));
    let past_mark = (start - LocalSecond::new(0, 0)).get().rem_euclid(step.get());
    let first = start + Seconds::new(if past_mark == 0 { 0 } else { step.get() - past_mark });
    let marks = std::iter::successors(Some(first), move |mark| Some(*mark + step)).map(move |mark| zone.resolve(mark));
    marks.take_while(move |mark| *mark < until).map(move |mark| mark.max(from))
}

/// Writes `text` at a column, unless something already stands there.
fn put(line: &mut String, column: usize, text: &str) {
    if line.is_empty() && column == 0 || line.len() < column {
        line.push_str(&" ".repeat(column - line.len()));
        line.push_str(text);
    }
}

/// `18 min`, `2 h 6 min`, `3 d`
pub(super) fn length(length: Seconds) -> String {
    let seconds = length.get();
    let (days, hours, minutes) = (seconds / 86_400, seconds % 86_400 / 3_600, seconds % 3_600 / 60);
    let parts = [(days, "d"), (hours, "h"), (minutes, "min")];
    let parts: Vec<String> =
        parts.iter().filter(|(count, _)| *count > 0).take(2).map(|(count, unit)| format!("{count} {unit}")).collect();
    if parts.is_empty() { format!("{seconds} s") } else { parts.join(" ") }
}
