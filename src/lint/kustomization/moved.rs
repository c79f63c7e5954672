//! Findings in what was built, moved to what is written.

use super::{Found, location};
use crate::diagnostic::{Finding, Label, Place};
use crate::kustomize::build::{self, Built};
use crate::sort;
use crate::text::{Location, Origin, Span};

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
        for part in self.parts(Span::new(0, self.built.text.len() as u32)).filter(|part| part.is_verbatim) {
            all[part.source as usize].push(part.span);
        }
        all.iter_mut().for_each(join);
        all
    }

    fn parts(&self, span: Span) -> impl Iterator<Item = Origin> + '_ {
        self.built.origins.parts(span)
    }

    /// A finding at its place. What would mend what was built mends no file.
    pub(super) fn moved(&self, mut finding: Finding, is_suppressed: bool) -> Option<Found> {
        let (file, span) = self.place(finding.span)?;
        let through = self.through(finding.span);
        let parts = self.joined(finding.span);
        let labels = std::mem::take(&mut finding.labels);
        finding.labels = labels.into_iter().filter_map(|label| self.label(file, label)).collect();
        for (other, there) in parts.iter().filter(|part| **part != (file, span)) {
            finding.labels.extend(self.label_at(file, (*other, *there), "the rest of it is written here"));
        }
        let (fixes, document) = (Vec::new(), None);
        let finding = Finding { span, fixes, document, concerns: None, ..finding };
        Some(Found { file, finding, parts, through, is_suppressed })
    }

    /// Where a stretch of what was built is to be edited: where several places made a string, at what was put to it last.
    fn place(&self, span: Span) -> Option<build::Place> {
        if let Some((_, (file, principal))) = self.string(span) {
            let parts = self.joined(span);
            let is_in = |part: &&build::Place| part.0 == *file && principal.contains(part.1);
            return Some(match parts.iter().find(is_in) {
                Some(part) => *part,
                None if parts.len() == 1 => parts[0],
                None => (*file, *principal),
            });
        }
        let bytes = if span.is_empty() { Span::new(span.start, span.start + 1) } else { span };
        let parts: Vec<Origin> = self.parts(bytes).collect();
        let first = parts.iter().find(|part| part.is_verbatim).or(parts.first())?;
        if span.is_empty() {
            return Some((first.source, Span::empty(first.span.start)));
        }
        let own = parts.iter().filter(|part| part.source == first.source && part.is_verbatim);
        let ends = own.fold(
            first.span,
            |whole, part| {
                if part.span.start >= whole.start { whole.cover(part.span) } else { whole }
            },
        );
        Some((first.source, ends))
    }

    /// The string around a stretch, if it was put together.
    fn string(&self, span: Span) -> Option<&(Span, build::Place)> {
        let next = self.built.joined.partition_point(|(joined, _)| joined.start <= span.start);
        self.built.joined.get(next.checked_sub(1)?).filter(|(joined, _)| joined.contains(span))
    }

    /// The places that the bytes of a string which was put together come from.
    fn joined(&self, span: Span) -> Vec<build::Place> {
        if self.string(span).is_none() {
            return Vec::new();
        }
        let mut places: Vec<build::Place> = Vec::new();
        for part in self.parts(span).filter(|part| !part.span.is_empty() && part.is_verbatim) {
            match places.last_mut().filter(|(file, last)| *file == part.source && last.end == part.span.start) {
                Some((_, last)) => *last = last.cover(part.span),
                None => places.push((part.source, part.span)),
            }
        }
        places
    }

    fn through(&self, span: Span) -> Option<Location> {
        let next = self.built.objects.partition_point(|(object, _)| object.start <= span.start);
        let (_, through) = self.built.objects.get(next.checked_sub(1)?)?;
        let (file, span) = (*through)?;
        Some(location(self.built.sources.get(file as usize)?, span))
    }

    fn label(&self, file: u32, label: Label) -> Option<Label> {
        let Place::Here(span) = label.place else { return Some(label) };
        self.label_at(file, self.place(span)?, label.message)
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
