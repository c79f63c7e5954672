//! `--format json`: one object with every finding and every document. Its field names are a promise; `VERSION`
//! counts the times it was broken.

mod parts;

use std::io;

use serde::Serialize;

use super::{Checked, Tally, Unread};
use crate::k8s::Version;
use crate::text::Lines;
pub(super) use parts::Range;
use parts::{Document, Error, Finding, Summary, Tool};

/// The version of the output's shape.
pub(super) const VERSION: u32 = 1;

/// One file's share of the output: its findings and its documents, an element a line.
#[derive(Debug, Clone, Default)]
pub struct Share {
    findings: Vec<u8>,
    documents: Vec<u8>,
}

impl Share {
    /// What is to be said of one file.
    #[must_use]
    pub fn of(checked: Checked<'_>) -> Self {
        let (file, report) = (checked.source.name(), checked.report);
        let mut share = Self::default();
        if !report.findings.is_empty() {
            let lines = Lines::new(checked.source.text());
            for (finding, fixes) in report.findings.iter().zip(report.fixes()) {
                push(&mut share.findings, &Finding::new((finding, &fixes), file, &lines));
            }
        }
        for outcome in &report.documents {
            push(&mut share.documents, &Document::new(outcome, file));
        }
        share
    }

    /// Adds the share of the next file.
    pub fn add(&mut self, next: &Self) {
        for (all, more) in [(&mut self.findings, &next.findings), (&mut self.documents, &next.documents)] {
            if !all.is_empty() && !more.is_empty() {
                all.extend_from_slice(b",\n  ");
            }
            all.extend_from_slice(more);
        }
    }

    /// Writes the whole object.
    ///
    /// # Errors
    /// When `out` cannot be written to.
    pub fn write(
        &self,
        kubernetes: Version,
        (tally, unread): (&Tally, &[Unread]),
        out: &mut dyn io::Write,
    ) -> io::Result<()> {
        write!(out, "{{\"version\": {VERSION},\n \"tool\": {},\n \"findings\": [", text(&Tool::new(kubernetes)))?;
        write_list(&self.findings, out)?;
        out.write_all(b"],\n \"documents\": [")?;
        write_list(&self.documents, out)?;
        if !unread.is_empty() {
            let mut errors = Vec::new();
            for unread in unread {
                push(&mut errors, &Error::new(unread));
            }
            out.write_all(b"],\n \"errors\": [")?;
            write_list(&errors, out)?;
        }
        writeln!(out, "],\n \"summary\": {}}}", text(&Summary::new(tally)))
    }
}

fn write_list(elements: &[u8], out: &mut dyn io::Write) -> io::Result<()> {
    if !elements.is_empty() {
        out.write_all(b"\n  ")?;
    }
    out.write_all(elements)
}

fn push(list: &mut Vec<u8>, element: &impl Serialize) {
    if !list.is_empty() {
        list.extend_from_slice(b",\n  ");
    }
    serde_json::to_writer(list, element).expect("plain data has a JSON form");
}

/// The value as JSON on one line.
pub(super) fn text(value: &impl Serialize) -> String {
    serde_json::to_string(value).expect("plain data has a JSON form")
}
