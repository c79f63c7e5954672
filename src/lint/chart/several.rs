//! What is found at one place in several documents: it is told of once, with how many more there are.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Finding, Label};
use crate::template::{FileId, Output};
use crate::text::Span;

/// A finding by its file, place, rule and words.
type Key = (FileId, Span, &'static str, String);

/// A document by the template's name and its number in what that prints.
type Document = (String, usize);

/// The documents of each finding, with the number among its file's of the first that was taken in.
#[derive(Debug, Default)]
pub(super) struct Several {
    found: BTreeMap<Key, (usize, BTreeSet<Document>)>,
}

impl Several {
    /// Notes a finding that was moved, the `number`-th of its file, of a document of an output.
    pub(super) fn note(&mut self, file: FileId, finding: &Finding, number: usize, of: (Output<'_>, Option<usize>)) {
        if let (output, Some(document)) = of {
            let key = (file, finding.span, finding.rule, finding.message.to_string());
            let (_, documents) = self.found.entry(key).or_insert_with(|| (number, BTreeSet::new()));
            documents.insert((output.name.to_owned(), document));
        }
    }

    /// Where something is found in more than one: the file, the finding's number there, and what there is to say of it.
    pub(super) fn notes(self) -> impl Iterator<Item = (FileId, usize, Label)> {
        self.found.into_iter().filter(|(_, (_, documents))| documents.len() > 1).map(
            |((file, span, ..), (number, documents))| {
                let more = documents.len() - 1;
                let documents = if more == 1 { "document" } else { "documents" };
                (file, number, Label::new(span, format!("here, and for {more} more {documents}")))
            },
        )
    }
}
