//! `--format json`: one object with every finding and every document. Its field names are a promise (`schemas/`
//! holds it); `VERSION` counts the times it was broken.

mod parts;

use std::io;

use serde::Serialize;

use super::Checked;
use super::file::Found;
use super::output::{Manner, Output, Whole};
pub(super) use parts::Range;
use parts::{Document, Error, Finding, Summary, Tool};

/// The version of the output's shape.
pub(super) const VERSION: u32 = 1;

pub(super) struct Json;

impl Output for Json {
    fn name(&self) -> &'static str {
        "json"
    }

    fn about(&self) -> &'static str {
        "One JSON object, for programs"
    }

    fn shows_fixes(&self) -> bool {
        true
    }

    fn tells_every_cause(&self) -> bool {
        true
    }

    /// An element a line.
    fn before(&self, is_first: bool) -> &'static [u8] {
        if is_first { b"\n  " } else { b",\n  " }
    }

    fn finding(&self, found: Found<'_>, _: &Manner, out: &mut Vec<u8>) -> io::Result<()> {
        Ok(serde_json::to_writer(out, &Finding::new(found))?)
    }

    fn documents(&self, Checked { source, report }: Checked<'_>, _: &Manner, out: &mut Vec<u8>) -> io::Result<()> {
        for outcome in &report.documents {
            if !out.is_empty() {
                out.extend_from_slice(self.before(false));
            }
            serde_json::to_writer(&mut *out, &Document::new(outcome, source.name()))?;
        }
        Ok(())
    }

    fn begin(&self, manner: &Manner, out: &mut dyn io::Write) -> io::Result<()> {
        let tool = text(&Tool::new(manner.kubernetes));
        write!(out, "{{\"version\": {VERSION},\n \"tool\": {tool},\n \"findings\": [")
    }

    fn end(&self, whole: &Whole<'_>, out: &mut dyn io::Write, _: &mut dyn io::Write) -> io::Result<()> {
        out.write_all(b"],\n \"documents\": [")?;
        out.write_all(whole.documents)?;
        out.write_all(b"],\n \"errors\": [")?;
        for (index, unread) in whole.unread.iter().enumerate() {
            out.write_all(self.before(index == 0))?;
            out.write_all(text(&Error::new(unread)).as_bytes())?;
        }
        writeln!(out, "],\n \"summary\": {}}}", text(&Summary::new(whole.tally)))
    }
}

/// The value as JSON on one line.
pub(super) fn text(value: &impl Serialize) -> String {
    serde_json::to_string(value).expect("plain data has a JSON form")
}
