//! Sentences below a name, a line each.

use std::io;

use crate::render::{Look, wrap};
use crate::text::visible;

/// Writes them, none longer than the line.
pub(super) fn write_lines(
    lines: impl IntoIterator<Item = String>,
    look: Look,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    for line in lines {
        writeln!(out, "{}", wrap::wrapped(&visible(&line), look, ["  ", "    "]))?;
    }
    Ok(())
}
