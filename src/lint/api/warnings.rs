//! The server's warnings of one object: the same one is said once.

use super::PLACES;
use crate::diagnostic::{Finding, Label};
use crate::hash::HashMap;
use crate::k8s::Problem;

/// The warnings of one object: the place of the first in the findings, and how often each comes.
#[derive(Debug, Default)]
pub(super) struct Warnings {
    said: HashMap<String, (usize, usize)>,
}

impl Warnings {
    /// Whether it was said before; then its place is pointed at there.
    pub(super) fn is_repeated(&mut self, problem: &Problem, findings: &mut [Finding]) -> bool {
        let Some((at, count)) = self.said.get_mut(&*problem.message) else {
            self.said.insert(problem.message.to_string(), (findings.len(), 1));
            return false;
        };
        *count += 1;
        if *count <= PLACES + 1 {
            findings[*at].labels.push(Label::new(problem.span, "here too"));
        }
        true
    }

    /// Says of each how often it comes, where the places pointed at are not all.
    pub(super) fn count(self, findings: &mut [Finding]) {
        for (at, count) in self.said.into_values().filter(|(_, count)| *count > PLACES + 1) {
            let message = format!("{} ({count} times in this object)", findings[at].message);
            findings[at].message = message.into();
        }
    }
}
