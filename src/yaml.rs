//! Text to documents, as Kubernetes reads YAML. Never fails: what was not understood stands beside what was.

mod chunk;
mod compose;
mod document;
mod resolve;
mod value;

pub use document::{Comment, Document, File, RepeatedKey, SyntaxError};
pub use value::{Entry, Kind, Number, Style, Value};

use chunk::Chunk;

/// Reads a whole file: splits it as kubectl does and reads the first YAML document of every chunk.
///
/// Empty, comment-only and null chunks are skipped, as kubectl skips them; a chunk with a syntax error is
/// kept with whatever was understood of it.
#[must_use]
pub fn parse(text: &str) -> File<'_> {
    let mut file = File { text, documents: Vec::new(), comments: Vec::new(), errors: Vec::new() };
    let (chunks, error) = chunk::split(text);
    for chunk in chunks {
        read_chunk(&mut file, chunk);
    }
    file.errors.extend(error);
    file
}

fn read_chunk(file: &mut File<'_>, chunk: Chunk) {
    let composed = compose::compose(file.text, chunk.span);
    file.comments.extend(composed.comments);
    let index = file.documents.len();
    let mut document = composed.document;
    document.index = index;
    let failed = composed.error.is_some();
    if let Some(mut error) = composed.error {
        error.document = Some(index);
        document.complete = false;
        file.errors.push(error);
    }
    if failed || document.root().is_some_and(|root| !matches!(root.kind(), Kind::Null)) {
        file.documents.push(document);
    }
}
