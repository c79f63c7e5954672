//! `batchlint read --format json`: one line a document.

use std::cell::LazyCell;
use std::io;

use serde::Serialize;

use crate::render::json::{self, Range};
use crate::text::Lines;
use crate::yaml::SyntaxError;

#[derive(Serialize)]
struct Error<'a> {
    file: &'a str,
    document: usize,
    error: &'a str,
    range: Range,
}

/// Writes a line a document; `text` is what the errors' spans count bytes of.
///
/// # Errors
/// When `out` cannot be written to.
pub fn write(
    documents: &[Result<String, SyntaxError>],
    text: &str,
    file: &str,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    let lines = LazyCell::new(|| Lines::new(text));
    for (document, result) in documents.iter().enumerate() {
        match result {
            Ok(value) => {
                // The reader wrote it: it is JSON, as deep as the manifest was.
                let file = json::text(&file);
                let value = json::escaped(value.into());
                writeln!(out, "{{\"file\":{file},\"document\":{document},\"value\":{value}}}")?;
            }
            Err(error) => {
                let range = Range::new(error.span, &lines);
                writeln!(out, "{}", json::text(&Error { file, document, error: &error.message, range }))?;
            }
        }
    }
    Ok(())
}
