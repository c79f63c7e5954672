//! `--format concise`: one line a finding, `file:line:column: severity[rule] message`. What else there is to say goes
//! where it does not disturb a program that reads the lines.

use std::io::{self, Write as _};

use super::file::Found;
use super::output::{Manner, Output, Remarks, Whole};
use super::{Checked, documents};
use crate::text::visible;

pub(super) struct Concise;

impl Output for Concise {
    fn name(&self) -> &'static str {
        "concise"
    }

    fn about(&self) -> &'static str {
        "A line each: file:line:column: severity[rule] message"
    }

    fn is_for_people(&self) -> bool {
        true
    }

    fn finding(&self, found: Found<'_>, _: &Manner, out: &mut Vec<u8>) -> io::Result<()> {
        let Found { finding, file, .. } = found;
        let at = file.point(finding.span.start);
        let (severity, rule, message) = (finding.severity.name(), finding.rule, found.message());
        writeln!(out, "{}:{}:{}: {severity}[{rule}] {message}", visible(file.name), at.line, at.column)
    }

    fn documents(&self, checked: Checked<'_>, manner: &Manner, out: &mut Vec<u8>) -> io::Result<()> {
        if manner.remarks == Remarks::All { documents::write(checked, manner.look, out) } else { Ok(()) }
    }

    fn end(&self, whole: &Whole<'_>, out: &mut dyn io::Write, aside: &mut dyn io::Write) -> io::Result<()> {
        out.flush()?;
        whole.sum_up(aside);
        Ok(())
    }
}
