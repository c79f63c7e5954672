//! The list of what was not checked, `file:line: not checked: kind name (reason)`; what is no file has no line.

use std::io;

use super::{Checked, unchecked, visible};
use crate::analysis::Unchecked;
use crate::text::Lines;

/// Writes one line for each object of the file that was not checked.
pub(super) fn write(checked: Checked<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    let mut lines = None;
    for outcome in &checked.report.documents {
        let Some(reason) = &outcome.not_checked else { continue };
        write!(out, "{}:", visible(checked.source.name()))?;
        if !matches!(reason, Unchecked::NoFile { .. }) {
            let lines = lines.get_or_insert_with(|| Lines::new(checked.source.text()));
            write!(out, "{}:", lines.position(outcome.span.start).line)?;
        }
        write!(out, " not checked: ")?;
        for word in [&outcome.kind, &outcome.name].into_iter().flatten() {
            write!(out, "{} ", visible(word))?;
        }
        writeln!(out, "({})", visible(&unchecked::words(reason)))?;
    }
    Ok(())
}
