//! What the API server says, as findings: each problem is one of its topic's rule, but for what is one thing and said
//! once: the same warning of an object, fields of a cluster, and texts that something else fills in.

mod copied;
mod echoes;
mod filled_in;
mod warnings;

use std::sync::Arc;

use crate::analysis::identity;
use crate::diagnostic::{Finding, ServerCause};
use crate::k8s::{Manifest, Problem, Reason, Topic};
use crate::rule::Entry;
use crate::rules::Selection;
use copied::Copied;
use echoes::Echoes;
pub(super) use filled_in::FilledIn;
use warnings::Warnings;

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
    let before = findings.len();
    let (mut warnings, mut echoes) = (Warnings::default(), Echoes::default());
    let mut copied = rules.of_topic(Topic::Copied).and_then(|rule| Copied::of(manifest, rule));
    let template = rules.of_filled_in();
    for problem in problems {
        // Whoever does not want to hear of templates takes texts as they stand.
        if template.is_some_and(|template| filled_in.take(&problem, manifest, template)) {
            continue;
        }
        if copied.as_mut().is_some_and(|copied| copied.take(&problem)) {
            continue;
        }
        if echoes.take(&problem, &mut findings[before..]) {
            continue;
        }
        let Some(rule) = rules.of_topic(problem.topic) else { continue };
        if problem.topic == Topic::ServerWarning && warnings.is_repeated(&problem, findings) {
            continue;
        }
        findings.push(finding(rule, manifest, problem));
    }
    warnings.count(findings);
    findings.extend(copied.and_then(|copied| copied.finding(manifest)));
    if let [first, rest @ ..] = &mut findings[before..] {
        let object = Arc::new(identity(manifest));
        rest.iter_mut().for_each(|finding| finding.object = Some(Arc::clone(&object)));
        first.object = Some(object);
    }
}

/// A problem of the API as a finding of its topic's rule.
fn finding(rule: &'static Entry, manifest: Manifest<'_>, mut problem: Problem) -> Finding {
    Finding {
        help: problem.help.take(),
        document: Some(manifest.document.index),
        server: problem.rejects().then(|| cause(&problem)),
        field: Some(problem.field),
        labels: problem.labels,
        fixes: problem.fixes,
        ..rule.finding(problem.span, problem.message)
    }
}

fn cause(problem: &Problem) -> ServerCause {
    let Problem { stage, reason, field, .. } = problem;
    ServerCause::new(stage.name(), reason.map(Reason::name), field.as_str())
}
