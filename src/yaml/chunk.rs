//! Splitting a file where kubectl's reader splits it: at every line that starts with `---`, wherever it is.

use super::error::span;
use crate::text::Span;

/// A stretch of the file that kubectl decodes as one document.
#[derive(Debug, Clone, Copy)]
pub(super) struct Chunk {
    pub(super) start: usize,
    pub(super) end: usize,
    /// The line that ends it.
    pub(super) separator: Option<Separator>,
}

/// A line that starts with `---`.
#[derive(Debug, Clone, Copy)]
pub(super) struct Separator {
    /// The three dashes.
    pub(super) dashes: Span,
    /// More than a comment behind them; kubectl stops there, and the chunk before is lost with it.
    pub(super) junk: Option<Span>,
}

/// The chunks of a text, from `start` on. A separator right at the start of a chunk belongs to it.
pub(super) struct Chunks<'t> {
    text: &'t str,
    at: usize,
    finder: memchr::memmem::Finder<'static>,
}

pub(super) fn split(text: &str, start: usize) -> Chunks<'_> {
    Chunks { text, at: start, finder: memchr::memmem::Finder::new(b"\n---") }
}

impl Chunks<'_> {
    /// The next line from `from`, the start of one, that starts with `---`.
    fn next_separator(&self, from: usize) -> Option<usize> {
        let bytes = &self.text.as_bytes()[from..];
        if bytes.starts_with(b"---") {
            return Some(from);
        }
        self.finder.find(bytes).map(|at| from + at + 1)
    }
}

impl Iterator for Chunks<'_> {
    type Item = Chunk;

    fn next(&mut self) -> Option<Chunk> {
        let start = self.at;
        if start >= self.text.len() {
            return None;
        }
        let mut from = start;
        while let Some(line) = self.next_separator(from) {
            let (separator, next) = read_separator(self.text, line);
            if line > start || separator.junk.is_some() {
                self.at = next;
                return Some(Chunk { start, end: line, separator: Some(separator) });
            }
            from = next;
        }
        self.at = self.text.len();
        Some(Chunk { start, end: self.text.len(), separator: None })
    }
}

/// The separator on the line at `line`, and where the next line starts.
fn read_separator(text: &str, line: usize) -> (Separator, usize) {
    let end = memchr::memchr(b'\n', &text.as_bytes()[line..]).map_or(text.len(), |at| line + at);
    let behind = &text[line + 3..end];
    let content = behind.trim();
    let junk = (!content.is_empty() && !content.starts_with('#')).then(|| {
        let start = line + 3 + (behind.len() - behind.trim_start().len());
        span(start, start + content.len())
    });
    (Separator { dashes: span(line, line + 3), junk }, (end + 1).min(text.len()))
}
