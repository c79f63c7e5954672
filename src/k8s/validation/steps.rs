//! Paths as a tree of their steps, for what holds what among many of them: numbers stand for where a path leads.

use crate::hash::HashMap;

/// Where every path starts.
pub(super) const START: usize = 0;

/// The ways that are known.
#[derive(Debug, Default)]
pub(super) struct Steps<'s>(HashMap<(usize, &'s str), usize>);

impl<'s> Steps<'s> {
    /// Where a step leads from there; it is known from now on.
    pub(super) fn enter(&mut self, from: usize, step: &'s str) -> usize {
        let next = self.0.len() + 1;
        *self.0.entry((from, step)).or_insert(next)
    }

    /// Where a step leads from there, if that is known.
    pub(super) fn get(&self, from: usize, step: &str) -> Option<usize> {
        self.0.get(&(from, step)).copied()
    }
}
