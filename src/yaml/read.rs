//! What Kubernetes makes of a text, as the JSON that it goes on with.

mod encoding;
mod write;

use std::sync::Arc;

use super::SyntaxError;
use super::document::{Document, File};
use super::error::problem;
use super::reader::{Reader, Rules};
use crate::text::Span;
use encoding::Encoding;

pub use encoding::Text;
pub use write::write_json;
pub(crate) use write::write_json_within;

/// Every document of a text as kubectl reads it, up to the first one that fails, where kubectl stops.
///
/// # Errors
/// The last item, if any: the first thing that kubectl cannot read.
#[must_use]
pub fn kubectl(bytes: &[u8]) -> Vec<Result<String, SyntaxError>> {
    documents(bytes, false)
}

/// As [`kubectl`], but a key that its mapping already has is an error, as it is to the server's strict validation.
#[must_use]
pub fn kubectl_strict(bytes: &[u8]) -> Vec<Result<String, SyntaxError>> {
    documents(bytes, true)
}

fn documents(bytes: &[u8], strict: bool) -> Vec<Result<String, SyntaxError>> {
    let decoded = encoding::decode(bytes);
    if let Some(error) = decoded.refused_by_kubectl(bytes) {
        return vec![Err(error)];
    }
    let file = decoded.as_kubectl();
    let mut results = Vec::new();
    let mut errors = file.errors.iter().peekable();
    for document in &file.documents {
        let before = errors.peek().filter(|error| error.document.is_none() && error.span.start < document.span.start);
        let own = || file.errors.iter().find(|error| error.document == Some(document.index));
        if let Some(error) = before.copied().or_else(own) {
            results.push(Err(error.clone()));
            return results;
        }
        results.push(match repeated_key(document).filter(|_| strict) {
            Some(error) => Err(error),
            None => json(document),
        });
    }
    results.extend(errors.next().map(|error| Err(error.clone())));
    results
}

/// The JSON that the API server makes of a YAML body: of the whole text, its first document.
///
/// # Errors
/// The first thing that the server cannot read; with `strict`, also a key that its mapping already has.
pub fn server(bytes: &[u8], strict: bool) -> Result<String, SyntaxError> {
    let decoded = encoding::decode(bytes);
    let file = decoded.as_server();
    if let Some(error) = file.errors.first() {
        return Err(error.clone());
    }
    let Some(document) = file.documents.first() else { return Ok("null".to_owned()) };
    match repeated_key(document).filter(|_| strict) {
        Some(error) => Err(error),
        None => json(document),
    }
}

/// The first key that comes twice.
fn repeated_key(document: &Document) -> Option<SyntaxError> {
    let repeated = document.repeated.first()?;
    let message = format!("the key `{}` stands in this mapping a second time", repeated.key);
    let mut error = problem(repeated.again, message);
    error.label = Some((repeated.first, "it stands here already".into()));
    error.document = Some(document.index);
    Some(*error)
}

impl Text<'_> {
    /// The documents as kubectl reads them, and what is wrong with them.
    #[must_use]
    pub fn as_kubectl(&self) -> File {
        self.read(if self.encoding == Encoding::Utf8 { Rules::Kubectl } else { Rules::Server })
    }

    /// The document as the API server reads it, and what is wrong with it.
    #[must_use]
    pub fn as_server(&self) -> File {
        self.read(Rules::Server)
    }

    fn read(&self, rules: Rules) -> File {
        let text = Arc::from(&*self.text);
        let mut reader = Reader::new(&text, rules);
        reader.broken = self.broken;
        let mut file = reader.read();
        // Where no text stands before it, nothing was read that could break off.
        if let Some(broken) = self.broken.filter(|_| self.text.is_empty()) {
            file.errors.push(*problem(Span::empty(0), broken));
        }
        file
    }
}

/// A document as JSON, unless its aliases stand for more than anybody has memory for.
fn json(document: &Document) -> Result<String, SyntaxError> {
    let Some(root) = document.root() else { return Ok("null".to_owned()) };
    // A character takes six bytes at the most; the rest is what aliases stand for.
    let most = MOST_JSON.max(document.text().len().saturating_mul(8));
    let mut out = String::new();
    if write_json_within(root, most, &mut out) {
        return Ok(out);
    }
    let message = format!("its aliases stand for more than {} MB, which is not written out", most / 1_000_000);
    Err(*problem(Span::empty(root.span().start), message))
}

/// Whether the aliases of a document stand for so much that it is not written out.
#[must_use]
pub fn is_too_much(document: &Document) -> bool {
    document.has_aliases && json(document).is_err()
}

/// Bytes of JSON that are written out of a document, however small that is.
const MOST_JSON: usize = 64_000_000;

/// As much of the bytes as is text.
#[must_use]
pub fn text(bytes: &[u8]) -> Text<'_> {
    encoding::decode(bytes)
}
