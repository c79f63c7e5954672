//! An object that was copied from a cluster.

use super::{PLACES, cause};
use crate::analysis::Exported;
use crate::diagnostic::{Finding, Fix, Label, ServerCause, Severity};
use crate::k8s::objects::Each as _;
use crate::k8s::{Manifest, Problem, Resource};
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
        let is_refused = self.cause.is_some() || self.exported.is_refused_on_creation();
        let finding = |message: String| Finding {
            severity: if is_refused { Severity::Error } else { self.rule.rule.page.severity },
            document: Some(manifest.document.index),
            field: Some(manifest.locator().path_to(first.key_span)),
            server: self.cause,
            ..self.rule.finding(first.key_span, message)
        };
        if let Some(owner) = scheduled_by(manifest) {
            let message = format!("copied from a cluster: a run of CronJob `{owner}`, which makes its Jobs itself");
            return Some(Finding { help: Some("leave the whole object out".into()), ..finding(message) });
        }
        let names: Vec<String> = fields.iter().take(PLACES).map(|field| format!("`{}`", field.entry.key)).collect();
        let names = match fields.len().saturating_sub(PLACES) {
            0 => names.join(", "),
            more => format!("{} and {more} more", names.join(", ")),
        };
        Some(Finding {
            help: Some("leave out what the server sets itself".into()),
            labels: fields
                .iter()
                .skip(1)
                .take(PLACES)
                .map(|field| Label::new(field.entry.key_span, "and this"))
                .collect(),
            fixes: vec![Fix::safe("leave out what the server sets itself", self.exported.removal())],
            ..finding(format!("copied from a cluster: the server sets {names} itself"))
        })
    }
}

/// The CronJob that made a Job.
fn scheduled_by(manifest: Manifest<'_>) -> Option<&str> {
    let owners = manifest.metadata().filter(|_| manifest.resource == Some(Resource::Job))?.owner_references();
    let mut owners = owners.each().map(|(_, owner)| owner.value);
    let owner = owners.find(|owner| {
        owner.controller().is_some_and(|controls| controls.value)
            && owner.kind().is_some_and(|kind| kind.value == "CronJob")
    });
    Some(owner?.name()?.value)
}
