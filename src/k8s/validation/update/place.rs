//! Where a file speaks of a field.

use crate::k8s::path::steps;
use crate::text::Span;
use crate::yaml::Value;

/// The places of an object.
#[derive(Debug, Clone, Copy)]
pub(super) struct Places<'a> {
    pub(super) root: Value<'a>,
}

impl Places<'_> {
    /// The value of a field; where it has none, the key of what would have it.
    pub(super) fn of(self, field: &str) -> Span {
        let mut at = self.root;
        let mut owner = self.root.first_key().unwrap_or(Span::empty(self.root.span().start));
        for step in steps(field) {
            let entry = at.get(step);
            let index = || step.parse::<usize>().ok();
            match entry {
                Some(entry) => (at, owner) = (entry.value, entry.key_span),
                None => match index().and_then(|index| at.items().nth(index)) {
                    Some(item) => (at, owner) = (item, item.first_key().unwrap_or(item.span())),
                    None => return owner,
                },
            }
        }
        if at.is_mapping() || at.is_sequence() || at.is_null() { owner } else { at.span() }
    }
}
