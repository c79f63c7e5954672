//! Changes of bytes that are no value. What can be proved of them is that the reader gets further.

use super::again::{growth, with};
use super::overlay::{Comparison, Overlay};
use super::plan::Effect;
use super::scalar::Meaning;
use super::structure::Structure;
use crate::hash::HashSet;
use crate::text::{Edit, Span, apply_edits};
use crate::yaml::tape::{Event, EventKind};
use crate::yaml::{Document, File, SyntaxError, parse};

/// The document that holds all edits, as an index.
pub(super) fn document_of(file: &File, edits: &[Edit]) -> Option<usize> {
    let all = edits.iter().map(|edit| edit.span).reduce(Span::cover)?;
    let index = file.documents.partition_point(|document| document.span.end < all.end);
    file.documents.get(index).filter(|document| document.span.contains(all)).map(|document| document.index)
}

/// Whether the reader gets further with the edits, or as far, and reads nothing else otherwise.
pub(super) fn holds(file: &File, document: Option<&Document>, edits: &[Edit]) -> bool {
    match document {
        Some(document) => with(document, edits.iter()).is_some_and(|new| holds_in(file, document, edits, &new)),
        None => apply_edits(&file.text, edits).is_ok_and(|text| holds_of_all(file, edits, &parse(&text))),
    }
}

fn holds_in(file: &File, document: &Document, edits: &[Edit], new: &File) -> bool {
    let errors: Vec<&SyntaxError> = file.errors_of(document).collect();
    let [again] = new.documents.as_slice() else { return false };
    let reads_further = match (errors.as_slice(), new.errors.as_slice()) {
        ([], new) => return new.is_empty() && is_same_elsewhere(document, edits, again),
        (_, []) => true,
        (old, new) if new.len() != old.len() => new.len() < old.len(),
        (old, new) => {
            let start = old[0].span.start.max(edits.iter().map(|edit| edit.span.end).max().unwrap_or_default());
            i64::from(new[0].span.start) > i64::from(start - document.span.start) + growth(edits.iter())
        }
    };
    reads_further && is_same_before(document, edits, again)
}

/// Whether a file that is changed as a whole has the same documents, and no more errors.
fn holds_of_all(file: &File, edits: &[Edit], new: &File) -> bool {
    new.errors.len() <= file.errors.len()
        && new.documents.len() == file.documents.len()
        && file.documents.iter().zip(&new.documents).all(|(old, new)| {
            if old.complete {
                new.complete && is_same_elsewhere(old, edits, new)
            } else {
                is_same_before(old, edits, new)
            }
        })
}

/// Whether a document that was read to its end has the same values, but for scalars that the edits touch.
fn is_same_elsewhere(old: &Document, edits: &[Edit], new: &Document) -> bool {
    let (Some(structure), true) = (Structure::of(old), new.repeated.len() <= old.repeated.len()) else { return false };
    let (Some(old_root), Some(new_root), Some(_)) = (old.root(), new.root(), Structure::of(new)) else { return false };
    let touched = |span: Span| edits.iter().any(|edit| edit.span.start <= span.end && span.start <= edit.span.end);
    let scalars = old.events.own().filter(|(_, event)| event.is_scalar() && touched(event.span()));
    let effects: Vec<Effect<'_>> = scalars.map(|(at, _)| Effect::Set(at as u32, Meaning::Any)).collect();
    let overlay = Overlay::of(effects.iter());
    Comparison { structure: &structure, overlay: &overlay, same: HashSet::default() }.holds(old_root, true, new_root)
}

/// Whether what was understood before the first edit is read again as it was.
fn is_same_before(old: &Document, edits: &[Edit], new: &Document) -> bool {
    let first = edits.iter().map(|edit| edit.span.start).min().unwrap_or(u32::MAX);
    let base = old.span.start - new.span.start;
    // Where nothing is written yet, a value may come.
    let is_written = |event: &Event| event.is_collection() || event.kind != EventKind::End && !event.span().is_empty();
    let mut news = new.events.own().filter(|(_, event)| is_written(event));
    let olds = old.events.own().filter(|(_, event)| is_written(event));
    let mut before = olds.take_while(|(_, event)| event.start < first && (event.is_collection() || event.end < first));
    before.all(|(_, event)| {
        news.next().is_some_and(|(_, again)| {
            event.kind == again.kind
                && event.start == again.start + base
                && (event.is_collection() || event.end == again.end + base)
        })
    })
}
