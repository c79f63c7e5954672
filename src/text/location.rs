//! Places that are known without their text.

use std::ops::Range;
use std::sync::Arc;

use super::{Lines, Point, Span};

/// Bytes of a line that are kept at the most.
const MOST: u32 = 256;
/// Bytes that are kept before the place itself, where its line is longer than that.
const BEFORE: u32 = 96;

/// A place in a file whose text need not be at hand any more: its file, where it starts and ends as everybody counts,
/// and the line that it starts on.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Location {
    /// The file's name, as its [`Source`](super::Source) has it.
    pub file: Arc<str>,
    /// Where it starts.
    pub start: Point,
    /// Where it ends.
    pub end: Point,
    /// What is kept of the line that it starts on, and where that starts.
    line: Box<str>,
    kept: Point,
    is_cut: bool,
}

impl Location {
    /// The place of `span` in a file.
    #[must_use]
    pub fn new(file: impl Into<Arc<str>>, lines: &Lines<'_>, span: Span) -> Self {
        let whole = lines.span(lines.line_of(span.start));
        let text = lines.text();
        let boundary = |offset: u32| {
            let mut offset = offset.clamp(whole.start, whole.end);
            while !text.is_char_boundary(offset as usize) {
                offset -= 1;
            }
            offset
        };
        let is_long = whole.len() > MOST;
        let from = boundary(if is_long { span.start.saturating_sub(BEFORE) } else { whole.start });
        let to = boundary(from.saturating_add(MOST));
        Self {
            file: file.into(),
            start: lines.point(span.start),
            end: lines.point(span.end),
            line: text[Span::new(from, to).range()].into(),
            kept: lines.point(from),
            is_cut: to < whole.end,
        }
    }

    /// The same place of a text that starts with a line further down in its file.
    #[must_use]
    pub(super) fn below(mut self, start: Point) -> Self {
        for point in [&mut self.start, &mut self.end, &mut self.kept] {
            point.byte += start.byte;
            point.line += start.line - 1;
        }
        self
    }

    /// Its bytes.
    #[must_use]
    pub const fn span(&self) -> Span {
        Span::new(self.start.byte, self.end.byte)
    }

    /// The only place within it where these words stand, where it lies on one line.
    #[must_use]
    pub fn of(&self, words: &str) -> Option<Self> {
        let all = self.words()?;
        let at = all.find(words).filter(|at| all.rfind(words) == Some(*at))?;
        self.part(at..at + words.len())
    }

    /// A part of it, in bytes from its start, where it lies on one line.
    #[must_use]
    pub fn part(&self, part: Range<usize>) -> Option<Self> {
        self.words()?.get(part.clone())?;
        let [start, end] = [part.start, part.end].map(|byte| u32::try_from(byte).ok());
        let [start, end] = [self.start.byte + start?, self.start.byte + end?];
        Some(Self { start: self.point(start), end: self.point(end), ..self.clone() })
    }

    /// What stands there, where it lies on one line that is known.
    #[must_use]
    pub fn words(&self) -> Option<&str> {
        let is_known =
            self.start.line == self.end.line && self.end.byte as usize <= self.kept.byte as usize + self.line.len();
        is_known.then(|| &self.line[self.within(self.span())])
    }

    /// The line that it starts on, or what is kept of a long one.
    #[must_use]
    pub fn line(&self) -> &str {
        &self.line
    }

    /// Whether the line goes on before what is kept of it, and whether behind.
    #[must_use]
    pub const fn is_cut(&self) -> (bool, bool) {
        (self.kept.column > 1, self.is_cut)
    }

    /// The bytes of [`Location::line`] that a span of the file covers.
    #[must_use]
    pub fn within(&self, span: Span) -> Range<usize> {
        let within = |byte: u32| {
            let mut at = (byte.saturating_sub(self.kept.byte) as usize).min(self.line.len());
            while !self.line.is_char_boundary(at) {
                at -= 1;
            }
            at
        };
        let start = within(span.start);
        start..within(span.end).max(start)
    }

    /// Whether the lines and columns of a span of the same file are known: those of the place itself, and of what
    /// stands on the line that is kept.
    #[must_use]
    pub fn knows(&self, span: Span) -> bool {
        let end = self.kept.byte as usize + self.line.len();
        span == self.span() || self.kept.byte <= span.start && span.end as usize <= end
    }

    /// Line and columns of a byte of the same file; the nearest known place where they are not known.
    #[must_use]
    pub fn point(&self, byte: u32) -> Point {
        if byte == self.end.byte {
            return self.end;
        }
        let before = &self.line[..self.within(Span::empty(byte)).start];
        let count = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        Point {
            byte: self.kept.byte + count(before.len()),
            line: self.kept.line,
            column: self.kept.column + count(before.chars().count()),
            utf16: self.kept.utf16 + count(before.encode_utf16().count()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(text: &str, words: &str) -> (Span, Location) {
        let start = u32::try_from(text.find(words).expect("the words are there")).expect("short");
        let span = Span::new(start, start + u32::try_from(words.len()).expect("short"));
        (span, Location::new("a.yaml", &Lines::new(text), span))
    }

    #[test]
    fn a_place_knows_its_line_without_the_text() {
        let text = "a: 1\nb: é😀 \"0 0\"\r\nc: 2\n";
        let (span, place) = place(text, "0 0");
        assert_eq!((place.span(), place.line(), place.is_cut()), (span, "b: é😀 \"0 0\"", (false, false)));
        assert_eq!((place.start.line, place.start.column, place.start.utf16), (2, 8, 8));
        let lines = Lines::new(text);
        for byte in (5..span.end + 2).filter(|byte| text.is_char_boundary(*byte as usize)) {
            assert!(place.knows(Span::empty(byte)));
            assert_eq!(place.point(byte), lines.point(byte));
        }
        assert_eq!(&place.line()[place.within(span)], "0 0");
        assert!(!place.knows(Span::new(0, 3)) && !place.knows(Span::new(span.start, span.end + 6)));
    }

    #[test]
    fn of_a_long_line_the_part_around_the_place_is_kept() {
        let text = format!("x: {}needle{}\n", "日".repeat(2000), "z".repeat(2000));
        let (span, place) = place(&text, "needle");
        assert!(place.line().len() <= 512 && place.is_cut() == (true, true), "{}", place.line());
        assert_eq!(&place.line()[place.within(span)], "needle");
        assert_eq!((place.point(span.start), place.point(span.end)), (place.start, place.end));
        assert_eq!(place.start.column, 2004);
    }

    #[test]
    fn a_place_of_many_lines_keeps_the_first() {
        let (span, place) = place("a: |\n  one\n  two\nb: 1\n", "one\n  two\n");
        assert_eq!((place.line(), place.end.line, place.end.column), ("  one", 4, 1));
        assert!(place.knows(span));
        assert_eq!(place.point(span.end), place.end);
    }
}
