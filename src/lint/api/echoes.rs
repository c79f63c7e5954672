//! Problems that only follow from another one: they are told with that.

use std::collections::BTreeMap;

use super::cause;
use super::crowd::Crowd;
use crate::diagnostic::Finding;
use crate::k8s::Problem;
use crate::sort;

/// Where the findings are that others follow from.
#[derive(Debug, Default)]
pub(super) struct Echoes {
    /// The findings of one object by their first byte, those that are counted only without a number; made when the first
    /// echo comes, which is after all of them. There may be a million.
    places: Option<Vec<(u32, Option<u32>)>>,
    /// Those that came after that.
    later: BTreeMap<u32, u32>,
}

impl Echoes {
    /// Notes a problem that is told after all: what it would follow from is not. Others may follow from it.
    pub(super) fn add(&mut self, problem: &Problem, at: usize) {
        if self.places.is_some() && problem.rejects() {
            self.later.insert(problem.span.start, number(at));
        }
    }

    /// Takes a problem that follows from a finding, and gives that what the server names for both.
    pub(super) fn take(&mut self, problem: &Problem, findings: &mut [Finding], crowd: &Crowd) -> bool {
        let Some(source) = problem.echo_of else { return false };
        let places = self.places.get_or_insert_with(|| places(findings, crowd));
        let first = places.partition_point(|(start, _)| *start < source.start);
        let early = places.get(first).filter(|(start, _)| *start < source.end);
        let later = self.later.range(source.start..source.end).next().map(|(start, at)| (*start, Some(*at)));
        // Of two at one place, the later one.
        let nearest = later.filter(|(start, _)| early.is_none_or(|(early, _)| start <= early)).or(early.copied());
        let Some((_, at)) = nearest else { return false };
        let is_named = problem.rejects() && !problem.is_unsaid();
        let finding = at.filter(|_| is_named).map(|at| &mut findings[at as usize]);
        if let Some(server) = finding.and_then(|finding| finding.server.as_mut()) {
            server.add(cause(problem));
        }
        true
    }
}

/// Where findings are that the server refuses the object for, in order; of several at one place, the last.
fn places(findings: &[Finding], crowd: &Crowd) -> Vec<(u32, Option<u32>)> {
    let refused = findings.iter().enumerate().filter(|(_, finding)| finding.server.is_some());
    let refused = refused.map(|(at, finding)| (finding.span.start, Some(number(at))));
    let mut places: Vec<_> = crowd.refused().map(|start| (start, None)).chain(refused).collect();
    sort::by_key(&mut places, |(start, _)| *start);
    places.dedup_by(|next, one| {
        let is_same = next.0 == one.0;
        if is_same {
            *one = *next;
        }
        is_same
    });
    places
}

/// The number of a finding.
fn number(at: usize) -> u32 {
    u32::try_from(at).expect("an object of 3 MiB has no four billion findings")
}
