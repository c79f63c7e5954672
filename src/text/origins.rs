//! A text that was made of others, and where each of its bytes comes from.

use super::{Edit, Span};

/// Where the bytes of a made text come from.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Origins {
    /// In order, without gaps.
    runs: Vec<Run>,
    /// How many bytes there are.
    length: u32,
    /// Whether quotes and backslashes are written otherwise there than they are here.
    is_escaped: bool,
    /// The text that what is added comes from, by a number; there may be only one.
    source: u32,
}

/// A stretch of what a made text comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Origin {
    /// The text, by its number.
    pub source: u32,
    /// The stretch of it.
    pub span: Span,
    /// How many bytes of the made text come from it.
    pub length: u32,
    /// Whether it is copied; otherwise something stands for it.
    pub is_verbatim: bool,
}

/// Bytes with one origin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Run {
    /// The first one.
    at: u32,
    source: u32,
    from: Span,
    /// Whether they are the very same bytes; otherwise all of them stand for all of the origin.
    is_verbatim: bool,
}

impl Origins {
    /// Nothing yet of what is made of a text with quotes and escapes.
    pub(crate) fn escaped() -> Self {
        Self { is_escaped: true, ..Self::default() }
    }

    /// What is added next comes from the text of that number.
    #[cfg(feature = "templates")]
    pub(crate) fn turn_to(&mut self, source: u32) {
        self.source = source;
    }

    /// Adds bytes that are copied from there.
    pub(crate) fn copy(&mut self, from: Span) {
        let (length, source) = (from.len(), self.source);
        match self.runs.last_mut() {
            Some(last) if last.is_verbatim && last.source == source && last.from.end == from.start => {
                last.from.end = from.end;
            }
            _ => self.add(from, true, length),
        }
        self.length += length;
    }

    /// Adds bytes that stand for what is there.
    pub(crate) fn stand_for(&mut self, from: Span, length: u32) {
        if length > 0 {
            self.add(from, false, length);
            self.length += length;
        }
    }

    fn add(&mut self, from: Span, is_verbatim: bool, length: u32) {
        if length > 0 {
            self.runs.push(Run { at: self.length, source: self.source, from, is_verbatim });
        }
    }

    /// The stretches that a stretch of the made text comes from, in order.
    #[cfg(feature = "templates")]
    pub fn parts(&self, span: Span) -> impl Iterator<Item = Origin> + '_ {
        let first = self.runs.partition_point(|run| run.at <= span.start).saturating_sub(1);
        let ends = self.runs[first..].iter().skip(1).map(|next| next.at).chain([self.length]);
        let runs = self.runs[first..].iter().zip(ends).take_while(move |(run, _)| run.at < span.end.max(1));
        runs.filter_map(move |(run, end)| {
            let (start, end) = (run.at.max(span.start), end.min(span.end));
            let within = || Span::new(run.from.start + (start - run.at), run.from.start + (end - run.at));
            let span = if run.is_verbatim && start < end { within() } else { run.from };
            let Run { source, is_verbatim, .. } = *run;
            (start < end).then(|| Origin { source, span, length: end - start, is_verbatim })
        })
    }

    /// Adds bytes that come from where a stretch of another made text does.
    #[cfg(feature = "templates")]
    pub(crate) fn follow(&mut self, other: &Self, span: Span) {
        for part in other.parts(span) {
            self.turn_to(part.source);
            if part.is_verbatim { self.copy(part.span) } else { self.stand_for(part.span, part.length) }
        }
    }

    /// The same, all of it from the text of that number.
    #[cfg(feature = "templates")]
    pub(crate) fn of_source(mut self, source: u32) -> Self {
        self.runs.iter_mut().for_each(|run| run.source = source);
        Self { source, ..self }
    }

    fn run(&self, byte: u32) -> Option<&Run> {
        self.runs.get(self.runs.partition_point(|run| run.at <= byte).checked_sub(1)?)
    }

    /// Where a stretch of the made text comes from; one of no bytes comes from a place of none.
    #[must_use]
    pub fn span(&self, span: Span) -> Span {
        let Some(last) = self.length.checked_sub(1) else { return Span::default() };
        if span.is_empty() {
            let at = if span.start > last { self.end_of(last) } else { self.start_of(span.start) };
            return Span::empty(at);
        }
        let start = self.start_of(span.start.min(last));
        Span::new(start, self.end_of((span.end - 1).min(last)).max(start))
    }

    fn start_of(&self, byte: u32) -> u32 {
        let of = |run: &Run| run.from.start + if run.is_verbatim { byte - run.at } else { 0 };
        self.run(byte).map_or(0, of)
    }

    fn end_of(&self, byte: u32) -> u32 {
        let of = |run: &Run| if run.is_verbatim { run.from.start + (byte - run.at) + 1 } else { run.from.end };
        self.run(byte).map_or(0, of)
    }

    /// The same edit where the text comes from: of bytes that were copied from one stretch, on one line.
    #[must_use]
    pub fn edit(&self, edit: &Edit) -> Option<Edit> {
        let is_odd = |char| matches!(char, '\n' | '\r') || self.is_escaped && matches!(char, '"' | '\'' | '\\');
        let last = self.length.checked_sub(1)?;
        let (first, end) =
            (edit.span.start.min(last), edit.span.end.saturating_sub(1).clamp(edit.span.start.min(last), last));
        let is_copied = |byte: u32| self.run(byte).is_some_and(|run| run.is_verbatim);
        let span = self.span(edit.span);
        let is_one = span.len() == edit.span.len() && is_copied(first) && is_copied(end);
        (is_one && !edit.text.contains(is_odd)).then(|| Edit { span, text: edit.text.clone() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `head: ` for bytes 0 to 4 of the other text, then 10 to 15 and 20 to 25 of it as they are.
    fn made() -> Origins {
        let mut origins = Origins::default();
        origins.stand_for(Span::new(0, 4), 6);
        origins.copy(Span::new(10, 12));
        origins.copy(Span::new(12, 15));
        origins.copy(Span::new(20, 25));
        origins
    }

    #[test]
    fn a_stretch_comes_from_where_its_ends_do() {
        let origins = made();
        for (made, from) in [((6, 9), (10, 13)), ((9, 13), (13, 22)), ((2, 3), (0, 4)), ((0, 16), (0, 25))] {
            assert_eq!(origins.span(Span::new(made.0, made.1)), Span::new(from.0, from.1), "{made:?}");
        }
        assert_eq!([0, 8, 11, 16, 99].map(|at| origins.span(Span::empty(at)).start), [0, 12, 20, 25, 25]);
        assert_eq!(Origins::default().span(Span::new(0, 3)), Span::default());
    }

    #[test]
    fn only_what_was_copied_in_one_piece_is_edited() {
        let origins = made();
        let edited = |start, end, text: &str| origins.edit(&Edit::replace(Span::new(start, end), text));
        assert_eq!(edited(7, 9, "x"), Some(Edit::replace(Span::new(11, 13), "x")));
        assert_eq!(edited(16, 16, "x"), Some(Edit::insert(25, "x")));
        for (start, end, text) in [(0, 2, "x"), (9, 13, "x"), (7, 9, "a\nb"), (4, 8, "x")] {
            assert_eq!(edited(start, end, text), None, "{start} {end}");
        }
        let escaped = Origins { is_escaped: true, ..made() };
        assert_eq!(escaped.edit(&Edit::insert(7, "\"")), None);
        assert_eq!(escaped.edit(&Edit::insert(7, "1")), Some(Edit::insert(11, "1")));
    }
}
