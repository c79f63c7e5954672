//! The elements of the JSON output, field by field as they are promised.

use serde::Serialize;

use crate::diagnostic;
use crate::fix::Resolved;
use crate::k8s::Version;
use crate::lint::Outcome;
use crate::render::{Tally, Unread};
use crate::text::{Lines, Span};

#[derive(Serialize)]
pub(super) struct Tool {
    name: &'static str,
    version: &'static str,
    kubernetes: String,
}

impl Tool {
    pub(super) fn new(kubernetes: Version) -> Self {
        Self { name: "batchlint", version: env!("CARGO_PKG_VERSION"), kubernetes: kubernetes.to_string() }
    }
}

#[derive(Serialize)]
pub(super) struct Finding<'a> {
    rule: &'a str,
    group: &'a str,
    severity: &'a str,
    message: &'a str,
    help: Option<&'a str>,
    file: &'a str,
    range: Range,
    document: Option<usize>,
    object: Option<Object<'a>>,
    field: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    server: Option<Server<'a>>,
    related: Vec<Related<'a>>,
    fixes: Vec<Fix<'a>>,
}

/// Two places in a text.
#[derive(Serialize)]
pub(in crate::render) struct Range {
    start: Place,
    end: Place,
}

#[derive(Serialize)]
struct Place {
    byte: u32,
    line: u32,
    column: u32,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Object<'a> {
    api_version: &'a str,
    kind: &'a str,
    namespace: Option<&'a str>,
    name: Option<&'a str>,
}

#[derive(Serialize)]
struct Server<'a> {
    stage: &'a str,
    reason: Option<&'a str>,
    field: &'a str,
}

#[derive(Serialize)]
struct Related<'a> {
    message: &'a str,
    range: Range,
}

#[derive(Serialize)]
struct Fix<'a> {
    title: &'a str,
    safety: &'a str,
    edits: Vec<Edit<'a>>,
}

#[derive(Serialize)]
struct Edit<'a> {
    range: Range,
    text: &'a str,
}

impl<'a> Finding<'a> {
    pub(super) fn new(
        (finding, fixes): (&'a diagnostic::Finding, &'a [Resolved]),
        file: &'a str,
        lines: &Lines<'_>,
    ) -> Self {
        Self {
            rule: finding.rule,
            group: finding.group,
            severity: finding.severity.name(),
            message: &finding.message,
            help: finding.help.as_deref(),
            file,
            range: Range::new(finding.span, lines),
            document: finding.document,
            object: finding.object.as_ref().map(Object::new),
            field: finding.field.as_deref(),
            server: finding.server.as_ref().map(Server::new),
            related: finding.labels.iter().map(|label| Related::new(label, lines)).collect(),
            fixes: fixes.iter().map(|fix| Fix::new(fix, lines)).collect(),
        }
    }
}

impl Range {
    pub(in crate::render) fn new(span: Span, lines: &Lines<'_>) -> Self {
        let place = |byte| {
            let at = lines.position(byte);
            Place { byte, line: at.line, column: at.column }
        };
        Self { start: place(span.start), end: place(span.end) }
    }
}

impl<'a> Object<'a> {
    fn new(object: &'a diagnostic::Object) -> Self {
        Self {
            api_version: &object.api_version,
            kind: &object.kind,
            namespace: object.namespace.as_deref(),
            name: object.name.as_deref(),
        }
    }
}

impl<'a> Server<'a> {
    fn new(cause: &'a diagnostic::ServerCause) -> Self {
        Self { stage: cause.stage, reason: cause.reason, field: &cause.field }
    }
}

impl<'a> Related<'a> {
    fn new(label: &'a diagnostic::Label, lines: &Lines<'_>) -> Self {
        Self { message: &label.message, range: Range::new(label.span, lines) }
    }
}

impl<'a> Fix<'a> {
    fn new(fix: &'a Resolved, lines: &Lines<'_>) -> Self {
        let edits = fix.edits.iter().map(|edit| Edit { range: Range::new(edit.span, lines), text: &edit.text });
        Self { title: &fix.title, safety: fix.safety.name(), edits: edits.collect() }
    }
}

#[derive(Serialize)]
pub(super) struct Document<'a> {
    file: &'a str,
    document: usize,
    kind: Option<&'a str>,
    name: Option<&'a str>,
    checked: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'a str>,
}

impl<'a> Document<'a> {
    pub(super) fn new(outcome: &'a Outcome, file: &'a str) -> Self {
        Self {
            file,
            document: outcome.document,
            kind: outcome.kind.as_deref(),
            name: outcome.name.as_deref(),
            checked: outcome.not_checked.is_none(),
            reason: outcome.not_checked.as_deref(),
        }
    }
}

#[derive(Serialize)]
pub(super) struct Error<'a> {
    file: &'a str,
    message: &'a str,
}

impl<'a> Error<'a> {
    pub(super) fn new(unread: &'a Unread) -> Self {
        Self { file: &unread.file, message: &unread.why }
    }
}

#[derive(Serialize)]
pub(super) struct Summary {
    files: usize,
    documents: usize,
    checked: usize,
    errors: usize,
    warnings: usize,
    advice: usize,
}

impl Summary {
    pub(super) fn new(tally: &Tally) -> Self {
        let &Tally { files, documents, checked, errors, warnings, advice, .. } = tally;
        Self { files, documents, checked, errors, warnings, advice }
    }
}
