//! An object that was copied from a cluster.

use super::{PLACES, cause};
use crate::analysis::Exported;
use crate::diagnostic::{Finding, Fix, Label, ServerCause, Severity};
use crate::k8s::{Manifest, Problem};
use crate::rule::Entry;

/// What the server says of the fields that it sets itself is one thing.
#[derive(Debug)]
pub(super) struct Copied<'a> {
    rule: &'static Entry,
    exported: Exported<'a>,
    /// What the server says first.
    cause: Option<ServerCause>,
}

impl<'a> Copied<'a> {
    pub(super) fn of(manifest: Manifest<'a>, rule: &'static Entry) -> Option<Self> {
        Some(Self { rule, exported: Exported::of(manifest)?, cause: None })
    }

    /// Takes a problem of such a field.
    pub(super) fn take(&mut self, problem: &Problem) -> bool {
        let is_taken = problem.rejects() && self.exported.covers(problem.span);
        if is_taken {
            ServerCause::join(&mut self.cause, cause(problem));
        }
        is_taken
    }

    pub(super) fn finding(self, manifest: Manifest<'_>) -> Option<Finding> {
        if self.exported.is_looked_at && self.cause.is_none() {
            return None;
        }
        let fields = self.exported.fields();
        let first = fields.first()?.entry;
        let names: Vec<String> = fields.iter().take(PLACES).map(|field| format!("`{}`", field.entry.key)).collect();
        let names = match fields.len().saturating_sub(PLACES) {
            0 => names.join(", "),
            more => format!("{} and {more} more", names.join(", ")),
        };
        let is_refused = self.cause.is_some() || self.exported.is_refused_on_creation();
        Some(Finding {
            severity: if is_refused { Severity::Error } else { self.rule.rule.page.severity },
            document: Some(manifest.document.index),
            field: Some(manifest.locator().path_to(first.key_span)),
            server: self.cause,
            help: Some("leave out what the server sets itself".into()),
            labels: fields
                .iter()
                .skip(1)
                .take(PLACES)
                .map(|field| Label::new(field.entry.key_span, "and this"))
                .collect(),
            fixes: vec![Fix::safe("leave out what the server sets itself", self.exported.removal())],
            ..self.rule.finding(first.key_span, format!("copied from a cluster: the server sets {names} itself"))
        })
    }
}
