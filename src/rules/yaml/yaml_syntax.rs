//! `yaml-syntax`

mod cause;

use crate::diagnostic::ServerCause;
use crate::k8s::{Stage, speaks_of_jobs};
use crate::rule::{Check, Findings, Rule};
use crate::yaml::{File, SyntaxError};

pub(crate) static RULE: Rule = Rule::new(include_str!("../../../rules/yaml/yaml-syntax.md"), Check::File(check));

fn check(file: &File<'_>, findings: &mut Findings<'_>) {
    for error in &file.errors {
        let document = error.document.and_then(|index| file.documents.get(index));
        let text = document.map_or(file.text, |document| &file.text[document.span.range()]);
        let is_template = document.is_some_and(|document| document.placeholder().is_some());
        if speaks_of_jobs(text) && !is_template {
            report(file.text, error, findings);
        }
    }
}

fn report(text: &str, error: &SyntaxError, findings: &mut Findings<'_>) {
    let cause = cause::of(text, error.span);
    let (span, message) = match &cause {
        Some(cause) => (cause.span, cause.message.clone()),
        None => (error.span, error.message.clone()),
    };
    let mut report = findings.report(span, message);
    if let Some(index) = error.document {
        let server = ServerCause { stage: Stage::Parse.name(), reason: None, field: String::new() };
        report = report.document(index).server(server);
    }
    let Some(cause) = cause else { return };
    report = report.help(cause.help);
    if let Some(fix) = cause.fix {
        report.fix(fix);
    }
}
