use super::value::{Node, NodeEntry, Value};
use crate::text::Span;

/// Everything that was understood of a file, and everything that was not.
#[derive(Debug)]
pub struct File<'s> {
    /// The text all spans count bytes of.
    pub text: &'s str,
    /// The documents as kubectl counts them: empty, comment-only and null ones are not among them.
    pub documents: Vec<Document<'s>>,
    /// Every comment, in order of place.
    pub comments: Vec<Comment>,
    /// What could not be read, in order of place.
    pub errors: Vec<SyntaxError>,
}

/// A comment: from its `#` to the end of its line, line break excluded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Comment {
    /// Its bytes.
    pub span: Span,
}

/// Text that Kubernetes cannot read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SyntaxError {
    /// The characters at fault.
    pub span: Span,
    /// What is there and what would be right: one lower-case sentence.
    pub message: String,
    /// The document it stands in.
    pub document: Option<usize>,
}

/// A key that its mapping already has. A lax reader keeps the last value; the API server's strict reader refuses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RepeatedKey {
    /// The key as a string.
    pub key: String,
    /// The key's earlier place.
    pub first: Span,
    /// The repetition's key.
    pub again: Span,
    /// Whether one of the two came in by a merge (`<<`).
    pub merged: bool,
}

/// One document: the first YAML document of one of kubectl's chunks.
#[derive(Debug)]
pub struct Document<'s> {
    pub(super) text: &'s str,
    /// Counted from 0 within the file, without the empty ones.
    pub index: usize,
    /// The chunk's bytes.
    pub span: Span,
    /// Whether the document was read to its end.
    pub complete: bool,
    /// Keys that come twice in one mapping, in order of the repetition's place.
    pub repeated: Vec<RepeatedKey>,
    pub(super) nodes: Vec<Node>,
    pub(super) entries: Vec<NodeEntry>,
    pub(super) items: Vec<u32>,
    pub(super) decoded: String,
    pub(super) root: Option<u32>,
}

impl Document<'_> {
    /// The document's value; `None` where nothing of it was understood.
    #[must_use]
    pub fn root(&self) -> Option<Value<'_>> {
        self.root.map(|node| Value { document: self, node })
    }
}
