//! `--format checkstyle`: the XML that Checkstyle writes, which many servers read.

use std::io::{self, Write as _};

use super::at;
use crate::diagnostic::Severity;
use crate::render::file::Found;
use crate::render::output::{Manner, Order, Output, Whole};
use crate::render::xml;

pub(crate) struct Checkstyle;

impl Output for Checkstyle {
    fn name(&self) -> &'static str {
        "checkstyle"
    }

    fn about(&self) -> &'static str {
        "Checkstyle's XML, which Jenkins and others read"
    }

    fn order(&self) -> Order {
        Order::ByFile
    }

    fn only_lists(&self) -> bool {
        true
    }

    fn finding(&self, found: Found<'_>, _: &Manner, out: &mut Vec<u8>) -> io::Result<()> {
        let finding = found.finding;
        let start = found.file.point(finding.span.start);
        let (message, rule) = (found.with_help(), finding.rule);
        let (line, column, severity) = (start.line, start.column, severity(found.severity()));
        let message = xml::escaped(&message);
        writeln!(
            out,
            "    <error line=\"{line}\" column=\"{column}\" severity=\"{severity}\" message=\"{message}\" \
             source=\"batchlint.{rule}\"/>"
        )
    }

    fn end(&self, whole: &Whole<'_>, out: &mut dyn io::Write, aside: &mut dyn io::Write) -> io::Result<()> {
        writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<checkstyle version=\"4.3\">")?;
        for file in whole.files {
            let name = at(&file.path, whole.manner);
            writeln!(out, "  <file name=\"{}\">", xml::escaped(&name))?;
            out.write_all(&file.findings)?;
            writeln!(out, "  </file>")?;
        }
        writeln!(out, "</checkstyle>")?;
        whole.sum_up(aside);
        Ok(())
    }
}

const fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Advice => "info",
    }
}
