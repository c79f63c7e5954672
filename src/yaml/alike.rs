//! Whether two texts are read alike, comments and blanks aside.

use super::document::{Document, File};
use super::tape::EventKind;

impl File {
    /// Whether another text has the same documents, event by event, and as much in it that could not be read.
    pub(crate) fn is_alike(&self, other: &Self) -> bool {
        let errors = |file: &Self| file.errors.iter().map(|error| error.message.clone()).collect::<Vec<_>>();
        self.documents.len() == other.documents.len()
            && errors(self) == errors(other)
            && self.documents.iter().zip(&other.documents).all(|(one, other)| is_alike(one, other))
    }
}

fn is_alike(one: &Document, other: &Document) -> bool {
    let (mut own, mut others) = (one.events.own(), other.events.own());
    let are_as_many = one.events.range().len() == other.events.range().len();
    are_as_many
        && (one.json, one.complete, one.repeated.len()) == (other.json, other.complete, other.repeated.len())
        && own.by_ref().zip(others.by_ref()).all(|((at, event), (there, again))| {
            (event.kind, event.flags) == (again.kind, again.flags)
                && match event.kind {
                    EventKind::SequenceStart | EventKind::MappingStart | EventKind::End => true,
                    _ if event.is_scalar() => one.scalar_text(at as u32) == other.scalar_text(there as u32),
                    _ => one.slice(event.span()) == other.slice(again.span()),
                }
        })
}
