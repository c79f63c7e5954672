//! Splitting a file where kubectl's reader splits it: at every line that starts with `---`, wherever it is.

use super::SyntaxError;
use crate::text::Span;

/// A stretch of the file that kubectl decodes as one document.
#[derive(Debug, Clone, Copy)]
pub(super) struct Chunk {
    pub(super) span: Span,
}

/// The chunks of a file; an error where a separator carries more than blanks or a comment, after which
/// kubectl reads nothing.
pub(super) fn split(text: &str) -> (Vec<Chunk>, Option<SyntaxError>) {
    let mut chunks = Vec::new();
    let mut start = 0;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let line_start = at;
        at += line.len();
        let Some(rest) = line.strip_prefix("---") else { continue };
        let rest = rest.trim_matches([' ', '\t', '\r', '\n']);
        if !rest.is_empty() && !rest.starts_with('#') {
            chunks.push(chunk(start, line_start));
            let place = line_start + 3..line_start + line.trim_end().len();
            return (chunks, Some(separator_error(place)));
        }
        if line_start > start {
            chunks.push(chunk(start, line_start));
        }
        start = at;
    }
    chunks.push(chunk(start, text.len()));
    (chunks, None)
}

fn separator_error(place: std::ops::Range<usize>) -> SyntaxError {
    SyntaxError {
        span: span(place.start, place.end),
        message: "a line that starts with `---` separates documents and carries nothing else; kubectl stops here"
            .to_owned(),
        document: None,
    }
}

fn chunk(start: usize, end: usize) -> Chunk {
    Chunk { span: span(start, end) }
}

fn span(start: usize, end: usize) -> Span {
    Span::new(u32::try_from(start).unwrap_or(u32::MAX), u32::try_from(end).unwrap_or(u32::MAX))
}
