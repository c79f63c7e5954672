//! Findings in what was built, moved to what is written.

use super::{Found, location};
use crate::diagnostic::{Finding, Label, Place};
use crate::kustomize::build::{self, Built};
use crate::sort;
use crate::text::{Location, Span};

/// Moves what was found in what a kustomization builds.
pub(super) struct Mover<'m> {
    built: &'m Built,
}

impl<'m> Mover<'m> {
    pub(super) fn of(built: &'m Built) -> Self {
        Self { built }
    }

    /// Of each file, the stretches that came into what was built, in order, without those that meet.
    pub(super) fn covered(&self) -> Vec<Vec<Span>> {
        let mut all = vec![Vec::new(); self.built.sources.len()];
        for part in self.built.parts(Span::new(0, self.built.text.len() as u32)).filter(|part| part.is_verbatim) {
            all[part.source as usize].push(part.span);
        }
        all.iter_mut().for_each(join);
        all
    }

    /// A finding at its place. What would mend what was built mends no file.
    pub(super) fn moved(&self, mut finding: Finding, is_suppressed: bool) -> Option<Found> {
        let (file, span) = self.built.place(finding.span)?;
        let through = self.through(finding.span);
        let parts = self.built.joined_places(finding.span);
        let labels = std::mem::take(&mut finding.labels);
        finding.labels = labels.into_iter().filter_map(|label| self.label(file, label)).collect();
        for (other, there) in parts.iter().filter(|part| **part != (file, span)) {
            finding.labels.extend(self.label_at(file, (*other, *there), "the rest of it is written here"));
        }
        let (fixes, document) = (Vec::new(), None);
        let finding = Finding { span, fixes, document, concerns: None, ..finding };
        Some(Found { file, finding, parts, through, is_suppressed })
    }

    fn through(&self, span: Span) -> Option<Location> {
        let next = self.built.objects.partition_point(|(object, _)| object.start <= span.start);
        let (_, through) = self.built.objects.get(next.checked_sub(1)?)?;
        let (file, span) = (*through)?;
        Some(location(self.built.sources.get(file as usize)?, span))
    }

    fn label(&self, file: u32, label: Label) -> Option<Label> {
        let Place::Here(span) = label.place else { return Some(label) };
        self.label_at(file, self.built.place(span)?, label.message)
    }

    fn label_at(
        &self,
        file: u32,
        (other, span): build::Place,
        message: impl Into<crate::text::Message>,
    ) -> Option<Label> {
        if other == file {
            return Some(Label::new(span, message));
        }
        Some(Label::new(location(self.built.sources.get(other as usize)?, span), message))
    }
}

/// Puts stretches in order, and those together that meet.
pub(super) fn join(spans: &mut Vec<Span>) {
    sort::ascending(spans);
    let mut joined: Vec<Span> = Vec::new();
    for span in spans.drain(..) {
        match joined.last_mut().filter(|last| span.start <= last.end) {
            Some(last) => last.end = last.end.max(span.end),
            None => joined.push(span),
        }
    }
    *spans = joined;
}
