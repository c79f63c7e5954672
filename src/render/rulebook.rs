//! The rulebook for programs.

use std::io;

use serde::Serialize;

use super::json;
use crate::rule::{Entry, FixPromise};

/// Writes the table for programs: one object with a list of rules.
///
/// # Errors
/// When `out` cannot be written to.
pub fn write(rules: &[&Entry], out: &mut dyn io::Write) -> io::Result<()> {
    let rules: Vec<String> = rules.iter().map(|rule| json::text(&Row::new(rule))).collect();
    writeln!(out, "{{\"version\": {},\n \"rules\": [\n  {}]}}", json::VERSION, rules.join(",\n  "))
}

/// Writes one rule with its page for programs.
///
/// # Errors
/// When `out` cannot be written to.
pub fn write_page(rule: &Entry, out: &mut dyn io::Write) -> io::Result<()> {
    let page = Page { version: json::VERSION, rule: Row::new(rule), page: rule.rule.page.body() };
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
