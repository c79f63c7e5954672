//! A reading of a text, written out: every value with its kind, style and bytes, whatever way leads to it.

use std::collections::HashSet;
use std::fmt::Write;

use batchlint::yaml::{Document, File, Value};

/// Errors, notes, and every document that was read to its end. Of a broken one, the fast path may have understood one
/// value more.
pub(crate) fn describe(file: &File) -> String {
    let mut out = format!("{:?}\n{:?}\n{:?}\n", file.errors, file.notes, file.comments);
    for document in file.documents.iter().filter(|document| document.complete) {
        let Document { index, span, json, repeated, .. } = document;
        let _ = writeln!(out, "document {index} {span:?} {json} {repeated:?}");
        if let Some(root) = document.root() {
            values(root, &mut out);
        }
    }
    out
}

/// Every value once, with a number that tells which ones are the same.
fn values(root: Value<'_>, out: &mut String) {
    let number = |value: Value<'_>| i64::from(value.id()) - i64::from(root.id());
    let mut seen = HashSet::new();
    let mut open = vec![root];
    while let Some(value) = open.pop() {
        if !seen.insert(value.id()) {
            continue;
        }
        let (kind, style, span) = (value.kind(), value.style(), value.span());
        let properties = (value.anchor(), value.tag(), value.is_verbatim());
        let _ = writeln!(out, "{} {kind:?} {style:?} {span:?} {properties:?}", number(value));
        for entry in value.entries() {
            let _ = writeln!(
                out,
                "  {:?} {:?}: {} {:?}",
                entry.key,
                entry.key_span,
                number(entry.value),
                entry.value.place()
            );
            open.push(entry.value);
        }
        for item in value.items() {
            let _ = writeln!(out, "  - {} {:?}", number(item), item.place());
            open.push(item);
        }
    }
}
