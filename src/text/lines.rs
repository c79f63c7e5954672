//! Bytes to lines and columns, and back.

use super::Span;

/// A place as people count it: line and column from 1, the column in Unicode characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// Line, counted from 1.
    pub line: u32,
    /// Column in Unicode characters, counted from 1.
    pub column: u32,
}

/// A place as everybody counts it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
pub struct Point {
    /// Byte of the UTF-8 text, counted from 0.
    pub byte: u32,
    /// Line, counted from 1.
    pub line: u32,
    /// Column in Unicode characters, counted from 1.
    pub column: u32,
    /// Column in UTF-16 code units, counted from 0, as LSP counts.
    pub utf16: u32,
}

/// Where each line of a text starts. Built only when something is reported.
///
/// A line ends at LF, as in every editor and in kubectl's own reader; CR stays part of its line.
#[derive(Debug)]
pub struct Lines<'s> {
    text: &'s str,
    starts: Vec<u32>,
    /// Characters and UTF-16 code units before each block of `BLOCK` bytes, so that a place far inside a very long
    /// line is not counted from the line's start; empty where every byte is a character.
    blocks: Vec<Counts>,
}

const BLOCK: usize = 512;

#[derive(Debug, Clone, Copy, Default)]
struct Counts {
    chars: usize,
    units: usize,
}

impl<'s> Lines<'s> {
    /// The lines of `text`.
    #[must_use]
    pub fn new(text: &'s str) -> Self {
        Self::with_ends(text, memchr::memchr_iter(b'\n', text.as_bytes()))
    }

    /// The lines of `text` as editors count them, where a lone CR ends one, too.
    #[must_use]
    pub fn of_editor(text: &'s str) -> Self {
        let bytes = text.as_bytes();
        let ends = memchr::memchr2_iter(b'\n', b'\r', bytes);
        let is_end = |at: &usize| bytes[*at] == b'\n' || bytes.get(at + 1) != Some(&b'\n');
        Self::with_ends(text, ends.filter(is_end))
    }

    fn with_ends(text: &'s str, ends: impl Iterator<Item = usize>) -> Self {
        let starts = std::iter::once(0).chain(ends.map(|at| at as u32 + 1)).collect();
        let blocks = if text.is_ascii() { Vec::new() } else { blocks(text.as_bytes()) };
        Self { text, starts, blocks }
    }

    /// The text.
    #[must_use]
    pub const fn text(&self) -> &'s str {
        self.text
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
        let column = self.between(line, offset).chars;
        Position { line: clamp(line + 1), column: clamp(column + 1) }
    }

    /// The byte at `offset` with its line and its columns.
    #[must_use]
    pub fn point(&self, offset: u32) -> Point {
        let line = self.line_of(offset);
        let before = self.between(line, offset);
        Point { byte: offset, line: clamp(line + 1), column: clamp(before.chars + 1), utf16: clamp(before.units) }
    }

    /// Line and character, both counted from 0, the character in UTF-16 code units, as LSP counts.
    #[must_use]
    pub fn utf16(&self, offset: u32) -> (u32, u32) {
        let line = self.line_of(offset);
        (clamp(line), clamp(self.between(line, offset).units))
    }

    /// What stands between the line's start and the character that holds the byte at `offset`.
    fn between(&self, line: usize, offset: u32) -> Counts {
        let start = self.starts[line] as usize;
        let mut end = (offset as usize).min(self.text.len()).max(start);
        while !self.text.is_char_boundary(end) {
            end -= 1;
        }
        let (before, all) = (self.before(start), self.before(end));
        Counts { chars: all.chars - before.chars, units: all.units - before.units }
    }

    fn before(&self, end: usize) -> Counts {
        let Some(block) = self.blocks.get(end / BLOCK) else { return Counts { chars: end, units: end } };
        block.and(&self.text.as_bytes()[end / BLOCK * BLOCK..end])
    }

    fn end(&self) -> u32 {
        clamp(self.text.len())
    }
}

/// The counts before each block, and before what follows the last.
fn blocks(text: &[u8]) -> Vec<Counts> {
    let after = text.chunks(BLOCK).scan(Counts::default(), |counts, block| {
        *counts = counts.and(block);
        Some(*counts)
    });
    std::iter::once(Counts::default()).chain(after).collect()
}

impl Counts {
    /// With these bytes of UTF-8 more: each character has one byte that does not continue another, and those above
    /// U+FFFF, which start with 0xf0 or more, are two code units.
    fn and(self, bytes: &[u8]) -> Self {
        let chars = bytes.iter().filter(|byte| **byte & 0xc0 != 0x80).count();
        let wide = bytes.iter().filter(|byte| **byte >= 0xf0).count();
        Self { chars: self.chars + chars, units: self.units + chars + wide }
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
        assert_eq!(&text[lines.span(1).range()], "key: \"é😀x\"");
        assert_eq!(lines.count(), 4);
    }
    #[test]
    fn places_in_a_long_line_are_counted_like_those_in_a_short_one() {
        let text = format!("a\n{}", "xé日😀".repeat(1000));
        let lines = Lines::new(&text);
        let (mut column, mut units) = (1, 0);
        for (at, char) in text.char_indices().skip(2) {
            let at = u32::try_from(at).expect("short");
            assert_eq!((lines.position(at).column, lines.utf16(at)), (column, (1, units)));
            column += 1;
            units += clamp(char.len_utf16());
        }
        let end = u32::try_from(text.len()).expect("short");
        assert_eq!((lines.position(end).column, lines.utf16(end)), (column, (1, units)));
        assert_eq!(lines.position(u32::MAX), lines.position(end));
    }
}
