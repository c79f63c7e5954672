//! No edit without proof: the changed text is read again and must come to what was meant.

use super::tree::{Tree, is_editable};
use crate::text::{Edit, Span, apply_edits};
use crate::yaml::{Document, parse};

/// The edits, if the document with them reads to what `change` makes of its values.
pub(super) fn verified<'a>(
    document: &'a Document,
    edits: Vec<Edit>,
    change: impl FnOnce(&mut Tree<'a>) -> Option<()>,
) -> Option<Vec<Edit>> {
    if !is_editable(document) {
        return None;
    }
    let mut meant = Tree::of(document.root()?);
    change(&mut meant)?;

    let base = document.span.start;
    let within = |span: Span| Some(Span::new(span.start.checked_sub(base)?, span.end.checked_sub(base)?));
    let moved: Option<Vec<Edit>> =
        edits.iter().map(|edit| Some(Edit::replace(within(edit.span)?, edit.text.clone()))).collect();
    let text = apply_edits(document.slice(document.span), &moved?).ok()?;
    let file = parse(&text);
    let [again] = file.documents.as_slice() else { return None };
    let same = file.errors.is_empty() && is_editable(again) && meant.is(again.root()?);
    let new_repetition = again.repeated.len() > document.repeated.len();
    (same && !new_repetition).then_some(edits)
}
