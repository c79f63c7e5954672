//! `--format lsp`: one JSON array of the Language Server Protocol's `PublishDiagnosticsParams`, an element a file.
//!
//! A file without findings has an element with no diagnostics: to an editor that is "all is well now".

use std::io;
use std::path::Path;

use serde::Serialize;

use super::file::{File, Found};
use super::output::{Manner, Order, Output, Whole};
use super::paths::file_uri;
use super::{STDIN, json};
use crate::diagnostic::{Label, Resolved, Severity};
use crate::text::Point;

pub(super) struct Lsp;

impl Output for Lsp {
    fn name(&self) -> &'static str {
        "lsp"
    }

    fn about(&self) -> &'static str {
        "A JSON array of the Language Server Protocol's PublishDiagnosticsParams"
    }

    /// To an editor an element says all of its file: a second one would take the place of the first.
    fn order(&self) -> Order {
        Order::ByFile
    }

    fn shows_fixes(&self) -> bool {
        true
    }

    /// An editor shows findings, and nothing else.
    fn only_lists(&self) -> bool {
        true
    }

    fn before(&self, is_first: bool) -> &'static [u8] {
        if is_first { b"" } else { b"," }
    }

    fn finding(&self, found: Found<'_>, manner: &Manner, out: &mut Vec<u8>) -> io::Result<()> {
        out.extend_from_slice(json::text(&diagnostic(found, manner)).as_bytes());
        Ok(())
    }

    fn end(&self, whole: &Whole<'_>, out: &mut dyn io::Write, _: &mut dyn io::Write) -> io::Result<()> {
        out.write_all(b"[")?;
        for (index, file) in whole.files.iter().enumerate() {
            out.write_all(if index == 0 { b"\n " } else { b",\n " })?;
            write!(out, "{{\"uri\":\"{}\",\"diagnostics\":[", uri(&file.path, whole.manner))?;
            out.write_all(&file.findings)?;
            out.write_all(b"]}")?;
        }
        out.write_all(b"]\n")
    }
}

/// The URI of a file; standard input under no name of its own is what editors call an untitled text.
fn uri(path: &Path, manner: &Manner) -> String {
    if path.as_os_str() == STDIN { "untitled:stdin".to_owned() } else { file_uri(&manner.folder, path) }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Diagnostic<'a> {
    range: Range,
    severity: u8,
    code: &'a str,
    source: &'static str,
    message: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_information: Vec<RelatedInformation<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    data: Option<Data<'a>>,
}

#[derive(Serialize)]
struct RelatedInformation<'a> {
    location: Location,
    message: &'a str,
}

#[derive(Serialize)]
struct Location {
    uri: String,
    range: Range,
}

/// What the protocol hands back with a request for code actions.
#[derive(Serialize)]
struct Data<'a> {
    fixes: Vec<DataFix<'a>>,
}

#[derive(Serialize)]
struct DataFix<'a> {
    title: &'a str,
    safety: &'a str,
    edits: Vec<TextEdit<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct TextEdit<'a> {
    range: Range,
    new_text: &'a str,
}

#[derive(Serialize)]
struct Range {
    start: Position,
    end: Position,
}

#[derive(Serialize)]
struct Position {
    line: u32,
    character: u32,
}

fn diagnostic<'a>(found: Found<'a>, manner: &Manner) -> Diagnostic<'a> {
    let Found { finding, fixes, file } = found;
    // An edit here names no file.
    let fixes = fixes.iter().filter(|fix| fix.elsewhere.is_empty());
    let fixes: Vec<DataFix<'a>> = fixes.map(|fix| data_fix(fix, file)).collect();
    Diagnostic {
        range: range(file.points(finding.span)),
        severity: if finding.suppressed.is_some() { HINT } else { severity(finding.severity) },
        code: finding.rule,
        source: "batchlint",
        // An editor shows the message and nothing else: what helps has to stand in it.
        message: finding.helped(&found.message()),
        related_information: finding.labels.iter().map(|label| related(label, file, manner)).collect(),
        data: if fixes.is_empty() { None } else { Some(Data { fixes }) },
    }
}

fn related<'a>(label: &'a Label, file: &File<'_>, manner: &Manner) -> RelatedInformation<'a> {
    let (path, points) = file.label(label);
    RelatedInformation { location: Location { uri: uri(path, manner), range: range(points) }, message: &label.message }
}

fn data_fix<'a>(fix: &'a Resolved, file: &File<'_>) -> DataFix<'a> {
    let edits = fix.edits.iter().map(|edit| TextEdit { range: range(file.points(edit.span)), new_text: &edit.text });
    DataFix { title: &fix.title, safety: fix.safety.name(), edits: edits.collect() }
}

fn range([start, end]: [Point; 2]) -> Range {
    let position = |at: Point| Position { line: at.line - 1, character: at.utf16 };
    Range { start: position(start), end: position(end) }
}

/// The least of the protocol's severities, for what does not count.
const HINT: u8 = 4;

/// The protocol's `DiagnosticSeverity`: error, warning, information.
const fn severity(severity: Severity) -> u8 {
    match severity {
        Severity::Error => 1,
        Severity::Warning => 2,
        Severity::Advice => 3,
    }
}
