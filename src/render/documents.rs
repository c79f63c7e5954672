//! The list of what was not checked, `file:line: not checked: kind name (reason)`; what is no file has no line.

use std::io;

use super::{Checked, Look, unchecked, wrap};
use crate::analysis::Unchecked;
use crate::text::{Lines, visible};

/// Columns of a kind and of a name that are shown; Kubernetes' longest kinds have fewer.
const WORD: usize = 63;

/// Writes one line for each object of the file that was not checked.
pub(super) fn write(checked: Checked<'_>, look: Look, out: &mut dyn io::Write) -> io::Result<()> {
    let mut lines = None;
    for outcome in &checked.report.documents {
        let Some(reason) = &outcome.not_checked else { continue };
        let mut place = format!("{}:", visible(checked.source.name()));
        if !matches!(reason, Unchecked::NoFile { .. }) {
            let lines = lines.get_or_insert_with(|| Lines::new(checked.source.text()));
            place.push_str(&format!("{}:", lines.position(outcome.span.start).line));
        }
        let mut words = "not checked: ".to_owned();
        for word in [&outcome.kind, &outcome.name].into_iter().flatten() {
            words.push_str(&wrap::cut(&visible(word), WORD, look));
            words.push(' ');
        }
        words.push_str(&format!("({})", unchecked::words(reason)));
        writeln!(out, "{}", wrap::placed(&place, &words, look))?;
    }
    Ok(())
}
