//! `--format rdjson` and `--format rdjsonl`: reviewdog's diagnostics, in one object or one a line. Its columns are bytes.

use std::io;

use serde::Serialize;

use super::{at, path};
use crate::diagnostic::{Label, Place, Resolved, Severity};
use crate::render::file::{File, Found};
use crate::render::json;
use crate::render::output::{Manner, Output, Whole};
use crate::rule::address;
use crate::text::{Point, Span};

/// How its diagnostics are put together.
pub(crate) enum Rdjson {
    /// In one object.
    Object,
    /// One a line.
    Lines,
}

impl Output for Rdjson {
    fn name(&self) -> &'static str {
        match self {
            Self::Object => "rdjson",
            Self::Lines => "rdjsonl",
        }
    }

    fn about(&self) -> &'static str {
        match self {
            Self::Object => "reviewdog's diagnostics, in one JSON object",
            Self::Lines => "reviewdog's diagnostics, one JSON object a line",
        }
    }

    fn shows_fixes(&self) -> bool {
        true
    }

    fn only_lists(&self) -> bool {
        true
    }

    fn before(&self, is_first: bool) -> &'static [u8] {
        match self {
            Self::Object => json::before(is_first),
            Self::Lines => b"",
        }
    }

    fn finding(&self, found: Found<'_>, manner: &Manner, out: &mut Vec<u8>) -> io::Result<()> {
        out.extend_from_slice(json::text(&Diagnostic::new(found, manner)).as_bytes());
        if matches!(self, Self::Lines) {
            out.push(b'\n');
        }
        Ok(())
    }

    fn begin(&self, _: &Manner, out: &mut dyn io::Write) -> io::Result<()> {
        match self {
            Self::Object => write!(out, "{{\"source\": {},\n \"diagnostics\": [", json::text(&SOURCE)),
            Self::Lines => Ok(()),
        }
    }

    fn end(&self, whole: &Whole<'_>, out: &mut dyn io::Write, aside: &mut dyn io::Write) -> io::Result<()> {
        if matches!(self, Self::Object) {
            out.write_all(b"]}\n")?;
        }
        whole.sum_up(aside);
        Ok(())
    }
}

const SOURCE: Source = Source { name: "batchlint" };

#[derive(Serialize)]
struct Source {
    name: &'static str,
}

#[derive(Serialize)]
struct Diagnostic<'a> {
    message: String,
    location: Location,
    severity: &'static str,
    source: Source,
    code: Code<'a>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    suggestions: Vec<Suggestion<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<Related<'a>>,
}

#[derive(Serialize)]
struct Location {
    path: String,
    range: Range,
}

#[derive(Serialize)]
struct Range {
    start: Position,
    end: Position,
}

#[derive(Serialize)]
struct Position {
    line: u32,
    column: u32,
}

#[derive(Serialize)]
struct Code<'a> {
    value: &'a str,
    url: String,
}

/// It is applied as it is: so it has to be all of a fix.
#[derive(Serialize)]
struct Suggestion<'a> {
    range: Range,
    text: &'a str,
}

#[derive(Serialize)]
struct Related<'a> {
    message: &'a str,
    location: Location,
}

impl<'a> Diagnostic<'a> {
    fn new(found: Found<'a>, manner: &Manner) -> Self {
        let Found { finding, fixes, file } = found;
        Self {
            message: found.with_help(),
            location: Location { path: path(found, manner), range: Range::new(finding.span, file) },
            severity: severity(found.severity()),
            source: SOURCE,
            code: Code { value: finding.rule, url: address(finding.rule) },
            suggestions: fixes.iter().filter_map(|fix| Suggestion::new(fix, file)).collect(),
            related_locations: finding.labels.iter().map(|label| Related::new(label, file, manner)).collect(),
        }
    }
}

impl<'a> Suggestion<'a> {
    fn new(fix: &'a Resolved, file: &File<'_>) -> Option<Self> {
        let ([edit], []) = (fix.edits.as_slice(), fix.elsewhere.as_slice()) else { return None };
        Some(Self { range: Range::new(edit.span, file), text: &edit.text })
    }
}

impl<'a> Related<'a> {
    fn new(label: &'a Label, file: &File<'_>, manner: &Manner) -> Self {
        let location = match &label.place {
            Place::Here(span) => Location { path: at(file.path, manner), range: Range::new(*span, file) },
            Place::Elsewhere(location) => {
                let path = at(location.file.as_ref().as_ref(), manner);
                // The bytes before it are not at hand.
                let position = |at: Point| Position { line: at.line, column: at.column };
                Location { path, range: Range { start: position(location.start), end: position(location.end) } }
            }
        };
        Self { message: &label.message, location }
    }
}

impl Range {
    fn new(span: Span, file: &File<'_>) -> Self {
        let position = |byte: u32| Position { line: file.point(byte).line, column: file.byte_column(byte) };
        Self { start: position(span.start), end: position(span.end) }
    }
}

const fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "ERROR",
        Severity::Warning => "WARNING",
        Severity::Advice => "INFO",
    }
}
