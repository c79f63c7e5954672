//! Reading a document again, with edits.

use std::sync::Arc;

use crate::text::{Edit, Span, apply_edits};
use crate::yaml::reader::read_again;
use crate::yaml::{Document, File};

/// A document read again with edits.
pub(super) fn with<'e>(document: &Document, edits: impl Iterator<Item = &'e Edit>) -> Option<File> {
    let base = document.span.start;
    let within = |span: Span| Some(Span::new(span.start.checked_sub(base)?, span.end.checked_sub(base)?));
    let moved: Option<Vec<Edit>> =
        edits.map(|edit| Some(Edit::replace(within(edit.span)?, edit.text.clone()))).collect();
    let text = apply_edits(document.slice(document.span), &moved?).ok()?;
    Some(read_again(document, &Arc::from(text)))
}

/// How many bytes a text gains by edits.
pub(super) fn growth<'e>(edits: impl Iterator<Item = &'e Edit>) -> i64 {
    edits.map(|edit| edit.text.len() as i64 - i64::from(edit.span.len())).sum()
}
