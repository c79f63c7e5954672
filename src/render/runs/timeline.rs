//! The picture: a row a CronJob, a column a stretch of time, as wide as the terminal.

use std::io;

use super::many::{SHOWN, write_more};
use crate::agenda::{Row, Window};
use crate::render::{BOLD, CODE, DIM, Look, wrap};
use crate::schedule::{Instant, LocalSecond, Seconds, Zone};
use crate::text::visible;

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
struct Layout {
    window: Window,
    label: usize,
    columns: usize,
}

impl Layout {
    /// A picture of this window for these labels, no wider than the terminal.
    fn new(window: Window, labels: impl Iterator<Item = usize>, look: Look) -> Self {
        let label = labels.max().unwrap_or(0).clamp(4, LABEL.min(look.width / 3).max(4));
        Self { window, label, columns: look.width.saturating_sub(label + 3).clamp(10, 200) }
    }

    /// How many runs fall into each column: all of them, of which the row may list only the first.
    fn count(&self, row: &Row<'_>) -> Vec<u32> {
        let mut counts = vec![0_u32; self.columns];
        let mut runs = Vec::new();
        if let Some(schedule) = &row.schedule {
            schedule.runs_between(self.window.from, self.window.until, &mut runs);
        }
        // One column has many runs, nearly all in order: the next one is looked for when one is not in it.
        let (mut column, mut within) = (0, self.window.from..self.window.from);
        for run in runs {
            if !within.contains(&run) {
                column = self.column(run);
                within = run..self.end_of(column);
            }
            if let Some(count) = counts.get_mut(column) {
                *count += 1;
            }
        }
        counts
    }

    /// Where the next column starts.
    fn end_of(&self, column: usize) -> Instant {
        let length = (self.window.until - self.window.from).get().max(1);
        let before = (column as i64 + 1).saturating_mul(length);
        let columns = (self.columns as i64).max(1);
        // The first second whose share of the window reaches the next column.
        self.window.from.saturating_add(Seconds::new(before.saturating_add(columns - 1) / columns))
    }

    fn column(&self, instant: Instant) -> usize {
        let length = (self.window.until - self.window.from).get().max(1);
        let column = (instant - self.window.from).get().saturating_mul(self.columns as i64) / length;
        usize::try_from(column).unwrap_or(usize::MAX)
    }

    /// The length of one column.
    fn column_length(&self) -> Seconds {
        let length = self.window.until - self.window.from;
        Seconds::new(length.get() / i64::try_from(self.columns).unwrap_or(1).max(1))
    }
}

/// Draws the rows over an axis in the given zone.
///
/// # Errors
/// When `out` cannot be written to.
pub fn write(rows: &[Row<'_>], window: Window, zone: Zone, look: Look, out: &mut dyn io::Write) -> io::Result<()> {
    let (shown, more) = rows.split_at(rows.len().min(SHOWN));
    let layout = Layout::new(window, shown.iter().map(|row| wrap::width(&visible(&row.label()))), look);
    let indent = " ".repeat(layout.label + 2);
    for line in axis(layout, zone) {
        writeln!(out, "{indent}{}", look.paint(DIM, line.trim_end()))?;
    }
    for row in shown {
        let label = visible(&row.label()).into_owned();
        let label = wrap::cut(&label, layout.label, look);
        let padding = " ".repeat(layout.label.saturating_sub(wrap::width(&label)));
        let cells: String = layout.count(row).into_iter().map(|count| glyph(count, look)).collect();
        writeln!(out, "{}{padding}  {}", look.paint(BOLD, &label), look.paint(CODE, cells.trim_end()))?;
    }
    write_more(more.len(), look, out)?;
    let [one, some, many] = glyphs(look);
    let key = format!(
        "{one} one run   {some} 2 to 9   {many} 10 and more; each column is {}",
        length(layout.column_length())
    );
    let key = look.paint(DIM, &key);
    let indent = if wrap::width(&key) + indent.len() <= look.width { indent.as_str() } else { "" };
    writeln!(out, "{}", wrap::wrapped(&key, look, [indent, indent]))
}

fn glyphs(look: Look) -> [char; 3] {
    if look.unicode { ['╵', '│', '█'] } else { ['\'', '|', '#'] }
}

fn glyph(count: u32, look: Look) -> char {
    let [one, some, many] = glyphs(look);
    match count {
        0 if look.unicode => '·',
        0 => '.',
        1 => one,
        2..=9 => some,
        _ => many,
    }
}

/// The axis: dates above, where days are longer than marks, and times of day below.
fn axis(layout: Layout, zone: Zone) -> Vec<String> {
    let step =
        STEPS.into_iter().find(|step| *step >= (layout.column_length() * MARK).get()).unwrap_or(STEPS[STEPS.len() - 1]);
    let (mut dates, mut times) = (String::new(), String::new());
    let mut last_date = None;
    // Marks stand at round times of the local clock, which a clock change moves.
    let start = layout.window.from.local(zone.offset_at(layout.window.from));
    let past_mark = (start - LocalSecond::new(0, 0)).get().rem_euclid(step);
    let mut mark = start + Seconds::new(if past_mark == 0 { 0 } else { step - past_mark });
    while zone.resolve(mark) < layout.window.until {
        let instant = zone.resolve(mark).max(layout.window.from);
        let (column, clock) = (layout.column(instant), zone.local(instant));
        let date = clock.date.to_string();
        if last_date.as_ref() != Some(&date) {
            put(&mut dates, column, &date);
            last_date = Some(date);
        }
        put(&mut times, column, &clock.clock());
        mark = mark + Seconds::new(step);
    }
    let mut lines = vec![dates, times];
    if step >= 86_400 {
        lines.pop();
    }
    lines.iter_mut().for_each(|line| {
        let cut = line.char_indices().nth(layout.columns).map_or(line.len(), |(at, _)| at);
        line.truncate(cut);
    });
    lines
}

/// Writes `text` at a column, unless something already stands there.
fn put(line: &mut String, column: usize, text: &str) {
    if line.is_empty() && column == 0 || line.len() < column {
        line.push_str(&" ".repeat(column - line.len()));
        line.push_str(text);
    }
}

/// `18 min`, `2 h 6 min`, `3 d`
fn length(length: Seconds) -> String {
    let seconds = length.get();
    let (days, hours, minutes) = (seconds / 86_400, seconds % 86_400 / 3_600, seconds % 3_600 / 60);
    let parts = [(days, "d"), (hours, "h"), (minutes, "min")];
    let parts: Vec<String> =
        parts.iter().filter(|(count, _)| *count > 0).take(2).map(|(count, unit)| format!("{count} {unit}")).collect();
    if parts.is_empty() { format!("{seconds} s") } else { parts.join(" ") }
}
