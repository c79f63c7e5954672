//! Which object a suppression is for.

use std::sync::Arc;

use crate::analysis::identity;
use crate::diagnostic::Object;
use crate::k8s::Manifest;
use crate::text::Span;

/// The objects of a file; of the one that was asked for last, what it is known by.
pub(super) struct Objects<'m> {
    /// In order of place.
    all: &'m [Manifest<'m>],
    last: Option<(usize, Arc<Object>)>,
}

impl<'m> Objects<'m> {
    pub(super) const fn new(all: &'m [Manifest<'m>]) -> Self {
        Self { all, last: None }
    }

    /// The one that is a whole document, or the only one of it that has some of these bytes.
    pub(super) fn of(&mut self, document: usize, covers: Option<Span>) -> Option<Arc<Object>> {
        let from = self.all.partition_point(|manifest| manifest.document.index < document);
        let own = self.all[from..].iter().take_while(|manifest| manifest.document.index == document);
        let is_all = |manifest: &Manifest<'_>| {
            manifest.document.root().is_some_and(|root| root.to_id() == manifest.root.to_id())
        };
        let number = match own.clone().next() {
            Some(first) if is_all(first) => from,
            _ => {
                let covers = covers?;
                let behind = self.all.partition_point(|manifest| starts(manifest) < (document, covers.end));
                let has_some = |number: &usize| *number >= from && self.all[*number].root.span().end > covers.start;
                let last = behind.checked_sub(1).filter(has_some)?;
                if last.checked_sub(1).is_some_and(|before| has_some(&before)) {
                    return None;
                }
                last
            }
        };
        Some(self.known(number))
    }

    fn known(&mut self, number: usize) -> Arc<Object> {
        match &self.last {
            Some((last, object)) if *last == number => Arc::clone(object),
            _ => Arc::clone(&self.last.insert((number, Arc::new(identity(self.all[number])))).1),
        }
    }
}

fn starts(manifest: &Manifest<'_>) -> (usize, u32) {
    (manifest.document.index, manifest.root.span().start)
}
