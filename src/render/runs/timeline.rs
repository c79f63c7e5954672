//! The picture: a row a CronJob, a column a stretch of time, as wide as the terminal.

use std::io;

use super::many::{SHOWN, write_more};
use crate::agenda::{Row, Window};
use crate::render::axis::{Layout, axis, length};
use crate::render::{BOLD, CODE, DIM, Look, wrap};
use crate::schedule::Zone;
use crate::text::visible;

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
        let cells: String = count(layout, row).into_iter().map(|count| glyph(count, look)).collect();
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

/// How many runs fall into each column: all of them, of which the row may list only the first.
fn count(layout: Layout, row: &Row<'_>) -> Vec<u32> {
    let mut counts = vec![0_u32; layout.columns];
    let mut runs = Vec::new();
    if let Some(schedule) = &row.schedule {
        schedule.runs_between(layout.window.from, layout.window.until, &mut runs);
    }
    // One column has many runs, nearly all in order: the next one is looked for when one is not in it.
    let (mut column, mut within) = (0, layout.window.from..layout.window.from);
    for run in runs {
        if !within.contains(&run) {
            column = layout.column(run);
            within = run..layout.end_of(column);
        }
        if let Some(count) = counts.get_mut(column) {
            *count += 1;
        }
    }
    counts
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
