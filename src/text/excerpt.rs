//! Parts of files that are kept where the files are not at hand.

use std::sync::Arc;

use super::{Lines, Location, Point, Span};

/// Bytes that may stand on the first line before the part.
const MOST_BEFORE: usize = 256;

/// A part of a file, with the start of the line that it begins on: its columns are those of the file, so that it can be read
/// alone, and its places told.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Excerpt {
    file: Arc<str>,
    /// Where its first line starts.
    start: Point,
    /// How many bytes of it stand before the part.
    before: usize,
    text: Box<str>,
}

impl Excerpt {
    /// Some bytes of a file; nothing where more stands before them on their line than an indentation would be.
    #[must_use]
    pub fn of(file: Arc<str>, lines: &Lines<'_>, span: Span) -> Option<Self> {
        let line = lines.span(lines.line_of(span.start));
        let before = &lines.text()[line.start as usize..span.start as usize];
        let is_short = before.len() <= MOST_BEFORE && before.is_ascii();
        let text = &lines.text()[line.start as usize..span.end as usize];
        is_short.then(|| Self { file, start: lines.point(line.start), before: before.len(), text: text.into() })
    }

    /// The part alone, where it stands on its line.
    #[must_use]
    pub fn text(&self) -> String {
        " ".repeat(self.before) + &self.text[self.before..]
    }

    /// How many bytes that is.
    #[must_use]
    pub fn len(&self) -> usize {
        self.text.len()
    }

    /// Whether there is nothing in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// The file.
    #[must_use]
    pub const fn file(&self) -> &Arc<str> {
        &self.file
    }

    /// The first byte of it in its file.
    #[must_use]
    pub const fn start(&self) -> u32 {
        self.start.byte
    }

    /// Its lines, for [`location`](Self::location).
    #[must_use]
    pub fn lines(&self) -> Lines<'_> {
        Lines::new(&self.text)
    }

    /// Where some bytes of it are in its file.
    #[must_use]
    pub fn location(&self, lines: &Lines<'_>, span: Span) -> Location {
        Location::new(Arc::clone(&self.file), lines, span).below(self.start)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_of_a_part_are_those_of_its_file() {
        let text = "kind: List\nitems:\n  - kind: é\n    data: \"words\"\n";
        let lines = Lines::new(text);
        let start = text.find("kind: é").expect("it is there");
        let span = |from: usize, length: usize| Span::new(from as u32, (from + length) as u32);
        let excerpt =
            Excerpt::of("a.yaml".into(), &lines, span(start, text.len() - 1 - start)).expect("little is before");
        assert_eq!(excerpt.text(), "    kind: é\n    data: \"words\"");
        let at = |text: &str| text.find("words").expect("it is there");
        let told = excerpt.location(&excerpt.lines(), span(at(&excerpt.text()), 5));
        assert_eq!(told, Location::new("a.yaml", &lines, span(at(text), 5)));
    }

    #[test]
    fn what_stands_far_in_a_line_is_not_taken_out() {
        let text = format!("{}a", " ".repeat(MOST_BEFORE + 1));
        let end = text.len() as u32;
        assert_eq!(Excerpt::of("a.yaml".into(), &Lines::new(&text), Span::new(end - 1, end)), None);
    }
}
