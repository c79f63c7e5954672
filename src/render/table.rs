//! The table of rules.

use std::io;

use serde::Serialize;

use super::{BOLD, DIM, Look, json, style};
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
    let heading = format!("{:name$}  {:group$}  {:8}  {:6}  summary", "name", "group", "severity", "fix");
    writeln!(out, "{}", look.paint(BOLD, &heading))?;
    let before = name + group + 2 + 8 + 2 + 6 + 2 + 2;
    let indent = " ".repeat(before);
    for rule in rules {
        let page = &rule.rule.page;
        let fix = if page.fix == FixPromise::None { "" } else { page.fix.name() };
        let severity = look.paint(style(page.severity), &format!("{:8}", page.severity.name()));
        let row = format!("{:name$}  {:group$}  {severity}  {fix:6}", rule.name, rule.group);
        if before + 24 <= look.width {
            let summary = textwrap::wrap(page.summary, look.width - before);
            writeln!(out, "{row}  {}", summary.join(&format!("\n{indent}")))?;
        } else {
            // Too narrow for a column of its own.
            let options = textwrap::Options::new(look.width).initial_indent("    ").subsequent_indent("    ");
            writeln!(out, "{}\n{}", row.trim_end(), look.paint(DIM, &textwrap::fill(page.summary, options)))?;
        }
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
        FixPromise::Safe => ", fixable",
        FixPromise::Unsafe => ", fixable (the fix changes what runs)",
    };
    writeln!(out, "{}: {}", look.paint(BOLD, rule.name), page.summary)?;
    writeln!(out, "{severity}, group {}, since {}{audience}{fix}\n", rule.group, page.since)
}

/// Writes the table for programs: one object with a list of rules.
///
/// # Errors
/// When `out` cannot be written to.
pub fn write_json(rules: &[&Entry], out: &mut dyn io::Write) -> io::Result<()> {
    let rules: Vec<String> = rules.iter().map(|rule| json::text(&Row::new(rule))).collect();
    writeln!(out, "{{\"version\": {},\n \"rules\": [\n  {}]}}", json::VERSION, rules.join(",\n  "))
}

/// Writes one rule with its page for programs.
///
/// # Errors
/// When `out` cannot be written to.
pub fn write_page_json(rule: &Entry, out: &mut dyn io::Write) -> io::Result<()> {
    let page = Page { version: json::VERSION, rule: Row::new(rule), page: rule.rule.page.body };
    writeln!(out, "{}", json::text(&page))
}

#[derive(Serialize)]
struct Row<'a> {
    name: &'a str,
    group: &'a str,
    severity: &'a str,
    audience: &'a str,
    fixable: bool,
    fix: &'a str,
    since: &'a str,
    summary: &'a str,
}

#[derive(Serialize)]
struct Page<'a> {
    version: u32,
    #[serde(flatten)]
    rule: Row<'a>,
    page: &'a str,
}

impl<'a> Row<'a> {
    fn new(rule: &'a Entry) -> Self {
        let page = &rule.rule.page;
        Self {
            name: rule.name,
            group: rule.group,
            severity: page.severity.name(),
            audience: page.audience.name(),
            fixable: page.fix != FixPromise::None,
            fix: page.fix.name(),
            since: page.since,
            summary: page.summary,
        }
    }
}
