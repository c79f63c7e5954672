//! Aliases: none may stand inside what it names, and all together may not blow the document up.

use super::Checker;
use crate::yaml::error::problem;
use crate::yaml::tape::{EventKind, NOWHERE, node_at};

/// How many values Go's decoder has read, and how many of them through aliases.
#[derive(Debug, Clone, Copy, Default)]
struct Counts {
    all: u64,
    aliased: u64,
}

impl Counts {
    /// go-yaml's measure of an alias bomb.
    #[expect(clippy::cast_precision_loss, reason = "as go-yaml computes it")]
    fn is_excessive(self) -> bool {
        const LOW: f64 = 400_000.0;
        const HIGH: f64 = 4_000_000.0;
        if self.aliased <= 100 || self.all <= 1_000 {
            return false;
        }
        let all = self.all as f64;
        let allowed = if all <= LOW {
            0.99
        } else if all >= HIGH {
            0.10
        } else {
            0.99 - 0.89 * ((all - LOW) / (HIGH - LOW))
        };
        self.aliased as f64 / all > allowed
    }
}

impl Checker<'_> {
    pub(super) fn check_aliases(&mut self) {
        let merges = self.merge_parts();
        // What has been read before each event.
        let mut before = vec![0_u64; self.events.len() - self.first + 1];
        let mut counts = Counts { all: 1, aliased: 0 };
        let mut reported = false;
        for at in self.first..self.events.len() {
            before[at - self.first] = counts.all;
            let event = self.events[at];
            match event.kind {
                EventKind::End | EventKind::Anchor | EventKind::Tag => {}
                _ if merges.binary_search(&(at as u32)).is_ok() => {}
                EventKind::Alias => {
                    let size = self.alias_size(at, &before);
                    counts.all = counts.all.saturating_add(size.saturating_add(1));
                    counts.aliased = counts.aliased.saturating_add(size);
                    if counts.is_excessive() && !reported {
                        reported = true;
                        self.fail(problem(
                            event.span(),
                            "aliases repeat so much of this document that Kubernetes refuses it",
                        ));
                    }
                }
                _ => counts.all = counts.all.saturating_add(1),
            }
        }
        if reported {
            self.cut_aliases();
        }
    }

    /// How many values an alias stands for. One that stands for what it is part of is cut off and reported.
    fn alias_size(&mut self, at: usize, before: &[u64]) -> u64 {
        let event = self.events[at];
        if event.link == NOWHERE {
            return 0;
        }
        let target = event.link as usize;
        let named = self.events[target];
        if !named.is_collection() {
            return 1;
        }
        let end = named.link as usize;
        if end > at {
            self.events[at].link = NOWHERE;
            self.fail(problem(event.span(), "an alias cannot stand inside the value that it names"));
            return 0;
        }
        before[end - self.first] - before[target - self.first]
    }

    /// After too much aliasing no alias leads anywhere, so that nobody follows them all.
    fn cut_aliases(&mut self) {
        for event in self.events[self.first..].iter_mut().filter(|event| event.kind == EventKind::Alias) {
            event.link = NOWHERE;
        }
    }

    /// The events that a merge reads without counting: its key, and a list of mappings to merge.
    fn merge_parts(&self) -> Vec<u32> {
        let mut parts = Vec::new();
        for (at, event) in self.events.iter().enumerate().skip(self.first) {
            if event.kind != EventKind::End && event.is_scalar() && self.is_merge_key(at) {
                parts.push(at as u32);
                let value = node_at(self.events, at + 1);
                if self.events[value].kind == EventKind::SequenceStart {
                    parts.push(value as u32);
                }
            }
        }
        parts
    }
}
