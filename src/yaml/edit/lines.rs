//! Lines of a text, by the bytes in them.

use crate::text::Span;

/// Where the line at `at` starts.
pub(super) fn line_start(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |line_break| line_break + 1)
}

/// The end of the line at `at`, before its line break.
pub(super) fn line_end(text: &str, at: usize) -> usize {
    let end = text[at..].find('\n').map_or(text.len(), |line_break| at + line_break);
    if text[at..end].ends_with('\r') { end - 1 } else { end }
}

pub(super) fn column(text: &str, at: usize) -> usize {
    text[line_start(text, at)..at].chars().count()
}

/// How the line at `at` ends.
pub(super) fn line_break(text: &str, at: usize) -> &'static str {
    if text[line_end(text, at)..].starts_with("\r\n") { "\r\n" } else { "\n" }
}

/// A span of the document's bytes.
pub(super) fn bytes(start: usize, end: usize) -> Option<Span> {
    Some(Span::new(u32::try_from(start).ok()?, u32::try_from(end).ok()?))
}
