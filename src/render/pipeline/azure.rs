//! `--format azure`: the logging commands of Azure Pipelines, one a finding that counts: it shows all as errors and warnings.

use std::io::{self, Write as _};

use super::{path, replaced};
use crate::diagnostic::Severity;
use crate::render::file::Found;
use crate::render::output::{Manner, Output, Whole};

pub(crate) struct Azure;

impl Output for Azure {
    fn name(&self) -> &'static str {
        "azure"
    }

    fn about(&self) -> &'static str {
        "Logging commands of Azure Pipelines, shown beside the run"
    }

    fn is_for_logs(&self) -> bool {
        true
    }

    fn finding(&self, found: Found<'_>, manner: &Manner, out: &mut Vec<u8>) -> io::Result<()> {
        let finding = found.finding;
        if finding.suppressed.is_some() {
            return Ok(());
        }
        let at = found.file.point(finding.span.start);
        // It knows two kinds.
        let kind = if finding.severity == Severity::Error { "error" } else { "warning" };
        let path = property(&path(found, manner));
        let (line, column, rule) = (at.line, at.column, finding.rule);
        let place = format!("sourcepath={path};linenumber={line};columnnumber={column};code={rule};");
        writeln!(out, "##vso[task.logissue type={kind};{place}]{}", text(&found.with_help()))
    }

    fn end(&self, whole: &Whole<'_>, _: &mut dyn io::Write, aside: &mut dyn io::Write) -> io::Result<()> {
        whole.sum_up(aside);
        Ok(())
    }
}

/// A message, as the agent reads it back.
fn text(text: &str) -> String {
    replaced(text, in_text)
}

/// A property, which ends at a semicolon or a bracket.
fn property(value: &str) -> String {
    replaced(value, |char| match char {
        ']' => Some("%5D"),
        ';' => Some("%3B"),
        _ => in_text(char),
    })
}

const fn in_text(char: char) -> Option<&'static str> {
    match char {
        '%' => Some("%AZP25"),
        '\r' => Some("%0D"),
        '\n' => Some("%0A"),
        _ => None,
    }
}
