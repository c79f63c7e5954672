//! `yaml-syntax`

mod cause;

use std::cell::OnceCell;

use crate::diagnostic::ServerCause;
use crate::k8s::{Mentions, Stage};
use crate::rule::{Check, Findings, Rule, page};
use crate::text::{Lines, Span};
use crate::yaml::{File, SyntaxError, is_read_by_server};

use cause::Cause;

pub(crate) static RULE: Rule = Rule::new(page!("yaml/yaml-syntax"), Check::File(check));

fn check(file: &File, findings: &mut Findings<'_>) {
    if file.errors.is_empty() {
        return;
    }
    let (mentions, lines, whole) = (Mentions::of(&file.text), Lines::new(&file.text), OnceCell::new());
    // Whether the API server refuses it too: kubectl splits the text before it reads it, and the server does not.
    let is_refused_whole = || *whole.get_or_init(|| !is_read_by_server(&file.text));
    let mut before = None;
    for error in &file.errors {
        // What comes first in a document has ended it.
        let is_first = before.replace(error.document) != Some(error.document);
        let document = error.document.and_then(|index| file.documents.get(index));
        let chunk = document.map_or(Span::new(0, u32::MAX), |document| document.span);
        let is_template = document.is_some_and(|document| document.placeholder().is_some());
        // kubectl stops here, so what follows in the file is lost with it.
        let lost = Span::new(chunk.start, u32::MAX);
        if !is_template && mentions.are_in(lost) {
            let refused = error.document != Some(0) || is_refused_whole();
            let escaped = document.filter(|_| is_first).and_then(|document| document.escaped_line());
            let escaped = escaped.map(cause::here_document);
            report(error, refused, escaped.or_else(|| cause::of(&lines, chunk, error.span)), findings);
        }
    }
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
