//! `--format junit`: each finding as a test that failed, each file without one as a test that passed. Advice is a test
//! that was skipped: it is shown, and fails nothing.

use std::io::{self, Write as _};

use super::{at, path};
use crate::diagnostic::Severity;
use crate::render::file::Found;
use crate::render::output::{FileFindings, Manner, Order, Output, Whole};
use crate::render::xml;

pub(crate) struct JUnit;

impl Output for JUnit {
    fn name(&self) -> &'static str {
        "junit"
    }

    fn about(&self) -> &'static str {
        "JUnit's XML: a test that failed for each finding, one that passed for each file without"
    }

    fn order(&self) -> Order {
        Order::ByFile
    }

    fn only_lists(&self) -> bool {
        true
    }

    fn finding(&self, found: Found<'_>, manner: &Manner, out: &mut Vec<u8>) -> io::Result<()> {
        let finding = found.finding;
        let start = found.file.point(finding.span.start);
        let (file, rule) = (path(found, manner), finding.rule);
        let place = format!("{file}:{}:{}", start.line, start.column);
        let (severity, message) = (finding.severity.name(), found.message());
        let message = xml::escaped(&message);
        let help = found.help().map_or(String::new(), |help| format!("\nhelp: {help}"));
        let text = format!("{place}: {severity}[{rule}]{help}");
        writeln!(out, "    <testcase name=\"{}\" classname=\"{rule}\">", xml::escaped(&place))?;
        if finding.severity == Severity::Advice || finding.suppressed.is_some() {
            writeln!(out, "      <skipped message=\"{message}\">{}</skipped>", xml::escaped(&text))?;
        } else {
            writeln!(out, "      <failure type=\"{rule}\" message=\"{message}\">{}</failure>", xml::escaped(&text))?;
        }
        writeln!(out, "    </testcase>")
    }

    fn end(&self, whole: &Whole<'_>, out: &mut dyn io::Write, aside: &mut dyn io::Write) -> io::Result<()> {
        let suites: Vec<Suite> = whole.files.iter().map(Suite::of).collect();
        let sum = |part: fn(&Suite) -> usize| suites.iter().map(part).sum::<usize>();
        let errors = whole.unread.len();
        let (tests, failures) = (sum(|suite| suite.tests) + errors, sum(|suite| suite.failures));
        writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
        writeln!(out, "<testsuites name=\"batchlint\" tests=\"{tests}\" failures=\"{failures}\" errors=\"{errors}\">")?;
        for (file, suite) in whole.files.iter().zip(suites) {
            suite.write(&at(&file.path, whole.manner), &file.findings, out)?;
        }
        for unread in whole.unread {
            let (name, why) = (at(unread.file.as_ref(), whole.manner), xml::escaped(&unread.why));
            let name = xml::escaped(&name);
            writeln!(out, "  <testsuite name=\"{name}\" tests=\"1\" failures=\"0\" errors=\"1\" skipped=\"0\">")?;
            writeln!(out, "    <testcase name=\"{name}\" classname=\"batchlint\">")?;
            writeln!(out, "      <error type=\"unreadable\" message=\"{why}\"/>")?;
            writeln!(out, "    </testcase>\n  </testsuite>")?;
        }
        writeln!(out, "</testsuites>")?;
        whole.sum_up(aside);
        Ok(())
    }
}

/// The tests of a file, in numbers.
struct Suite {
    tests: usize,
    failures: usize,
    skipped: usize,
}

impl Suite {
    /// A `<` that is no tag's stands nowhere.
    fn of(file: &FileFindings) -> Self {
        let count = |tag: &str| memchr::memmem::find_iter(&file.findings, tag).count();
        Self { tests: count("<testcase ").max(1), failures: count("<failure "), skipped: count("<skipped ") }
    }

    fn write(&self, name: &str, findings: &[u8], out: &mut dyn io::Write) -> io::Result<()> {
        let Self { tests, failures, skipped } = self;
        let name = xml::escaped(name);
        writeln!(
            out,
            "  <testsuite name=\"{name}\" tests=\"{tests}\" failures=\"{failures}\" errors=\"0\" skipped=\"{skipped}\">"
        )?;
        if findings.is_empty() {
            writeln!(out, "    <testcase name=\"{name}\" classname=\"batchlint\"/>")?;
        }
        out.write_all(findings)?;
        writeln!(out, "  </testsuite>")
    }
}
