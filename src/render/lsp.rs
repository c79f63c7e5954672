//! `--format lsp`: one JSON array of the Language Server Protocol's `PublishDiagnosticsParams`, an element a file.
//!
//! A file without findings has an element with no diagnostics: to an editor that is "all is well now".

mod uri;

use serde::Serialize;

pub use uri::file_uri;

use super::Checked;
use crate::diagnostic::{Finding, Severity};
use crate::fix::Resolved;
use crate::text::{Lines, Span};

#[derive(Serialize)]
struct PublishDiagnosticsParams<'a> {
    uri: &'a str,
    diagnostics: Vec<Diagnostic<'a>>,
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
    location: Location<'a>,
    message: &'a str,
}

#[derive(Serialize)]
struct Location<'a> {
    uri: &'a str,
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

/// The element of one file, whose URI is given, on one line.
#[must_use]
pub fn element(checked: Checked<'_>, uri: &str) -> String {
    let findings = &checked.report.findings;
    let lines = Lines::new(if findings.is_empty() { "" } else { checked.source.text() });
    let fixes = checked.report.fixes();
    let both = findings.iter().zip(&fixes);
    let diagnostics = both.map(|(finding, fixes)| diagnostic(finding, fixes, uri, &lines)).collect();
    super::json::text(&PublishDiagnosticsParams { uri, diagnostics })
}

fn diagnostic<'a>(finding: &'a Finding, fixes: &'a [Resolved], uri: &'a str, lines: &Lines<'_>) -> Diagnostic<'a> {
    let related = finding.labels.iter().map(|label| RelatedInformation {
        location: Location { uri, range: range(label.span, lines) },
        message: &label.message,
    });
    let fixes: Vec<DataFix<'a>> = fixes.iter().map(|fix| data_fix(fix, lines)).collect();
    Diagnostic {
        range: range(finding.span, lines),
        severity: severity(finding.severity),
        code: finding.rule,
        source: "batchlint",
        // An editor shows the message and nothing else: what helps has to stand in it.
        message: match &finding.help {
            Some(help) => format!("{}\nhelp: {help}", finding.message),
            None => finding.message.clone(),
        },
        related_information: related.collect(),
        data: if fixes.is_empty() { None } else { Some(Data { fixes }) },
    }
}

fn data_fix<'a>(fix: &'a Resolved, lines: &Lines<'_>) -> DataFix<'a> {
    let edits = fix.edits.iter().map(|edit| TextEdit { range: range(edit.span, lines), new_text: &edit.text });
    DataFix { title: &fix.title, safety: fix.safety.name(), edits: edits.collect() }
}

fn range(span: Span, lines: &Lines<'_>) -> Range {
    let position = |offset| {
        let (line, character) = lines.utf16(offset);
        Position { line, character }
    };
    Range { start: position(span.start), end: position(span.end) }
}

/// The protocol's `DiagnosticSeverity`: error, warning, information.
const fn severity(severity: Severity) -> u8 {
    match severity {
        Severity::Error => 1,
        Severity::Warning => 2,
        Severity::Advice => 3,
    }
}
