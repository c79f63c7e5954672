//! The texts that are open in the editor, and places in them as the editor counts.

use std::sync::Arc;

use lsp_types::{Position, Range, TextDocumentContentChangeEvent as Change, TextEdit};

use super::client::Encoding;
use crate::text::{Edit, Lines, Source, Span};
use crate::yaml;

/// A text as it is in the editor now, saved or not.
#[derive(Debug)]
pub(super) struct Document {
    pub(super) uri: Arc<str>,
    pub(super) version: i32,
    pub(super) source: Source,
}

impl Document {
    /// Takes in what was typed.
    pub(super) fn change(&mut self, version: i32, changes: Vec<Change>, encoding: Encoding) {
        let mut text = self.source.text().to_owned();
        for change in changes {
            match change {
                Change::TextDocumentContentChangeWholeDocument(whole) => text = whole.text,
                Change::TextDocumentContentChangePartial(part) => {
                    let span = Places::new(&text, encoding).span(part.range);
                    text.replace_range(span.range(), &part.text);
                }
            }
        }
        self.version = version;
        self.source = self.source.with_text(text);
    }
}

/// Whether a text is read as itself where it stands without quotes, and not as a number or a word of YAML.
pub(super) fn is_plain(text: &str) -> bool {
    yaml::parse(text).documents.first().and_then(|document| document.root()?.as_str()) == Some(text)
}

/// Places of a text as an editor counts them: from 0, and a line ends at CR, too.
pub(super) struct Places<'t> {
    lines: Lines<'t>,
    encoding: Encoding,
}

impl<'t> Places<'t> {
    pub(super) fn new(text: &'t str, encoding: Encoding) -> Self {
        Self { lines: Lines::of_editor(text), encoding }
    }

    pub(super) fn position(&self, byte: u32) -> Position {
        let point = self.lines.point(byte);
        let character = match self.encoding {
            Encoding::Utf8 => byte - self.lines.span(point.line as usize - 1).start.min(byte),
            Encoding::Utf16 => point.utf16,
            Encoding::Utf32 => point.column - 1,
        };
        Position { line: point.line - 1, character }
    }

    pub(super) fn range(&self, span: Span) -> Range {
        Range { start: self.position(span.start), end: self.position(span.end) }
    }

    pub(super) fn edit(&self, edit: &Edit) -> TextEdit {
        TextEdit { range: self.range(edit.span), new_text: edit.text.clone() }
    }

    /// The byte at a position; one beyond the end of its line means that end, and one within a character its start.
    pub(super) fn byte(&self, position: Position) -> u32 {
        let (line, column) = (position.line as usize, position.character as usize);
        if line >= self.lines.count() {
            return self.lines.text().len() as u32;
        }
        let span = self.lines.span(line);
        let mut columns = 0;
        for (at, char) in self.lines.text()[span.range()].char_indices() {
            columns += self.encoding.width(char);
            if columns > column {
                return span.start + at as u32;
            }
        }
        span.end
    }

    pub(super) fn span(&self, range: Range) -> Span {
        let start = self.byte(range.start);
        Span::new(start, self.byte(range.end).max(start))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_the_editors_in_every_encoding() {
        let text = "a: é😀x\r\nb\rc: 1\n";
        for (encoding, columns) in
            [(Encoding::Utf8, [3, 5, 9]), (Encoding::Utf16, [3, 4, 6]), (Encoding::Utf32, [3, 4, 5])]
        {
            let places = Places::new(text, encoding);
            for (byte, character) in [3, 5, 9].into_iter().zip(columns) {
                assert_eq!(places.position(byte), Position { line: 0, character });
                assert_eq!(places.byte(Position { line: 0, character }), byte);
            }
            // A lone CR ends a line; what is beyond an end is that end.
            assert_eq!(places.position(14), Position { line: 2, character: 0 });
            assert_eq!(places.byte(Position { line: 1, character: 9 }), 13);
            assert_eq!(places.byte(Position { line: 9, character: 9 }), text.len() as u32);
        }
    }

    #[test]
    fn a_text_that_is_something_else_to_yaml_is_not_plain() {
        assert!(["report", "Europe/Berlin", "None", "30 2 * * *"].into_iter().all(is_plain));
        assert!(!["True", "123", "1e3", "null", "*/5 * * * *", "", "a: b"].into_iter().any(is_plain));
    }

    #[test]
    fn a_position_within_a_character_is_its_start() {
        for (encoding, character) in [(Encoding::Utf8, 1), (Encoding::Utf8, 3), (Encoding::Utf16, 1)] {
            assert_eq!(Places::new("😀", encoding).byte(Position { line: 0, character }), 0);
        }
    }
}
