//! The one finding of a file for all its texts that something else fills in.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::cause;
use crate::analysis::{filled_in, identity};
use crate::diagnostic::Finding;
use crate::k8s::{Manifest, Problem};
use crate::rule::Entry;
use crate::text::Span;

/// Such texts of a file.
#[derive(Debug, Default)]
pub(in crate::lint) struct FilledIn {
    places: BTreeSet<Span>,
    first: Option<First>,
}

#[derive(Debug)]
struct First {
    placeholder: String,
    /// What the server would say, if nothing filled it in.
    finding: Finding,
}

impl FilledIn {
    /// Takes a problem of such a text.
    pub(super) fn take(&mut self, problem: &Problem, manifest: Manifest<'_>, rule: &'static Entry) -> bool {
        let Some(placeholder) = filled_in(problem, manifest) else { return false };
        let mut server = cause(problem);
        let known = self.first.as_mut().and_then(|first| first.finding.server.as_mut());
        if self.places.first().is_some_and(|first| problem.span >= *first) {
            known.into_iter().for_each(|known| known.add(server.clone()));
        } else {
            known.into_iter().for_each(|known| server.add(known.clone()));
            let finding = Finding {
                document: Some(manifest.document.index),
                object: Some(Arc::new(identity(manifest))),
                server: Some(server),
                field: Some(problem.field.clone()),
                ..rule.finding(problem.span, "")
            };
            self.first = Some(First { placeholder: placeholder.to_owned(), finding });
        }
        self.places.insert(problem.span);
        true
    }

    /// The one finding for all of a file's.
    pub(in crate::lint) fn finding(&mut self) -> Option<Finding> {
        let First { placeholder, finding } = self.first.take()?;
        let more = match self.places.len() - 1 {
            0 => String::new(),
            1 => " (and one more text like it)".to_owned(),
            others => format!(" (and {others} more texts like it)"),
        };
        let message = format!("something fills in `{placeholder}`{more}: what comes out of it was not checked");
        let help = Some("fill it in first, and give the result to batchlint: `… | batchlint check -`".into());
        Some(Finding { message: message.into(), help, ..finding })
    }
}
