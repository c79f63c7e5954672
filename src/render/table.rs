//! The table of rules.

use std::io;

use super::{BOLD, DIM, Look, style, wrap};
use crate::rule::{Audience, Entry, FixPromise};

/// Writes the table for people.
///
/// # Errors
/// When `out` cannot be written to.
pub fn write(rules: &[&Entry], look: Look, out: &mut dyn io::Write) -> io::Result<()> {
    let widest =
        |cell: fn(&Entry) -> usize, least: usize| rules.iter().map(|rule| cell(rule)).max().unwrap_or(0).max(least);
    let name = widest(|rule| rule.name.len(), 4);
    let group = widest(|rule| rule.group.len(), 5);
    let before = name + group + 2 + 8 + 2 + 6 + 2 + 2;
    let indent = " ".repeat(before);
    // Too narrow for a column of its own, the summary comes below; where all is, what else there is does, too.
    let (has_column, has_row) = (before + 24 <= look.width, before <= look.width);
    if has_row {
        let heading = format!("{:name$}  {:group$}  {:8}  {:6}  summary", "name", "group", "severity", "fix");
        let heading = if has_column { heading.as_str() } else { heading.trim_end_matches("  summary").trim_end() };
        writeln!(out, "{}", look.paint(BOLD, heading))?;
    }
    for rule in rules {
        let page = &rule.rule.page;
        let fix = if page.fix == FixPromise::None { "" } else { page.fix.name() };
        let summary = match page.audience {
            Audience::Regular => page.summary.to_owned(),
            Audience::Pedantic { .. } => format!("{} (pedantic)", page.summary),
        };
        let severity = look.paint(style(page.severity), &format!("{:8}", page.severity.name()));
        let row = format!("{:name$}  {:group$}  {severity}  {fix:6}", rule.name, rule.group);
        if has_column {
            let summary = textwrap::wrap(&summary, look.width - before);
            writeln!(out, "{row}  {}", summary.join(&format!("\n{indent}")))?;
            continue;
        }
        if has_row {
            writeln!(out, "{}", row.trim_end())?;
        } else {
            let fix = if fix.is_empty() { "" } else { ", fix " }.to_owned() + fix;
            let severity = look.paint(style(page.severity), page.severity.name());
            let row = format!("{severity}, group {}{fix}", rule.group);
            writeln!(out, "{}\n{}", look.paint(BOLD, rule.name), wrap::wrapped(&row, look, ["  ", "  "]))?;
        }
        writeln!(out, "{}", wrap::wrapped(&look.paint(DIM, &summary), look, ["    ", "    "]))?;
    }
    Ok(())
}

/// Writes what stands above a rule's page: its name, group and severity, and its summary.
///
/// # Errors
/// When `out` cannot be written to.
pub fn write_heading(rule: &Entry, look: Look, out: &mut dyn io::Write) -> io::Result<()> {
    let page = &rule.rule.page;
    let severity = look.paint(style(page.severity), page.severity.name());
    let audience = match page.audience {
        Audience::Regular => "",
        Audience::Pedantic { .. } => ", pedantic (shown with --pedantic or by name)",
    };
    let fix = match page.fix {
        FixPromise::None => "",
        FixPromise::Safe => ", with a fix (check --fix)",
        FixPromise::Unsafe => ", with a fix that changes what runs (check --fix --unsafe-fixes)",
    };
    let headline = format!("{}: {}", look.paint(BOLD, rule.name), page.summary);
    let facts = format!("{severity}, group {}, since {}{audience}{fix}", rule.group, page.since);
    for line in [headline, facts] {
        writeln!(out, "{}", wrap::wrapped(&line, look, ["", "  "]))?;
    }
    writeln!(out)
}
