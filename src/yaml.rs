//! Text to documents, as Kubernetes reads YAML. Never fails: what was not understood stands beside what was.
//!
//! Kubernetes reads with go-yaml v2, a dialect of YAML 1.1 with rules of its own. The stages: `chunk` splits as
//! kubectl does, `scan` makes tokens, `parse` puts them on a flat `tape`, `check` finds what
//! values come to, and `value` looks at the tape when it is asked.

mod alike;
mod chars;
mod check;
mod chunk;
mod decode;
mod document;
mod edit;
mod error;
mod here_document;
mod json;
mod long;
mod moved;
mod parse;
mod parts;
pub mod read;
mod reader;
mod resolve;
mod scan;
mod tape;
mod template;
mod unknown;
mod value;
mod within;

pub use document::{Comment, Document, File, Note, RepeatedKey, Trap};
pub use edit::{Change, New, resolve};
pub use error::SyntaxError;
pub(crate) use moved::{Moved, Standing};
pub(crate) use parts::Parts;
pub use template::{mark_of, placeholder_in};
pub use value::{Entries, Entry, Items, Kind, Number, Style, Value};
pub(crate) use value::{Key, PlainEntry, Slots, ValueId};
pub use within::Places;

use std::sync::Arc;

use crate::text::Span;
use reader::{Reader, Rules};

/// Reads a whole file: splits it as kubectl does and reads the first YAML document of every chunk.
///
/// Empty, comment-only and null chunks are skipped, as kubectl skips them; a chunk with a syntax error is
/// kept with whatever was understood of it.
#[must_use]
pub fn parse(text: &str) -> File {
    parse_shared(&Arc::from(text))
}

/// Reads a whole file as [`parse`](fn@parse) does; the file shares the text.
#[must_use]
pub fn parse_shared(text: &Arc<str>) -> File {
    Reader::new(text, Rules::Kubectl).read()
}

/// Reads a file as [`parse`](fn@parse) does, of which nobody knows some bytes: spans in order that do not meet, with a `#`
/// where entries may stand on a line of their own.
#[must_use]
pub fn parse_with_unknown(text: &Arc<str>, unknown: &[Span]) -> File {
    Reader::new(text, Rules::Kubectl).not_knowing(unknown).read()
}

/// Whether go-yaml writes a string without quotes, as far as what it means goes.
#[cfg(feature = "templates")]
pub(crate) fn stays_string(text: &str) -> bool {
    resolve::stays_string(text)
}

/// Reads a text as the API server reads a YAML body: as one document, whatever comes behind its first.
#[must_use]
pub fn parse_as_server(text: &str) -> File {
    Reader::new(&Arc::from(text), Rules::Server).read()
}

/// Whether the API server can read a text as [`parse_as_server`] does; how much of it it cannot is not asked.
pub(crate) fn is_read_by_server(text: &Arc<str>) -> bool {
    Reader::new(text, Rules::Server).asked_whether().read().errors.is_empty()
}

/// Reads a file as [`parse`](fn@parse) does, without the fast path for common lines: the same result, more slowly.
/// It exists to prove that.
#[cfg(feature = "test-hooks")]
#[doc(hidden)]
#[must_use]
pub fn parse_slowly(text: &str) -> File {
    let text = Arc::from(text);
    let mut reader = Reader::new(&text, Rules::Kubectl);
    reader.slowly = true;
    reader.read()
}

/// How many events a file has. It exists to measure the scanner alone.
#[cfg(feature = "test-hooks")]
#[doc(hidden)]
#[must_use]
pub fn count_events(text: &str) -> usize {
    reader::count_events(text)
}
