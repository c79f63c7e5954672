//! What can be said of a document that YAML's rules end early: what it lacks may stand in its rest. An editor shows this
//! while a line is half typed.

use crate::k8s::{Manifest, Problem};
use crate::text::Span;
use crate::yaml::{Document, File};

/// How much of an object there is to speak of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Certainty {
    /// All of it was read.
    Whole,
    /// What ends before this byte stands as it was read; nothing is known of what the object lacks.
    UpTo(u32),
    /// Nothing: it is a template, and what it will be is not there yet.
    Nothing,
}

impl Certainty {
    /// Whether a problem of the object rests on nothing else than what is certain.
    #[must_use]
    pub fn covers(self, problem: &Problem) -> bool {
        match self {
            Self::Whole => true,
            // What only follows from something else is said with that, if that is known.
            Self::UpTo(end) => !problem.speaks_of_absence() && problem.echo_of.is_none() && problem.span.end <= end,
            Self::Nothing => false,
        }
    }
}

/// A document that ends early.
#[derive(Debug)]
pub(super) struct Broken {
    pub(super) document: usize,
    /// Where it ends, if that is a place.
    pub(super) error: Option<Span>,
    /// Where the line of that place starts.
    line: u32,
    /// What something is to be filled in for, where it is a template.
    pub(super) placeholder: Option<Span>,
}

impl Broken {
    /// Those of a file, in order.
    pub(super) fn all(file: &File) -> Vec<Self> {
        if file.documents.iter().all(|document| document.complete) {
            return Vec::new();
        }
        let mut errors = vec![None; file.documents.len()];
        for error in &file.errors {
            if let Some(last) = error.document.and_then(|document| errors.get_mut(document)) {
                *last = Some(error.span);
            }
        }
        let broken = file.documents.iter().filter(|document| !document.complete);
        let one = |document: &Document| {
            // A here-document's lines are read for keys until one is none.
            let error = document.escaped_line().or(errors[document.index]);
            let before = error.map(|error| document.slice(Span::new(document.span.start, error.start)));
            let line = before.and_then(|text| text.rfind('\n')).map_or(0, |at| at as u32 + 1);
            Self {
                document: document.index,
                error,
                line: document.span.start + line,
                placeholder: document.placeholder(),
            }
        };
        broken.map(one).collect()
    }

    pub(super) fn certainty(&self, manifest: Manifest<'_>) -> Certainty {
        match (self.placeholder, self.error) {
            (None, Some(error)) => Certainty::UpTo(self.end_of_certainty(manifest.root.span().end, error)),
            _ => Certainty::Nothing,
        }
    }

    /// Up to where what was understood up to `end` is certain. Its last value may be half of what was meant, unless an
    /// error on a later line, with text of its own, shows that it was over.
    fn end_of_certainty(&self, end: u32, error: Span) -> u32 {
        let is_over = end < self.line && !error.is_empty();
        error.start.min(if is_over { end } else { end.saturating_sub(1) })
    }
}
