//! Findings that an author has decided not to hear of: comments and annotations that say so, and what each is for.
//!
//! | written | is for |
//! |---|---|
//! | `# batchlint: ignore[names] reason` behind something | its line, and the text that starts or ends on it |
//! | the same on a line of its own | the key or item below, with all that is in it |
//! | `# batchlint: ignore-file[names] reason` | the file |
//! | the annotation `batchlint.dev/ignore: "names: reason"` | its object |
//!
//! In the templates of a chart, `{{/* batchlint: ignore[names] reason */}}` is for its line, or alone on it for what is below and
//! further to the right; `ignore-file` there, too.
//!
//! In the same grammar, `# batchlint: run-time=40m` and `batchlint.dev/run-time: 40m` say what to assume of an object.
//!
//! Only what the reader takes for a comment is one. Which names there are is not known here.

mod annotations;
mod comments;
mod directive;
mod objects;
mod reaches;
mod templates;

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

use super::assumption::Trait;
use crate::diagnostic::{Object, Suppression, SuppressionKind};
use crate::k8s::Manifest;
use crate::text::{Edit, Span};
use crate::yaml::{self, Change, File};
use annotations::Place;
pub(crate) use comments::for_people;
use objects::Objects;
use reaches::Reaches;

/// What all of them have in their text; most files have it nowhere.
const MARK: &[u8] = b"batchlint";

/// The suppressions of a text, and what came of them.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(from = "Vec<Written>", into = "Vec<Written>")]
pub struct Suppressions {
    /// Those in comments, in order of place, then those in annotations.
    pub(crate) all: Vec<Written>,
    reaches: Reaches,
}

impl From<Vec<Written>> for Suppressions {
    fn from(all: Vec<Written>) -> Self {
        let reaches = Reaches::of(&all);
        Self { all, reaches }
    }
}

impl From<Suppressions> for Vec<Written> {
    fn from(suppressions: Suppressions) -> Self {
        suppressions.all
    }
}

/// One suppression.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub(crate) struct Written {
    /// What there is to point at.
    pub(crate) span: Span,
    pub(crate) form: Form,
    pub(crate) names: Vec<Name>,
    pub(crate) why: Arc<Suppression>,
    /// The bytes that it is for; `None` where there are none.
    pub(crate) covers: Option<Span>,
    /// The document that it stands in, counted from 0.
    pub(crate) document: Option<usize>,
    /// The object that it is for all or some of, if it is for no more than one.
    pub(crate) object: Option<Arc<Object>>,
}

/// How a suppression is written.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub(crate) enum Form {
    /// A comment behind something.
    Beside,
    /// A comment on a line of its own.
    Above,
    /// A comment that is for the whole file.
    File,
    /// A comment with another word than these.
    Unknown(Box<str>),
    /// A part of an object's annotation.
    Annotation(Place),
    /// The annotation of a template in an object, which is for nothing, and how it becomes the object's.
    OfTemplate(Box<Change>),
    /// No suppression: what is to be assumed of an object, or why that cannot be read.
    Assumption { what: Result<Trait, String>, is_annotation: bool },
}

/// What a text says is to be assumed of an object.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Assumption {
    /// What.
    pub what: Trait,
    /// The first byte of the object.
    pub object: u32,
    /// Whether an annotation says it, and no comment.
    pub is_annotation: bool,
}

/// A name of a rule or group in a suppression.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub(crate) struct Name {
    pub(crate) text: Box<str>,
    pub(crate) span: Span,
    /// Its bytes within the annotation; in a comment those of its span.
    within: Range<u32>,
    pub(crate) has_effect: bool,
}

impl Suppressions {
    /// The suppressions of a file that has these objects.
    pub(super) fn of<'a>(file: &'a File, manifests: impl Iterator<Item = Manifest<'a>>) -> Self {
        if memchr::memmem::find(file.text.as_bytes(), MARK).is_none() {
            return Self::default();
        }
        let manifests: Vec<Manifest<'_>> = manifests.collect();
        let mut all = comments::find(file, Objects::new(&manifests));
        for manifest in manifests {
            all.extend(annotations::of(manifest));
            all.extend(annotations::assumptions(manifest));
        }
        all.into()
    }

    /// Those of a chart's values, for what templates make of them.
    #[must_use]
    pub fn in_values(text: &str) -> Self {
        if memchr::memmem::find(text.as_bytes(), MARK).is_none() {
            return Self::default();
        }
        comments::find(&yaml::parse(text), Objects::new(&[])).into()
    }

    /// Those of a template, for what is found in it.
    #[must_use]
    pub fn in_template(text: &str) -> Self {
        templates::find(text).into()
    }

    /// What is to be assumed of objects, in order of place, those in comments first.
    pub fn assumptions<'a>(&self, manifests: impl Iterator<Item = Manifest<'a>>) -> Vec<Assumption> {
        let written = self.all.iter().filter_map(|written| match &written.form {
            Form::Assumption { what: Ok(what), is_annotation } => Some((written, *what, *is_annotation)),
            _ => None,
        });
        let mut written = written.peekable();
        if written.peek().is_none() {
            return Vec::new();
        }
        let objects: Vec<(usize, Span)> =
            manifests.map(|manifest| (manifest.document.index, manifest.root.span())).collect();
        let assumption = |(written, what, is_annotation): (&Written, Trait, bool)| {
            let object = object_of(written, &objects)?.start;
            Some(Assumption { what, object, is_annotation })
        };
        written.filter_map(assumption).collect()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// The names that are suppressed in more than one object, wherever.
    pub(crate) fn wide(&self) -> BTreeSet<&str> {
        let wide = self.all.iter().filter(|written| written.object.is_none() && written.covers.is_some());
        wide.flat_map(|written| &written.names).map(|name| &*name.text).collect()
    }

    /// Whether a finding at these bytes does not count.
    pub(crate) fn covers<'n>(&self, names: impl IntoIterator<Item = &'n str>, at: Span) -> bool {
        self.reaches.narrowest(names, at.start).is_some()
    }

    /// Why a finding at these bytes does not count, if it does not: of the suppressions that have one of these names the
    /// narrowest has its effect.
    pub(crate) fn take<'n>(&mut self, names: impl IntoIterator<Item = &'n str>, at: Span) -> Option<Arc<Suppression>> {
        if self.is_empty() {
            return None;
        }
        let (written, name) = self.reaches.narrowest(names, at.start)?;
        let written = &mut self.all[written];
        written.names[name].has_effect = true;
        Some(Arc::clone(&written.why))
    }
}

/// The object that it stands in, or else the only one of its document.
fn object_of(written: &Written, objects: &[(usize, Span)]) -> Option<Span> {
    let document = written.document?;
    let first = objects.partition_point(|(other, _)| *other < document);
    let of_document = &objects[first..objects.partition_point(|(other, _)| *other <= document)];
    match of_document {
        [(_, only)] => Some(*only),
        all => {
            let last = all.partition_point(|(_, span)| span.start <= written.span.start).checked_sub(1)?;
            Some(all[last].1).filter(|span| span.contains(written.span))
        }
    }
}

impl Written {
    fn assumption(what: Result<Trait, String>, (span, document): (Span, Option<usize>), is_annotation: bool) -> Self {
        let why = Suppression::new(SuppressionKind::InSource, "");
        let form = Form::Assumption { what, is_annotation };
        Self { span, form, names: Vec::new(), why, covers: None, document, object: None }
    }

    /// Takes it out.
    pub(crate) fn removal(&self, file: &File) -> Option<Change> {
        match &self.form {
            Form::Annotation(place) => place.removal(file),
            // What it was meant for is still to be suppressed.
            Form::OfTemplate(_) => None,
            _ => Some(Change::text(vec![Edit::delete(comments::removed(&file.text, self.span))])),
        }
    }

    /// Takes one of its names out; not the only one.
    pub(crate) fn name_removal(&self, number: usize, file: &File) -> Option<Change> {
        let own = &self.names.get(number)?.within;
        // With the comma beside it.
        let removed = match (self.names.get(number + 1), number.checked_sub(1)) {
            (Some(next), _) => own.start..next.within.start,
            (None, Some(before)) => self.names[before].within.end..own.end,
            (None, None) => return None,
        };
        self.with(removed, "", file)
    }

    /// Puts another name in the place of one.
    pub(crate) fn renamed(&self, number: usize, name: &str, file: &File) -> Option<Change> {
        self.with(self.names.get(number)?.within.clone(), name, file)
    }

    fn with(&self, part: Range<u32>, text: &str, file: &File) -> Option<Change> {
        match &self.form {
            Form::Annotation(place) => place.splice(part, text, file),
            _ => Some(Change::text(vec![Edit::replace(Span::new(part.start, part.end), text)])),
        }
    }
}
