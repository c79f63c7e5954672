//! The picture: a row an object, a column a stretch of time, with the worst that happens in it.

use std::io;

use crate::agenda::Window;
use crate::controller::Moment;
use crate::diagnostic::Severity;
use crate::foresight::{Forecast, State};
use crate::render::axis::{Layout, axis, length};
use crate::render::{BOLD, CODE, DIM, Look, style, wrap};
use crate::schedule::Zone;
use crate::text::visible;

/// Objects that people are shown.
const SHOWN: usize = 1000;

/// Draws objects over an axis in the given zone, as long as all of them are watched.
///
/// # Errors
/// When `out` cannot be written to.
pub(super) fn write(forecasts: &[Forecast<'_>], zone: Zone, look: Look, out: &mut dyn io::Write) -> io::Result<()> {
    let shown = &forecasts[..forecasts.len().min(SHOWN)];
    let [Some(from), Some(until)] = [shown.iter().map(|one| one.from).min(), shown.iter().map(|one| one.until).min()]
    else {
        return Ok(());
    };
    let labels = shown.iter().map(|forecast| wrap::width(&visible(&forecast.plan.label())));
    let layout = Layout::new(Window { from, until }, labels, look);
    let indent = " ".repeat(layout.label + 2);
    for line in axis(layout, zone) {
        writeln!(out, "{indent}{}", look.paint(DIM, line.trim_end()))?;
    }
    for forecast in shown {
        let label = visible(&forecast.plan.label()).into_owned();
        let label = wrap::cut(&label, layout.label, look);
        let padding = " ".repeat(layout.label.saturating_sub(wrap::width(&label)));
        writeln!(out, "{}{padding}  {}", look.paint(BOLD, &label), painted(&worst(forecast, layout), look))?;
    }
    let more = forecasts.len() - shown.len();
    if more > 0 {
        writeln!(out, "{}", look.paint(DIM, &format!("and {more} more: --format json has all")))?;
    }
    let key = [State::Running, State::Retrying, State::Waiting, State::Late, State::LeftOut];
    let key = key.map(|state| format!("{} {}", glyph(Some(state), look), name(state))).join("   ");
    let key = format!("{key}; each column is {}", length(layout.column_length()));
    let key = look.paint(DIM, &key);
    let indent = if wrap::width(&key) + indent.len() <= look.width { indent.as_str() } else { "" };
    writeln!(out, "{}", wrap::wrapped(&key, look, [indent, indent]))
}

/// The worst state of each column.
fn worst(forecast: &Forecast<'_>, layout: Layout) -> Vec<Option<State>> {
    let mut columns = vec![None; layout.columns];
    let (from, until) = (Moment::of(layout.window.from), Moment::of(layout.window.until));
    forecast.stretches(&mut |stretch| {
        if stretch.from >= until || stretch.until < from {
            return;
        }
        let first = layout.column(stretch.from.max(from).instant());
        let last = layout.column(stretch.until.instant()).min(layout.columns - 1);
        // What ends just when a column begins is not seen in it.
        let is_over = last > first && layout.end_of(last - 1) >= stretch.until.instant();
        for column in &mut columns[first..=last - usize::from(is_over)] {
            *column = (*column).max(Some(stretch.state));
        }
    });
    columns
}

/// The columns, those beside each other of one kind in one style.
fn painted(columns: &[Option<State>], look: Look) -> String {
    let last = columns.iter().rposition(Option::is_some).map_or(0, |last| last + 1);
    let rest: String = columns[last..].iter().map(|state| glyph(*state, look)).collect();
    let kinds = columns[..last].chunk_by(|one, next| one == next).map(|kind| {
        let text: String = kind.iter().map(|state| glyph(*state, look)).collect();
        let style = match kind[0] {
            Some(State::LeftOut) => style(Severity::Error),
            Some(State::Late | State::Retrying) => style(Severity::Warning),
            Some(State::Running) => CODE,
            _ => DIM,
        };
        look.paint(style, &text)
    });
    kinds.collect::<String>() + &look.paint(DIM, &rest)
}

fn glyph(state: Option<State>, look: Look) -> char {
    let (unicode, ascii) = match state {
        None => ('·', '.'),
        Some(State::Waiting) => ('░', '-'),
        Some(State::Retrying) => ('▒', '%'),
        Some(State::Late) => ('!', '!'),
        Some(State::LeftOut) => ('x', 'x'),
        Some(_) => ('█', '#'),
    };
    if look.unicode { unicode } else { ascii }
}

fn name(state: State) -> &'static str {
    match state {
        State::Waiting => "waits",
        State::Retrying => "retries",
        State::Late => "starts late",
        State::LeftOut => "left out",
        _ => "runs",
    }
}
