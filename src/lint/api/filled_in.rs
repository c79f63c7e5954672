//! The one finding of a file for all its texts that something else fills in.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::cause;
use crate::analysis::{filled_in, identity};
use crate::diagnostic::Finding;
use crate::k8s::{Manifest, Problem};
use crate::rule::Entry;
use crate::text::Span;
use crate::yaml::{Document, File, Value, mark_of, placeholder_in};

/// How many placeholders are named.
const MOST_NAMED: usize = 3;

/// Such texts of a file.
#[derive(Debug, Default)]
pub(in crate::lint) struct FilledIn {
    /// Their placeholders.
    places: BTreeMap<Span, String>,
    /// The documents that have some.
    documents: BTreeSet<usize>,
    /// What the server would say of the first, if nothing filled it in.
    finding: Option<Finding>,
}

impl FilledIn {
    /// Takes a problem of such a text.
    pub(super) fn take(&mut self, problem: &Problem, manifest: Manifest<'_>, rule: &'static Entry) -> bool {
        let Some(placeholder) = filled_in(problem, manifest) else { return false };
        let mut server = cause(problem);
        let known = self.finding.as_mut().and_then(|first| first.server.as_mut());
        if self.places.first_key_value().is_some_and(|(first, _)| problem.span >= *first) {
            known.into_iter().for_each(|known| known.add(server.clone()));
        } else {
            known.into_iter().for_each(|known| server.add(known.clone()));
            self.finding = Some(Finding {
                document: Some(manifest.document.index),
                object: Some(Arc::new(identity(manifest))),
                server: Some(server),
                field: Some(problem.field.clone()),
                ..rule.finding(problem.span, "")
            });
        }
        self.places.entry(problem.span).or_insert_with(|| placeholder.to_owned());
        self.documents.insert(manifest.document.index);
        true
    }

    /// Whether a document has some.
    pub(in crate::lint) fn has(&self, document: usize) -> bool {
        self.documents.contains(&document)
    }

    /// The one finding for all of a file's.
    pub(in crate::lint) fn finding(&mut self, file: &File) -> Option<Finding> {
        let finding = self.finding.take()?;
        let first = self.places.values().next()?;
        let documents = file.documents.iter().filter(|document| self.documents.contains(&document.index));
        let alike = documents.flat_map(|document| alike(document, mark_of(first)));
        let mut known = BTreeSet::new();
        let all = self.places.values().map(String::as_str).chain(alike);
        let names: Vec<&str> = all.filter(|name| known.insert(*name)).collect();
        let what = if names.len() == 1 { "it" } else { "them" };
        let message = format!("something fills in {}: what comes out of {what} was not checked", listed(&names));
        let help = Some("fill it in first, and give the result to batchlint: `… | batchlint check -`".into());
        Some(Finding { message: message.into(), help, ..finding })
    }
}

/// Where a text is no placeholder, whatever it looks like: in command lines a shell has variables of its own, and those of
/// `env` are called in capitals.
const ELSEWHERE: [&str; 4] = ["args", "command", "key", "name"];

/// The placeholders of a document that are marked as one that something fills in, in order.
fn alike<'d>(document: &'d Document, mark: &str) -> Vec<&'d str> {
    let mut found = Vec::new();
    // What aliases stand for is written elsewhere.
    let mut open: Vec<Value<'d>> = document.root().filter(|_| !document.has_aliases).into_iter().collect();
    while let Some(value) = open.pop() {
        if let Some(text) = value.as_str().filter(|text| !text.contains('\n')) {
            found.extend(placeholder_in(text).filter(|one| mark_of(one) == mark));
        }
        let first = open.len();
        open.extend(value.entries().filter(|entry| !ELSEWHERE.contains(&entry.key)).map(|entry| entry.value));
        open.extend(value.items());
        open[first..].reverse();
    }
    found
}

fn listed(names: &[&str]) -> String {
    let quoted: Vec<String> = names.iter().take(MOST_NAMED).map(|name| format!("`{name}`")).collect();
    match (&quoted[..], names.len().saturating_sub(MOST_NAMED)) {
        ([before @ .., last], 0) if !before.is_empty() => format!("{} and {last}", before.join(", ")),
        (all, 0) => all.join(", "),
        (all, more) => format!("{} and {more} more", all.join(", ")),
    }
}
