//! `--format gitlab`: a Code Quality report, which GitLab shows in merge requests.

use std::io;

use serde::Serialize;

use super::{fingerprint, path};
use crate::diagnostic::Severity;
use crate::render::file::Found;
use crate::render::json;
use crate::render::output::{Manner, Output, Whole};
use crate::text::Point;

pub(crate) struct GitLab;

impl Output for GitLab {
    fn name(&self) -> &'static str {
        "gitlab"
    }

    fn about(&self) -> &'static str {
        "A Code Quality report of GitLab"
    }

    fn only_lists(&self) -> bool {
        true
    }

    fn before(&self, is_first: bool) -> &'static [u8] {
        json::before(is_first)
    }

    fn finding(&self, found: Found<'_>, manner: &Manner, out: &mut Vec<u8>) -> io::Result<()> {
        out.extend_from_slice(json::text(&Issue::new(found, manner)).as_bytes());
        Ok(())
    }

    fn begin(&self, _: &Manner, out: &mut dyn io::Write) -> io::Result<()> {
        out.write_all(b"[")
    }

    fn end(&self, whole: &Whole<'_>, out: &mut dyn io::Write, aside: &mut dyn io::Write) -> io::Result<()> {
        out.write_all(b"]\n")?;
        whole.sum_up(aside);
        Ok(())
    }
}

#[derive(Serialize)]
struct Issue<'a> {
    description: String,
    check_name: &'a str,
    fingerprint: String,
    severity: &'static str,
    location: Location,
}

#[derive(Serialize)]
struct Location {
    path: String,
    positions: Positions,
}

#[derive(Serialize)]
struct Positions {
    begin: Position,
    end: Position,
}

#[derive(Serialize)]
struct Position {
    line: u32,
    column: u32,
}

impl<'a> Issue<'a> {
    fn new(found: Found<'a>, manner: &Manner) -> Self {
        let finding = found.finding;
        let path = path(found, manner);
        let position = |at: Point| Position { line: at.line, column: at.column };
        let [begin, end] = found.file.points(finding.span).map(position);
        Self {
            description: found.with_help(),
            check_name: finding.rule,
            fingerprint: fingerprint(found, &path).to_string(),
            severity: severity(found.severity()),
            location: Location { path, positions: Positions { begin, end } },
        }
    }
}

/// GitLab's words, of which there are five.
const fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "critical",
        Severity::Warning => "major",
        Severity::Advice => "minor",
    }
}
