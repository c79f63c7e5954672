//! What the reader notes of texts that matter here.

use crate::k8s::Mentions;
use crate::yaml::{File, Note, Trap};

/// The notes of one kind in documents that speak of Jobs.
pub(crate) fn notes(file: &File, trap: Trap) -> impl Iterator<Item = &Note> {
    let mentions = Mentions::of(&file.text);
    file.notes.iter().filter(move |note| note.trap == trap && mentions.are_in(file.around(note)))
}
