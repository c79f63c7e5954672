//! `--format concise`: one line a finding, `file:line:column: severity[rule] message`.

use std::io;

use super::{Checked, visible};
use crate::text::Lines;

/// Writes the lines of one file.
///
/// # Errors
/// When `out` cannot be written to.
pub fn write(checked: Checked<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    if checked.report.findings.is_empty() {
        return Ok(());
    }
    let lines = Lines::new(checked.source.text());
    let file = visible(checked.source.name());
    for finding in &checked.report.findings {
        let at = lines.position(finding.span.start);
        let (severity, rule, message) = (finding.severity.name(), finding.rule, visible(&finding.message));
        writeln!(out, "{file}:{}:{}: {severity}[{rule}] {message}", at.line, at.column)?;
    }
    Ok(())
}
