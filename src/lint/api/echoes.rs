//! Problems that only follow from another one: they are told with that.

use std::collections::BTreeMap;

use super::cause;
use super::crowd::Crowd;
use crate::diagnostic::Finding;
use crate::k8s::Problem;

/// Where the findings are that others follow from.
#[derive(Debug, Default)]
pub(super) struct Echoes {
    /// The findings of one object by their first byte, those that are counted only without a number; made when the first
    /// echo comes, which is after all of them.
    places: Option<BTreeMap<u32, Option<usize>>>,
}

impl Echoes {
    /// Notes a problem that is told after all: what it would follow from is not. Others may follow from it.
    pub(super) fn add(&mut self, problem: &Problem, at: usize) {
        if let Some(places) = self.places.as_mut().filter(|_| problem.rejects()) {
            places.insert(problem.span.start, Some(at));
        }
    }

    /// Takes a problem that follows from a finding, and gives that what the server names for both.
    pub(super) fn take(&mut self, problem: &Problem, findings: &mut [Finding], crowd: &Crowd) -> bool {
        let Some(source) = problem.echo_of else { return false };
        let places = self.places.get_or_insert_with(|| {
            let refused = findings.iter().enumerate().filter(|(_, finding)| finding.server.is_some());
            let refused = refused.map(|(at, finding)| (finding.span.start, Some(at)));
            crowd.refused().map(|start| (start, None)).chain(refused).collect()
        });
        let Some((_, &at)) = places.range(source.start..source.end).next() else { return false };
        let is_named = problem.rejects() && !problem.is_unsaid();
        if let Some(server) = at.and_then(|at| findings[at].server.as_mut()).filter(|_| is_named) {
            server.add(cause(problem));
        }
        true
    }
}
