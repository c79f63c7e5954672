//! Findings as an editor shows them.

use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use lsp_types::{
    Code, CodeDescription, Diagnostic, DiagnosticRelatedInformation, DiagnosticSeverity, Location, Message, Position,
    Range, Uri,
};

use serde::Serialize;

use super::client::Client;
use super::document::{Document, Places};
use super::uris::uri_of;
use crate::diagnostic::{Finding, Label, Place, Severity};
use crate::rule::address;
use crate::text::Point;

/// What there is to show of a text.
pub(super) fn of<'f>(
    document: &Document,
    findings: impl IntoIterator<Item = &'f Finding>,
    client: Client,
) -> Vec<Diagnostic> {
    let places = Places::new(document.source.text(), client.encoding);
    findings.into_iter().map(|finding| diagnostic(document, finding, &places, client)).collect()
}

/// What is found in a text, whole.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Full<'f> {
    kind: &'static str,
    result_id: &'f str,
    items: &'f [Diagnostic],
}

impl<'f> Full<'f> {
    pub(super) const fn of(result_id: &'f str, items: &'f [Diagnostic]) -> Self {
        Self { kind: "full", result_id, items }
    }
}

/// By what findings are told from others.
pub(super) fn result(diagnostics: &[Diagnostic]) -> String {
    let mut hasher = DefaultHasher::new();
    diagnostics.hash(&mut hasher);
    format!("{:016x}", hasher.finish())
}

pub(super) fn diagnostic(document: &Document, finding: &Finding, places: &Places<'_>, client: Client) -> Diagnostic {
    let related = finding.labels.iter().map(|label| related(label, document, places));
    Diagnostic {
        range: places.range(finding.span),
        severity: Some(severity(finding.severity)),
        code: Some(Code::String(finding.rule.to_owned())),
        code_description: Some(CodeDescription { href: Uri(address(finding.rule)) }),
        source: Some("batchlint".to_owned()),
        // Many editors show the message and nothing else: what helps has to stand in it.
        message: Message::String(finding.helped(&finding.message)),
        tags: None,
        related_information: client.shows_related.then(|| related.collect()).filter(|all: &Vec<_>| !all.is_empty()),
        data: None,
    }
}

fn related(label: &Label, document: &Document, places: &Places<'_>) -> DiagnosticRelatedInformation {
    let location = match &label.place {
        Place::Here(span) => Location { uri: Uri(document.uri.to_string()), range: places.range(*span) },
        Place::Elsewhere(place) => {
            let uri = uri_of(&place.file);
            // Its text is not at hand: the nearest that can be said in every encoding.
            let position = |at: Point| Position { line: at.line - 1, character: at.utf16 };
            Location { uri: Uri(uri), range: Range { start: position(place.start), end: position(place.end) } }
        }
    };
    DiagnosticRelatedInformation { location, message: label.message.as_str().to_owned() }
}

const fn severity(severity: Severity) -> DiagnosticSeverity {
    match severity {
        Severity::Error => DiagnosticSeverity::Error,
        Severity::Warning => DiagnosticSeverity::Warning,
        Severity::Advice => DiagnosticSeverity::Information,
    }
}
