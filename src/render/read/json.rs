//! `batchlint read --format json`: one line a document.

use std::io;

use serde::Serialize;

use crate::render::json::Range;
use crate::text::Lines;
use crate::yaml::SyntaxError;

#[derive(Serialize)]
struct Error<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<&'a str>,
    document: usize,
    error: &'a str,
    range: Range,
}

/// Writes a line a document; `text` is what the errors' spans count bytes of, `file` is named where there are several.
///
/// # Errors
/// When `out` cannot be written to.
pub fn write(
    documents: &[Result<String, SyntaxError>],
    text: &str,
    file: Option<&str>,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    for (document, result) in documents.iter().enumerate() {
        match result {
            Ok(json) => {
                // The reader wrote it: it is JSON, as deep as the manifest was.
                match file {
                    Some(file) => write!(out, "{{\"file\":{},", serde_json::to_string(file)?)?,
                    None => out.write_all(b"{")?,
                }
                writeln!(out, "\"document\":{document},\"value\":{json}}}")?;
            }
            Err(error) => {
                let range = Range::new(error.span, &Lines::new(text));
                serde_json::to_writer(&mut *out, &Error { file, document, error: &error.message, range })?;
                out.write_all(b"\n")?;
            }
        }
    }
    Ok(())
}
