//! Lines of a text, by the bytes in them.

use crate::text::Span;

/// Where the line at `at` starts.
pub(super) fn line_start(text: &str, at: usize) -> usize {
    memchr::memrchr(b'\n', &text.as_bytes()[..at]).map_or(0, |line_break| line_break + 1)
}

/// The end of the line at `at`, before its line break.
pub(super) fn line_end(text: &str, at: usize) -> usize {
    let end = memchr::memchr(b'\n', &text.as_bytes()[at..]).map_or(text.len(), |line_break| at + line_break);
    if text[at..end].ends_with('\r') { end - 1 } else { end }
}

/// The end of the last line before `start`, where a line starts, on which something stands.
pub(super) fn written_end_before(text: &str, start: usize) -> usize {
    let mut before = &text[..start];
    while let Some(line) = before.strip_suffix('\n') {
        before = line.strip_suffix('\r').unwrap_or(line);
        let own = line_start(before, before.len());
        if !before[own..].trim().is_empty() {
            break;
        }
        before = &before[..own];
    }
    before.len()
}

/// The end of the line at `at`, if nothing but a comment stands there.
pub(super) fn alone_until(text: &str, at: usize) -> Option<usize> {
    let end = line_end(text, at);
    let rest = text[at..end].trim_start();
    (rest.is_empty() || rest.starts_with('#')).then_some(end)
}

pub(super) fn column(text: &str, at: usize) -> usize {
    text[line_start(text, at)..at].chars().count()
}

/// How the line at `at` ends, or would, where it is the last one.
pub(super) fn line_break(text: &str, at: usize) -> &'static str {
    match &text[line_end(text, at)..] {
        "" => line_break_before(text, at),
        rest if rest.starts_with("\r\n") => "\r\n",
        _ => "\n",
    }
}

/// How the line before the one at `at` ends.
pub(super) fn line_break_before(text: &str, at: usize) -> &'static str {
    if text[..line_start(text, at)].ends_with("\r\n") { "\r\n" } else { "\n" }
}

/// A span of the document's bytes.
pub(super) fn bytes(start: usize, end: usize) -> Option<Span> {
    Some(Span::new(u32::try_from(start).ok()?, u32::try_from(end).ok()?))
}
