//! Which suppressions a place lies in, found without looking at all of them.

use std::cmp::Reverse;

use crate::hash::HashMap;
use crate::sort;

use super::Written;

/// The reaches of all suppressions, by the names that they have.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Reaches(HashMap<Box<str>, Vec<Reach>>);

/// The bytes that one name is suppressed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Reach {
    start: u32,
    end: u32,
    /// The nearest one before that reaches as far: those between end before this one does.
    outer: Option<usize>,
    /// The suppression, and its name.
    of: (usize, usize),
}

impl Reaches {
    pub(super) fn of(all: &[Written]) -> Self {
        let mut by_name: HashMap<Box<str>, Vec<Reach>> = HashMap::default();
        for (number, written) in all.iter().enumerate() {
            let Some(covers) = written.covers else { continue };
            for (name, own) in written.names.iter().enumerate() {
                let reach = Reach { start: covers.start, end: covers.end, outer: None, of: (number, name) };
                by_name.entry(own.text.clone()).or_default().push(reach);
            }
        }
        for reaches in by_name.values_mut() {
            sort::by_key(reaches, |reach| (reach.start, Reverse(reach.end)));
            for at in 1..reaches.len() {
                let mut before = Some(at - 1);
                while let Some(other) = before.filter(|other| reaches[*other].end < reaches[at].end) {
                    before = reaches[other].outer;
                }
                reaches[at].outer = before;
            }
        }
        Self(by_name)
    }

    /// The narrowest that has one of these names and a place in it: the number of the suppression, and of its name.
    pub(super) fn narrowest<'n>(&self, names: impl IntoIterator<Item = &'n str>, at: u32) -> Option<(usize, usize)> {
        let found = names.into_iter().filter_map(|name| innermost(self.0.get(name)?, at));
        found.min_by_key(|reach| reach.end - reach.start).map(|reach| reach.of)
    }
}

fn innermost(reaches: &[Reach], at: u32) -> Option<Reach> {
    let mut last = reaches.partition_point(|reach| reach.start <= at).checked_sub(1);
    while let Some(reach) = last.and_then(|last| reaches.get(last)) {
        if reach.end >= at {
            return Some(*reach);
        }
        last = reach.outer;
    }
    None
}
