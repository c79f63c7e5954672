//! A part of a text: the objects that changed.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use super::Report;
use crate::analysis::{Analysis, Outcome, Unchecked};
use crate::hash::HashMap;
use crate::text::Span;
use crate::yaml::File;

/// Objects of a text, by their number. Where it is mended, they keep it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    objects: Vec<bool>,
}

impl Part {
    /// Every object.
    pub const ALL: Self = Self { objects: Vec::new() };

    /// The objects of a text that another one does not have in the same words, wherever. A document of one object is all
    /// its, with its comments; an item of a list has what stands behind the item before it. Where something is no longer
    /// suppressed in several objects, these are all of them.
    #[must_use]
    pub fn changed(before: &Analysis, now: &Analysis) -> Self {
        if !before.suppressions().wide().is_subset(&now.suppressions().wide()) {
            return Self::ALL;
        }
        let (old, new) = (before.outcomes(), now.outcomes());
        let old = Places { file: before.file(), outcomes: &old };
        let new = Places { file: now.file(), outcomes: &new };
        let mut known: HashMap<Cow<'_, str>, usize> = HashMap::default();
        for text in old.texts() {
            *known.entry(text).or_default() += 1;
        }
        // Of two that are alike, one is new where there was one.
        let mut is_known = |text| match known.get_mut(&text) {
            Some(count) => count.checked_sub(1).map(|left| *count = left).is_some(),
            None => false,
        };
        Self { objects: new.texts().map(|text| !is_known(text)).collect() }
    }

    /// The bytes of its objects in a text that was reported on.
    #[must_use]
    pub fn spans(&self, report: &Report) -> Vec<Span> {
        let places = Places::of(report);
        let own = (0..report.documents.len()).filter(|object| self.has(*object));
        own.map(|object| places.extent(object)).collect()
    }

    fn has(&self, object: usize) -> bool {
        // There is one more only where a fix made it.
        self.objects.get(object).copied().unwrap_or(true)
    }

    fn has_some(&self, objects: Range<usize>) -> bool {
        objects.into_iter().any(|object| self.has(object))
    }
}

impl Report {
    /// Leaves out what was found outside a part, and says of its other objects that they did not change. What is beside
    /// all objects of a document belongs to each of them.
    pub fn keep(&mut self, part: &Part) {
        let (file, mut documents) = (Arc::clone(&self.file), std::mem::take(&mut self.documents));
        let places = Places { file: &file, outcomes: &documents };
        let holds = |span: Span| part.has_some(places.objects_at(span));
        self.findings.retain(|finding| holds(finding.span));
        self.suppressed.retain(|finding| holds(finding.span));
        self.habits.retain(|habit| holds(habit.span));
        for (object, outcome) in documents.iter_mut().enumerate() {
            if outcome.not_checked.is_none() && !part.has(object) {
                outcome.not_checked = Some(Unchecked::Unchanged);
            }
        }
        self.documents = documents;
    }
}

/// Where the objects of a text are.
struct Places<'r> {
    file: &'r File,
    outcomes: &'r [Outcome],
}

impl<'r> Places<'r> {
    fn of(report: &'r Report) -> Self {
        Self { file: &report.file, outcomes: &report.documents }
    }

    /// The text of each object, whatever ends its lines and however many blank ones are around it.
    fn texts(&self) -> impl Iterator<Item = Cow<'r, str>> {
        (0..self.outcomes.len()).map(|object| {
            let text = self.file.text[self.extent(object).range()].trim();
            if text.contains('\r') { text.replace("\r\n", "\n").into() } else { text.into() }
        })
    }

    /// All that belongs to an object.
    fn extent(&self, object: usize) -> Span {
        let span = self.outcomes[object].span;
        let document = self.outcomes[object].document;
        let objects = self.objects_of(document);
        if let Some(document) = self.file.documents.get(document).filter(|_| objects.len() == 1) {
            return document.span;
        }
        let before = object.checked_sub(1).filter(|before| objects.contains(before));
        let end = before.map_or(span.start, |before| self.outcomes[before].span.end);
        Span::new(end.min(span.start), span.end)
    }

    fn objects_of(&self, document: usize) -> Range<usize> {
        let before = |bound: usize| self.outcomes.partition_point(|outcome| outcome.document < bound);
        before(document)..before(document + 1)
    }

    /// The object at a place, or all those around which it is.
    fn objects_at(&self, span: Span) -> Range<usize> {
        let behind = self.file.documents.partition_point(|document| document.span.start <= span.start);
        let Some(document) = behind.checked_sub(1) else { return 0..self.outcomes.len() };
        let objects = self.objects_of(document);
        let own = objects.start + self.outcomes[objects.clone()].partition_point(|one| one.span.start <= span.start);
        match own.checked_sub(1).filter(|own| objects.contains(own) && self.outcomes[*own].span.contains(span)) {
            Some(own) => own..own + 1,
            None => objects,
        }
    }
}
