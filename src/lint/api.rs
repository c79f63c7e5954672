//! What the API server says, as findings: each problem is one of its topic's rule. Two things are said once: the same
//! warning of one object, and that texts are filled in by something else.

use std::collections::HashMap;

use crate::analysis::identity;
use crate::diagnostic::{Finding, Label, ServerCause};
use crate::k8s::{Manifest, Problem, Reason, Topic};
use crate::rule::Entry;
use crate::rules::Selection;
use crate::text::Span;
use crate::yaml;

/// Other places of a warning that are pointed at.
const PLACES: usize = 3;

/// Reports the problems of one object.
pub(super) fn report(
    problems: impl Iterator<Item = Problem>,
    manifest: Manifest<'_>,
    rules: &Selection,
    filled_in: &mut FilledIn,
    findings: &mut Vec<Finding>,
) {
    let mut warnings = Warnings::default();
    let template = rules.files.iter().copied().find(|entry| entry.name == "template-not-rendered");
    for problem in problems {
        // Whoever does not want to hear of templates takes texts as they stand.
        if template.is_some_and(|template| filled_in.take(&problem, manifest, template)) {
            continue;
        }
        let Some(rule) = rules.of_topic(problem.topic) else { continue };
        if problem.topic == Topic::ServerWarning && warnings.is_repeated(&problem, findings) {
            continue;
        }
        findings.push(finding(rule, manifest, problem));
    }
    warnings.count(findings);
}

/// A problem of the API as a finding of its topic's rule.
fn finding(rule: &'static Entry, manifest: Manifest<'_>, mut problem: Problem) -> Finding {
    Finding {
        help: problem.help.take(),
        document: Some(manifest.document.index),
        object: Some(identity(manifest)),
        server: problem.rejects().then(|| cause(&problem)),
        field: Some(problem.field),
        labels: problem.labels,
        fixes: problem.fixes,
        ..rule.finding(problem.span, problem.message)
    }
}

fn cause(problem: &Problem) -> ServerCause {
    let Problem { stage, reason, field, .. } = problem;
    ServerCause { stage: stage.name(), reason: reason.map(Reason::name), field: field.clone() }
}

/// The warnings of one object: the place of the first in the findings, and how often each comes.
#[derive(Default)]
struct Warnings {
    said: HashMap<String, (usize, usize)>,
}

impl Warnings {
    /// Whether it was said before; then its place is pointed at there.
    fn is_repeated(&mut self, problem: &Problem, findings: &mut [Finding]) -> bool {
        let Some((at, count)) = self.said.get_mut(&problem.message) else {
            self.said.insert(problem.message.clone(), (findings.len(), 1));
            return false;
        };
        *count += 1;
        if *count <= PLACES + 1 {
            findings[*at].labels.push(Label::new(problem.span, "here too"));
        }
        true
    }

    /// Says of each how often it comes, where the places pointed at are not all.
    fn count(self, findings: &mut [Finding]) {
        for (at, count) in self.said.into_values().filter(|(_, count)| *count > PLACES + 1) {
            let message = format!("{} ({count} times in this object)", findings[at].message);
            findings[at].message = message;
        }
    }
}

/// Texts that something else fills in before Kubernetes sees them: what the server would say of them is nobody's
/// concern.
#[derive(Default)]
pub(super) struct FilledIn {
    first: Option<First>,
    others: usize,
    last: Option<Span>,
}

struct First {
    placeholder: String,
    /// What the server would say, if nothing filled it in.
    finding: Finding,
}

impl FilledIn {
    /// Takes a problem of such a text.
    fn take(&mut self, problem: &Problem, manifest: Manifest<'_>, rule: &'static Entry) -> bool {
        let text = match manifest.cron_job().and_then(|spec| spec.schedule()) {
            // Its parts have places of their own.
            Some(schedule) if problem.topic == Topic::Schedule => schedule.raw.source(),
            _ => manifest.document.slice(problem.span),
        };
        // Of a mapping or a list, only a part is.
        if text.contains('\n') || text.contains(": ") || !problem.rejects() {
            return false;
        }
        let Some(placeholder) = yaml::placeholder_in(text) else { return false };
        if self.first.is_none() {
            let finding = Finding {
                document: Some(manifest.document.index),
                object: Some(identity(manifest)),
                server: Some(cause(problem)),
                field: Some(problem.field.clone()),
                ..rule.finding(problem.span, "")
            };
            self.first = Some(First { placeholder: placeholder.to_owned(), finding });
        } else if self.last != Some(problem.span) {
            self.others += 1;
        }
        self.last = Some(problem.span);
        true
    }

    /// The one finding for all of a file's.
    pub(super) fn finding(&mut self) -> Option<Finding> {
        let First { placeholder, finding } = self.first.take()?;
        let more = match self.others {
            0 => String::new(),
            1 => " (and one more text like it)".to_owned(),
            others => format!(" (and {others} more texts like it)"),
        };
        let message = format!("something fills in `{placeholder}`{more}: what comes out of it was not checked");
        let help = Some("fill it in first, and give the result to batchlint: `… | batchlint check -`".to_owned());
        Some(Finding { message, help, ..finding })
    }
}
