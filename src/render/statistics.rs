//! `check --statistics`: what was found by rule, instead of the findings.

use std::cmp::Reverse;
use std::io;

use serde::Serialize;

use super::counts::{Count, Counts};
use super::file::Found;
use super::json::{self, VERSION};
use super::output::{Manner, Output, Whole};
use super::{BOLD, Look, Remarks, style, summary, wrap};
use crate::diagnostic::Severity;
use crate::rules;
use crate::sort;
use crate::text::grouped;

/// The commonest first, and of equals the worst.
fn rows(counts: &Counts) -> Vec<Row> {
    let row = |(rule, severity, count): (&'static str, Severity, Count)| {
        let entry = rules::find(rule);
        let (group, summary) = entry.map_or(("", ""), |entry| (entry.group, entry.rule.page.summary));
        let fixable = Fixable { safe: count.safe, r#unsafe: count.r#unsafe };
        Row { rule, group, severity: severity.name(), count: count.all, fixable, summary, weight: severity }
    };
    let mut rows: Vec<Row> = counts.each().map(row).collect();
    sort::by_key(&mut rows, |row| (Reverse(row.count), Reverse(row.weight), row.rule));
    rows
}

#[derive(Serialize)]
struct Row {
    rule: &'static str,
    group: &'static str,
    severity: &'static str,
    count: usize,
    fixable: Fixable,
    summary: &'static str,
    #[serde(skip)]
    weight: Severity,
}

#[derive(Serialize)]
struct Fixable {
    safe: usize,
    r#unsafe: usize,
}

/// A table for people.
pub(super) struct Table;

impl Output for Table {
    fn name(&self) -> &'static str {
        "full"
    }

    fn about(&self) -> &'static str {
        "What was found by rule, for people"
    }

    fn finding(&self, _: Found<'_>, _: &Manner, _: &mut Vec<u8>) -> io::Result<()> {
        Ok(())
    }

    fn end(&self, whole: &Whole<'_>, out: &mut dyn io::Write, _: &mut dyn io::Write) -> io::Result<()> {
        write(&rows(&whole.tally.counts), whole.manner.look, out)?;
        match whole.manner.remarks {
            Remarks::None => Ok(()),
            _ => summary::write(whole.tally, whole.manner.look, out),
        }
    }
}

fn write(rows: &[Row], look: Look, out: &mut dyn io::Write) -> io::Result<()> {
    let Some(name) = rows.iter().map(|row| row.rule.len()).max() else { return Ok(()) };
    let name = name.max(4);
    let count = rows.iter().map(|row| grouped(row.count as i64).len()).max().unwrap_or(0).max(5);
    let before = count + 2 + 8 + 2 + 6 + 2 + 6 + 2 + name + 2;
    // Too narrow for a column of its own, the summary comes below.
    let widest = rows.iter().map(|row| wrap::width(row.summary)).max().unwrap_or(0);
    let has_column = before + widest <= look.width;
    let heading =
        format!("{:>count$}  {:8}  {:>6}  {:>6}  {:name$}  summary", "count", "severity", "safe", "unsafe", "rule");
    let heading = if has_column { heading.as_str() } else { heading.trim_end_matches("summary").trim_end() };
    writeln!(out, "{}", look.paint(BOLD, heading))?;
    for row in rows {
        let severity = look.paint(style(row.weight), &format!("{:8}", row.severity));
        let [all, safe, r#unsafe] =
            [row.count, row.fixable.safe, row.fixable.r#unsafe].map(|count| grouped(count as i64));
        let cells = format!("{all:>count$}  {severity}  {safe:>6}  {:>6}  {:name$}", r#unsafe, row.rule);
        if has_column {
            writeln!(out, "{cells}  {}", row.summary)?;
        } else {
            writeln!(out, "{}", cells.trim_end())?;
            writeln!(out, "{}", wrap::wrapped(row.summary, look, ["    ", "    "]))?;
        }
    }
    writeln!(out)
}

/// An object for programs.
pub(super) struct Object;

impl Output for Object {
    fn name(&self) -> &'static str {
        "json"
    }

    fn about(&self) -> &'static str {
        "What was found by rule, for programs"
    }

    fn finding(&self, _: Found<'_>, _: &Manner, _: &mut Vec<u8>) -> io::Result<()> {
        Ok(())
    }

    fn end(&self, whole: &Whole<'_>, out: &mut dyn io::Write, _: &mut dyn io::Write) -> io::Result<()> {
        write!(out, "{{\"version\": {VERSION},\n \"tool\": {},\n \"statistics\": [", json::tool(whole.manner))?;
        for (index, row) in rows(&whole.tally.counts).iter().enumerate() {
            out.write_all(json::before(index == 0))?;
            out.write_all(json::text(row).as_bytes())?;
        }
        json::write_end(whole, out)
    }
}
