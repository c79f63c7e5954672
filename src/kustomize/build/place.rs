//! Where what was built is written.

use super::{Built, Place};
use crate::text::{Lines, Location, Origin, Span};

impl Built {
    /// The stretches that a stretch of what was built comes from, in order.
    pub(crate) fn parts(&self, span: Span) -> impl Iterator<Item = Origin> + '_ {
        self.origins.parts(span)
    }

    /// Where a stretch of what was built is to be edited: where several places made a string, at what was put to it last.
    #[must_use]
    pub fn place(&self, span: Span) -> Option<Place> {
        if let Some((_, (file, principal))) = self.string(span) {
            let parts = self.joined_places(span);
            let is_in = |part: &&Place| part.0 == *file && principal.contains(part.1);
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

    /// The same, with its file and its line.
    #[must_use]
    pub fn location(&self, span: Span) -> Option<Location> {
        let (file, span) = self.place(span)?;
        let source = self.sources.get(file as usize)?;
        Some(Location::new(source.shared_name(), &Lines::new(source.text()), span))
    }

    /// The places that the bytes of a string which was put together come from.
    pub(crate) fn joined_places(&self, span: Span) -> Vec<Place> {
        if self.string(span).is_none() {
            return Vec::new();
        }
        let mut places: Vec<Place> = Vec::new();
        for part in self.parts(span).filter(|part| !part.span.is_empty() && part.is_verbatim) {
            match places.last_mut().filter(|(file, last)| *file == part.source && last.end == part.span.start) {
                Some((_, last)) => *last = last.cover(part.span),
                None => places.push((part.source, part.span)),
            }
        }
        places
    }

    /// The string around a stretch, if it was put together.
    fn string(&self, span: Span) -> Option<&(Span, Place)> {
        let next = self.joined.partition_point(|(joined, _)| joined.start <= span.start);
        self.joined.get(next.checked_sub(1)?).filter(|(joined, _)| joined.contains(span))
    }
}
