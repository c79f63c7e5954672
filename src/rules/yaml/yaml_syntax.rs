//! `yaml-syntax`

mod cause;

use crate::diagnostic::ServerCause;
use crate::k8s::{Stage, speaks_of_jobs};
use crate::rule::{Check, Findings, Rule};
use crate::text::Span;
use crate::yaml::{File, SyntaxError, parse_as_server};

use cause::Cause;

pub(crate) static RULE: Rule = Rule::new(include_str!("../../../rules/yaml/yaml-syntax.md"), Check::File(check));

fn check(file: &File, findings: &mut Findings<'_>) {
    for error in &file.errors {
        let document = error.document.and_then(|index| file.documents.get(index));
        let chunk = document.map_or(Span::new(0, u32::MAX), |document| document.span);
        let text = document.map_or(&*file.text, |document| document.slice(document.span));
        let is_template = document.is_some_and(|document| document.placeholder().is_some());
        // kubectl stops here, so what follows in the file is lost with it.
        let lost = &file.text[document.map_or(0, |document| document.span.start as usize)..];
        if !is_template && speaks_of_jobs(lost) {
            report(error, refused_by_server(file, error), cause::of(text, chunk.start, error.span), findings);
        }
    }
}

/// Whether the API server refuses it too: kubectl splits the text before it reads it, and the server does not.
fn refused_by_server(file: &File, error: &SyntaxError) -> bool {
    error.document != Some(0) || !parse_as_server(&file.text).errors.is_empty()
}

fn report(error: &SyntaxError, refused: bool, cause: Option<Cause>, findings: &mut Findings<'_>) {
    let (span, message) = match &cause {
        Some(cause) => (cause.span, cause.message.clone()),
        None => (error.span, error.message.clone()),
    };
    let mut report = findings.report(span, message);
    if let Some(index) = error.document {
        let server = ServerCause::new(Stage::Parse.name(), None, "");
        report = report.document(index);
        if refused {
            report = report.server(server);
        }
    }
    let Some(cause) = cause else {
        if let Some((place, words)) = &error.label {
            report.label(*place, words.clone());
        }
        return;
    };
    report = report.help(cause.help);
    if let Some(fix) = cause.fix {
        report.fix(fix);
    }
}
