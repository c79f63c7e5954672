//! The sentences for text that cannot be read, and where they point.

use crate::text::{Message, Span};

/// Text that Kubernetes cannot read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SyntaxError {
    /// The characters at fault.
    pub span: Span,
    /// What is there and what would be right: one lower-case sentence.
    pub message: Message,
    /// A second place that explains the first, with its own words.
    pub label: Option<(Span, Message)>,
    /// The document it stands in.
    pub document: Option<usize>,
}

/// Reading goes on or stops at an error.
pub(super) type Read<T> = Result<T, Box<SyntaxError>>;

/// An error at `span`; the document is filled in where it is known.
pub(super) fn problem(span: Span, message: impl Into<Message>) -> Box<SyntaxError> {
    Box::new(SyntaxError { span, message: message.into(), label: None, document: None })
}

/// Adds a second place with its own words.
pub(super) fn labelled(mut error: Box<SyntaxError>, span: Span, words: &'static str) -> Box<SyntaxError> {
    error.label = Some((span, words.into()));
    error
}

/// The bytes from `start` to `end` as a span.
#[expect(clippy::cast_possible_truncation, reason = "texts over 4 GiB are refused before they are scanned")]
pub(super) const fn span(start: usize, end: usize) -> Span {
    Span::new(start as u32, end as u32)
}

/// The character at `at`, as a message names it.
pub(super) fn name_of(bytes: &[u8], at: usize) -> String {
    match character(bytes, at) {
        None => "the end of the document".to_owned(),
        Some('\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}') => "the end of the line".to_owned(),
        Some('\t') => "a tab".to_owned(),
        Some('`') => "a backtick".to_owned(),
        Some(other) => format!("`{other}`"),
    }
}

/// The bytes of the character at `at`; empty at the end.
pub(super) fn character_span(bytes: &[u8], at: usize) -> Span {
    let at = at.min(bytes.len());
    span(at, at + character(bytes, at).map_or(0, char::len_utf8))
}

fn character(bytes: &[u8], at: usize) -> Option<char> {
    let rest = &bytes[at.min(bytes.len())..bytes.len().min(at + 4)];
    let valid = match std::str::from_utf8(rest) {
        Ok(text) => text,
        Err(error) => std::str::from_utf8(&rest[..error.valid_up_to()]).unwrap_or_default(),
    };
    valid.chars().next()
}
