//! Errors that only count where the value survives: a later key of the same name may replace it.

use super::Checker;
use crate::yaml::error::problem;
use crate::yaml::tape::{EventKind, LISTED, NOWHERE, after, node_at};

impl Checker<'_> {
    pub(super) fn report_survivors(&mut self) {
        let first = self.first;
        let mut seen = vec![false; self.events.len() - first];
        let mut open = vec![first];
        while let Some(at) = open.pop() {
            let mut node = node_at(self.events, at);
            let event = self.events[node];
            if event.kind == EventKind::Alias {
                if event.link == NOWHERE {
                    continue;
                }
                node = event.link as usize;
            }
            if !std::mem::replace(&mut seen[node - first], true) {
                self.push_children(node, &mut open);
            }
        }
        for (mapping, error) in std::mem::take(&mut self.bad_keys) {
            if seen[mapping as usize - first] {
                self.fail(error);
            }
        }
        for scalar in std::mem::take(&mut self.endless) {
            if seen[scalar as usize - first] && !self.has_enough() {
                let place = self.span(scalar as usize);
                let text = &self.text[place.range()];
                self.fail(problem(place, format!("`{text}` is no number to JSON; quote it to make it a string")));
            }
        }
    }

    /// The values, not the keys, that a collection holds in the end.
    fn push_children(&self, node: usize, open: &mut Vec<usize>) {
        let event = self.events[node];
        match event.kind {
            EventKind::MappingStart if event.is(LISTED) => {
                if let Ok(index) = self.result.listed.binary_search_by_key(&(node as u32), |listed| listed.mapping) {
                    open.extend(self.result.listed[index].entries.iter().map(|(_, value)| *value as usize));
                }
            }
            EventKind::MappingStart | EventKind::SequenceStart => {
                let mut at = node + 1;
                for index in 0..event.end {
                    let child = node_at(self.events, at);
                    at = after(self.events, child);
                    if event.kind == EventKind::SequenceStart || index % 2 == 1 {
                        open.push(child);
                    }
                }
            }
            _ => {}
        }
    }
}
