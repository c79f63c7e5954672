//! The elements of the JSON output, field by field as they are promised.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::analysis::Outcome;
use crate::diagnostic;
use crate::diagnostic::{Replacement, Resolved};
use crate::k8s::Version;
use crate::render::file::{File, Found};
use crate::render::{Tally, Unread, unchecked};
use crate::text::{Lines, Point, Span};

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
    #[serde(skip_serializing_if = "Option::is_none")]
    fingerprint: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    suppressed: Option<Suppressed<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    template: Option<Template<'a>>,
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
pub(in crate::render) struct Object<'a> {
    api_version: Option<&'a str>,
    kind: Option<&'a str>,
    namespace: Option<&'a str>,
    name: Option<&'a str>,
}

#[derive(Serialize)]
struct Server<'a> {
    stage: &'a str,
    reason: Option<&'a str>,
    field: &'a str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    also: Vec<Self>,
}

#[derive(Serialize)]
struct Suppressed<'a> {
    kind: &'static str,
    reason: Option<&'a str>,
}

#[derive(Serialize)]
struct Template<'a> {
    file: &'a str,
    chart: &'a str,
    rendering: &'static str,
    assuming: Vec<Assuming<'a>>,
    via: Vec<Via<'a>>,
}

/// A value that was assumed.
#[derive(Serialize)]
struct Assuming<'a> {
    path: &'a str,
    file: &'a str,
    range: Range,
}

/// An action that included a place.
#[derive(Serialize)]
struct Via<'a> {
    file: &'a str,
    range: Range,
}

#[derive(Serialize)]
struct Related<'a> {
    message: &'a str,
    file: &'a str,
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
    file: &'a str,
    range: Range,
    text: &'a str,
}

impl<'a> Finding<'a> {
    pub(super) fn new(Found { finding, fixes, file }: Found<'a>) -> Self {
        Self {
            rule: finding.rule,
            group: finding.group,
            severity: finding.severity.name(),
            message: &finding.message,
            help: finding.help.as_deref(),
            file: file.name,
            range: Range::of(file.points(finding.span)),
            document: finding.document,
            object: finding.object.as_deref().map(Object::new),
            field: finding.field.as_deref(),
            server: finding.server.as_ref().map(Server::new),
            related: finding.labels.iter().map(|label| Related::new(label, file)).collect(),
            fixes: fixes.iter().map(|fix| Fix::new(fix, file)).collect(),
            fingerprint: finding.fingerprint.map(|fingerprint| fingerprint.to_string()),
            suppressed: finding.suppressed.as_deref().map(Suppressed::new),
            source: finding.object.as_deref().and_then(|object| object.source.as_deref()),
            template: finding.template.as_deref().map(Template::new),
        }
    }
}

impl Range {
    pub(in crate::render) fn new(span: Span, lines: &Lines<'_>) -> Self {
        Self::of([span.start, span.end].map(|byte| lines.point(byte)))
    }

    pub(in crate::render) fn of([start, end]: [Point; 2]) -> Self {
        let place = |at: Point| Place { byte: at.byte, line: at.line, column: at.column };
        Self { start: place(start), end: place(end) }
    }
}

impl<'a> Object<'a> {
    pub(in crate::render) fn new(object: &'a diagnostic::Object) -> Self {
        Self {
            api_version: object.api_version.as_deref(),
            kind: object.kind.as_deref(),
            namespace: object.namespace.as_deref(),
            name: object.name.as_deref(),
        }
    }
}

impl<'a> Server<'a> {
    fn new(cause: &'a diagnostic::ServerCause) -> Self {
        let also = cause.also.iter().map(Self::new).collect();
        Self { stage: cause.stage, reason: cause.reason, field: &cause.field, also }
    }
}

impl<'a> Suppressed<'a> {
    fn new(suppression: &'a diagnostic::Suppression) -> Self {
        Self { kind: suppression.kind.name(), reason: suppression.reason.as_deref() }
    }
}

impl<'a> Template<'a> {
    fn new(template: &'a diagnostic::Templated) -> Self {
        let via = template.via.iter();
        let via = via.map(|at| Via { file: &at.file, range: Range::of([at.start, at.end]) }).collect();
        let assuming = template.assuming.iter();
        let assuming = assuming
            .map(|(path, at)| Assuming { path, file: &at.file, range: Range::of([at.start, at.end]) })
            .collect();
        Self { file: &template.file, chart: &template.chart, rendering: template.rendering.name(), assuming, via }
    }
}

impl<'a> Related<'a> {
    fn new(label: &'a diagnostic::Label, file: &File<'a>) -> Self {
        let (file, points) = match &label.place {
            diagnostic::Place::Here(span) => (file.name, file.points(*span)),
            diagnostic::Place::Elsewhere(location) => (&*location.file, [location.start, location.end]),
        };
        Self { message: &label.message, file, range: Range::of(points) }
    }
}

impl<'a> Fix<'a> {
    fn new(fix: &'a Resolved, file: &File<'a>) -> Self {
        let edits = fix.edits.iter().map(|edit| Edit {
            file: file.name,
            range: Range::of(file.points(edit.span)),
            text: &edit.text,
        });
        let elsewhere = fix.elsewhere.iter().map(|Replacement { at, text }| Edit {
            file: &at.file,
            range: Range::of([at.start, at.end]),
            text,
        });
        Self { title: &fix.title, safety: fix.safety.name(), edits: edits.chain(elsewhere).collect() }
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
    reason: Option<String>,
}

impl<'a> Document<'a> {
    pub(super) fn new(outcome: &'a Outcome, file: &'a str) -> Self {
        Self {
            file,
            document: outcome.document,
            kind: outcome.kind.as_deref(),
            name: outcome.name.as_deref(),
            checked: outcome.not_checked.is_none(),
            reason: outcome.not_checked.as_ref().map(|reason| unchecked::words(reason).into()),
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
#[serde(rename_all = "camelCase")]
pub(super) struct Summary<'a> {
    files: usize,
    documents: usize,
    checked: usize,
    errors: usize,
    warnings: usize,
    advice: usize,
    suppressed: usize,
    not_shown: NotShown<'a>,
}

/// Findings that are not listed, by rule.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct NotShown<'a> {
    habits: &'a BTreeMap<&'static str, usize>,
    beyond_limit: &'a BTreeMap<&'static str, usize>,
    below_severity: &'a BTreeMap<&'static str, usize>,
}

impl<'a> Summary<'a> {
    pub(super) fn new(tally: &'a Tally) -> Self {
        let &Tally { files, documents, checked, errors, warnings, advice, suppressed, .. } = tally;
        let not_shown =
            NotShown { habits: tally.habits.counts(), beyond_limit: &tally.not_shown, below_severity: &tally.below };
        Self { files, documents, checked, errors, warnings, advice, suppressed, not_shown }
    }
}
