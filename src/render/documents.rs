//! The list of what was not checked, `file:line: not checked: kind name (reason)`.

use std::io;

use super::{Checked, unchecked};
use crate::text::{Lines, visible};

/// Writes one line for each object of the file that was not checked.
pub(super) fn write(checked: Checked<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    let mut lines = None;
    for outcome in &checked.report.documents {
        let Some(reason) = &outcome.not_checked else { continue };
        let lines = lines.get_or_insert_with(|| Lines::new(checked.source.text()));
        let line = lines.position(outcome.span.start).line;
        write!(out, "{}:{line}: not checked: ", visible(checked.source.name()))?;
        for word in [&outcome.kind, &outcome.name].into_iter().flatten() {
            write!(out, "{} ", visible(word))?;
        }
        writeln!(out, "({})", unchecked::words(reason))?;
    }
    Ok(())
}
