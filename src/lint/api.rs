//! What the API server says, as findings: each problem is one of its topic's rule, but for what is one thing and said
//! once: the same warning of an object, fields of a cluster, and texts that something else fills in.

mod copied;
mod crowd;
mod echoes;
mod filled_in;
mod warnings;

use std::sync::Arc;

use crate::analysis::identity;
use crate::diagnostic::{Finding, ServerCause};
use crate::k8s::{Aside, Manifest, Problem, Reason, Topic};
use crate::lint::found::Found;
use crate::lint::limit::Rest;
use crate::rule::Entry;
use crate::rules::Selection;
use copied::Copied;
use crowd::Crowd;
use echoes::Echoes;
pub(super) use filled_in::FilledIn;
use warnings::Warnings;

/// Other places of a warning that are pointed at.
const PLACES: usize = 3;

/// What there is to report.
#[derive(Debug)]
pub(super) struct Wanted<'r, 'f> {
    pub(super) rules: &'r Selection,
    /// What was found before: how much more is kept, and what does not count.
    pub(super) found: &'r mut Found<'f>,
}

impl Wanted<'_, '_> {
    /// The room that there is for findings of a topic in a document, whether they count or not.
    fn room(&self, topic: Topic, document: usize, is_suppressed: bool) -> usize {
        let room = |rule: &Entry| self.found.room(rule.name, document, is_suppressed);
        self.rules.of_topic(topic).map_or(usize::MAX, room)
    }

    /// Whether a problem does not count.
    fn is_suppressed(&self, problem: &Problem) -> bool {
        let suppressions = self.found.suppressions();
        let is_covered = |rule: &Entry| suppressions.covers(rule.names(), problem.span);
        !suppressions.is_empty() && self.rules.of_topic(problem.topic).is_some_and(is_covered)
    }
}

/// Reports the problems of one object, in the order of the stages; those beyond as many of a rule as are kept come back
/// counted.
pub(super) fn report(
    mut problems: Vec<Problem>,
    manifest: Manifest<'_>,
    filled_in: &mut FilledIn,
    wanted: Wanted<'_, '_>,
    findings: &mut Vec<Finding>,
) -> Vec<Rest<Finding>> {
    let (rules, document, before) = (wanted.rules, manifest.document.index, findings.len());
    let (mut warnings, mut echoes) = (Warnings::default(), Echoes::default());
    let mut copied = rules.of_topic(Topic::Copied).and_then(|rule| Copied::of(manifest, rule));
    let template = rules.of_filled_in();
    // Whoever does not want to hear of templates takes texts as they stand.
    problems.retain(|problem| {
        !template.is_some_and(|template| filled_in.take(problem, manifest, template))
            && !copied.as_mut().is_some_and(|copied| copied.take(problem))
    });
    let room = |topic, is_suppressed| wanted.room(topic, document, is_suppressed);
    let mut crowd = Crowd::of(&problems, |problem| wanted.is_suppressed(problem), room);
    let suppressions = wanted.found.suppressions_mut();
    let mut tell = |problem: Problem| {
        if echoes.take(&problem, &mut findings[before..], &crowd) {
            return;
        }
        let Some(rule) = rules.of_topic(problem.topic) else { return };
        if problem.is_warning() && warnings.is_repeated(&problem, findings) {
            return;
        }
        let why = suppressions.take(rule.names(), problem.span);
        let Some(problem) = crowd.take(problem, why) else { return };
        echoes.add(&problem, findings.len() - before);
        findings.push(finding(rule, manifest, problem));
    };
    // What only follows from another problem is told with that, and so comes last.
    problems.extract_if(.., |problem| problem.echo_of.is_none()).for_each(&mut tell);
    problems.into_iter().for_each(tell);
    warnings.count(findings);
    findings.extend(copied.and_then(|copied| copied.finding(manifest)));
    if let [first, rest @ ..] = &mut findings[before..] {
        let object = Arc::new(identity(manifest));
        rest.iter_mut().for_each(|finding| finding.object = Some(Arc::clone(&object)));
        first.object = Some(object);
    }
    crowd.rests(document, rules, wanted.found)
}

/// A problem of the API as a finding of its topic's rule.
fn finding(rule: &'static Entry, manifest: Manifest<'_>, mut problem: Problem) -> Finding {
    let Aside { labels, fixes, .. } = problem.take_aside();
    Finding {
        help: problem.help.take(),
        document: Some(manifest.document.index),
        server: problem.rejects().then(|| cause(&problem)),
        field: Some(problem.field),
        labels,
        fixes,
        ..rule.finding(problem.span, problem.message)
    }
}

fn cause(problem: &Problem) -> ServerCause {
    let Problem { stage, reason, field, .. } = problem;
    ServerCause::new(stage.name(), reason.map(Reason::name), field.as_str())
}
