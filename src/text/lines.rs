use super::Span;

/// A place as people count it: line and column from 1, the column in Unicode characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// Line, counted from 1.
    pub line: u32,
    /// Column in Unicode characters, counted from 1.
    pub column: u32,
}

/// Where each line of a text starts. Built only when something is reported.
///
/// A line ends at LF, as in every editor and in kubectl's own reader; CR stays part of its line.
#[derive(Debug)]
pub struct Lines<'s> {
    text: &'s str,
    starts: Vec<u32>,
}

impl<'s> Lines<'s> {
    /// The lines of `text`.
    #[must_use]
    pub fn new(text: &'s str) -> Self {
        let breaks = text.bytes().zip(1u32..).filter(|(byte, _)| *byte == b'\n').map(|(_, next)| next);
        Self { text, starts: std::iter::once(0).chain(breaks).collect() }
    }

    /// The line (counted from 0) that holds the byte at `offset`.
    #[must_use]
    pub fn line_of(&self, offset: u32) -> usize {
        self.starts.partition_point(|start| *start <= offset).saturating_sub(1)
    }

    /// How many lines there are; a final line break opens one more, empty line.
    #[must_use]
    pub fn count(&self) -> usize {
        self.starts.len()
    }

    /// The bytes of a line (counted from 0) without its line break.
    #[must_use]
    pub fn span(&self, line: usize) -> Span {
        let start = self.starts.get(line).copied().unwrap_or(self.end());
        let next = self.starts.get(line + 1).copied().unwrap_or(self.end());
        let content = &self.text[start as usize..next as usize];
        let content = content.strip_suffix('\n').unwrap_or(content);
        let content = content.strip_suffix('\r').unwrap_or(content);
        Span::new(start, start + u32::try_from(content.len()).unwrap_or(u32::MAX))
    }

    /// Line and column, counted from 1, of the byte at `offset`.
    #[must_use]
    pub fn position(&self, offset: u32) -> Position {
        let line = self.line_of(offset);
        let column = self.before(line, offset).chars().count();
        Position { line: clamp(line + 1), column: clamp(column + 1) }
    }

    /// Line and character, both counted from 0, the character in UTF-16 code units, as LSP counts.
    #[must_use]
    pub fn utf16(&self, offset: u32) -> (u32, u32) {
        let line = self.line_of(offset);
        let units = self.before(line, offset).chars().map(char::len_utf16).sum::<usize>();
        (clamp(line), clamp(units))
    }

    /// The byte at a line and a character in UTF-16 code units, both counted from 0 (LSP's place);
    /// a character past the line's end means its end.
    #[must_use]
    pub fn offset_of_utf16(&self, line: u32, character: u32) -> u32 {
        let span = self.span(line as usize);
        let mut units = 0;
        for (at, char) in self.text[span.range()].char_indices() {
            if units >= character {
                return span.start + clamp(at);
            }
            units += clamp(char.len_utf16());
        }
        span.end
    }

    fn before(&self, line: usize, offset: u32) -> &'s str {
        let start = self.starts[line] as usize;
        let mut end = (offset as usize).min(self.text.len()).max(start);
        while !self.text.is_char_boundary(end) {
            end -= 1;
        }
        &self.text[start..end]
    }

    fn end(&self) -> u32 {
        clamp(self.text.len())
    }
}

fn clamp(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_and_utf16_counts_code_units() {
        let text = "a: b\nkey: \"é😀x\"\r\n\n";
        let lines = Lines::new(text);
        let x = u32::try_from(text.find('x').expect("there is one")).expect("short");
        assert_eq!(lines.position(x), Position { line: 2, column: 9 });
        assert_eq!(lines.utf16(x), (1, 9));
        assert_eq!(lines.offset_of_utf16(1, 9), x);
        assert_eq!(&text[lines.span(1).range()], "key: \"é😀x\"");
        assert_eq!(lines.count(), 4);
    }
}
