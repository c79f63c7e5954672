//! `--format teamcity`: service messages, which TeamCity shows as inspections.

use std::io::{self, Write as _};

use super::{path, replaced};
use crate::diagnostic::Severity;
use crate::render::file::Found;
use crate::render::output::{Manner, Order, Output, Whole};
use crate::rules;

pub(crate) struct TeamCity;

impl Output for TeamCity {
    fn name(&self) -> &'static str {
        "teamcity"
    }

    fn about(&self) -> &'static str {
        "Service messages of TeamCity, shown as inspections"
    }

    fn is_for_logs(&self) -> bool {
        true
    }

    /// A kind of inspection has to be known before the first of it.
    fn order(&self) -> Order {
        Order::ByFile
    }

    fn only_lists(&self) -> bool {
        true
    }

    fn finding(&self, found: Found<'_>, manner: &Manner, out: &mut Vec<u8>) -> io::Result<()> {
        let finding = found.finding;
        let line = found.file.point(finding.span.start).line;
        let (rule, severity) = (value(finding.rule), severity(found.severity()));
        let (message, file) = (value(&found.with_help()), value(&path(found, manner)));
        writeln!(
            out,
            "##teamcity[inspection typeId='{rule}' message='{message}' file='{file}' line='{line}' SEVERITY='{severity}']"
        )
    }

    fn end(&self, whole: &Whole<'_>, out: &mut dyn io::Write, aside: &mut dyn io::Write) -> io::Result<()> {
        for rule in whole.rules() {
            let entry = rules::find(rule);
            let (group, summary) = entry.map_or(("", rule), |entry| (entry.group, entry.rule.page.summary));
            let [rule, group, summary] = [rule, group, summary].map(value);
            writeln!(
                out,
                "##teamcity[inspectionType id='{rule}' name='{rule}' category='batchlint {group}' description='{summary}']"
            )?;
        }
        for file in whole.files {
            out.write_all(&file.findings)?;
        }
        whole.sum_up(aside);
        Ok(())
    }
}

const fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "ERROR",
        Severity::Warning => "WARNING",
        Severity::Advice => "INFO",
    }
}

/// A value between single quotes.
fn value(text: &str) -> String {
    replaced(text, |char| match char {
        '|' => Some("||"),
        '\'' => Some("|'"),
        '[' => Some("|["),
        ']' => Some("|]"),
        '\n' => Some("|n"),
        '\r' => Some("|r"),
        _ => None,
    })
}
