//! Suppressions in an annotation, for manifests that hold no comments.

use std::ops::Range;
use std::sync::Arc;

use super::directive::{Said, parts};
use super::{Form, Name, Written};
use crate::analysis::assumption::Trait;
use crate::analysis::identity;
use crate::diagnostic::{Object, Suppression, SuppressionKind};
use crate::k8s::Manifest;
use crate::text::Span;
use crate::yaml::{Change, Entry, File, Value, ValueId};

/// The annotation's key.
const KEY: &str = "batchlint.dev/ignore";
/// An annotation that is longer is no text for people: its parts have no places and no fixes of their own.
const LONG: usize = 4096;

/// Where a part of an annotation stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub(crate) struct Place {
    document: usize,
    metadata: ValueId,
    /// The bytes of the text that it is, with the separator, and whether they are all.
    start: u32,
    end: u32,
    is_all: bool,
}

/// What stands before the names of what is to be assumed.
const PREFIX: &str = "batchlint.dev/";

/// What an object says is to be assumed of it.
pub(super) fn assumptions(manifest: Manifest<'_>) -> Vec<Written> {
    let annotations = manifest.root.get("metadata").and_then(|metadata| metadata.value.get("annotations"));
    let entries = annotations.into_iter().flat_map(|annotations| annotations.value.entries());
    let written = |entry: Entry<'_>| {
        let name = entry.key.strip_prefix(PREFIX).filter(|_| entry.key != KEY)?;
        let what = Trait::read(name, entry.value.as_str()?);
        Some(Written::assumption(what, (entry.value.span(), Some(manifest.document.index)), true))
    };
    entries.filter_map(written).collect()
}

/// Those of an object, and of the templates in it.
pub(super) fn of(manifest: Manifest<'_>) -> Vec<Written> {
    let Some(of_object) = at(manifest.root, "metadata") else { return Vec::new() };
    let own = text_of(of_object);
    let misplaced: Vec<_> = templates(manifest)
        .filter_map(|metadata| Some((annotation(metadata)?.key_span, moved(metadata, of_object)?)))
        .collect();
    if own.is_none() && misplaced.is_empty() {
        return Vec::new();
    }
    let object = Arc::new(identity(manifest));
    let mut all = own.map_or_else(Vec::new, |own| parts_of(of_object, own, (manifest, &object)));
    all.extend(misplaced.into_iter().map(|(span, to_object)| Written {
        span,
        form: Form::OfTemplate(Box::new(to_object)),
        names: Vec::new(),
        why: Suppression::new(SuppressionKind::InSource, ""),
        covers: None,
        document: Some(manifest.document.index),
        object: Some(Arc::clone(&object)),
    }));
    all
}

/// The metadata of the Jobs and pods that an object makes.
fn templates(manifest: Manifest<'_>) -> impl Iterator<Item = Value<'_>> {
    let spec = at(manifest.root, "spec");
    let of_jobs = spec.and_then(|spec| at(spec, "jobTemplate"));
    let job = of_jobs.map_or(spec, |template| at(template, "spec"));
    let of_pods = job.and_then(|job| at(job, "template"));
    [of_jobs, of_pods].into_iter().flatten().filter_map(|template| at(template, "metadata"))
}

fn at<'a>(value: Value<'a>, key: &str) -> Option<Value<'a>> {
    value.get(key).map(|entry| entry.value)
}

/// Moves the annotation from the metadata of a template to those of its object.
fn moved(from: Value<'_>, to: Value<'_>) -> Option<Change> {
    let (annotations, own) = (from.get("annotations")?, annotation(from)?);
    Some(match at(to, "annotations") {
        Some(to) => annotations.value.move_to(own, to, &[]),
        None if annotations.value.entries().len() > 1 => annotations.value.move_to(own, to, &["annotations"]),
        None => from.move_to(annotations, to, &[]),
    })
}

/// Those of an object's annotation: `names: reason; names: reason`, or each on a line of its own.
fn parts_of(
    metadata: Value<'_>,
    (value, text): (Value<'_>, &str),
    (manifest, object): (Manifest<'_>, &Arc<Object>),
) -> Vec<Written> {
    let all = parts(text, [';', '\n'], 0);
    let start = |number: usize| all.get(number).map_or(text.len(), |part| part.start) as u32;
    let written = |(number, part): (usize, &Range<usize>)| {
        let (start, end) = match number.checked_sub(1) {
            Some(before) if number + 1 == all.len() => (all[before].end as u32, part.end as u32),
            _ => (start(number), start(number + 1)),
        };
        let (document, is_all) = (manifest.document.index, all.len() == 1);
        let form = Form::Annotation(Place { document, metadata: metadata.to_id(), start, end, is_all });
        let said = Said::of_annotation(&text[part.clone()]);
        Written {
            span: place(value, text, part.clone()),
            form,
            names: said
                .names
                .iter()
                .map(|name| named(value, text, part.start + name.start..part.start + name.end))
                .collect(),
            why: Suppression::new(SuppressionKind::InSource, said.reason),
            covers: Some(manifest.root.span()),
            document: Some(document),
            object: Some(Arc::clone(object)),
        }
    };
    all.iter().enumerate().map(written).collect()
}

fn annotation(metadata: Value<'_>) -> Option<Entry<'_>> {
    at(metadata, "annotations")?.get(KEY)
}

/// The annotation and its text.
fn text_of(metadata: Value<'_>) -> Option<(Value<'_>, &str)> {
    let value = annotation(metadata)?.value;
    Some((value, value.as_str()?))
}

fn named(value: Value<'_>, text: &str, within: Range<usize>) -> Name {
    Name {
        text: text[within.clone()].into(),
        span: place(value, text, within.clone()),
        within: within.start as u32..within.end as u32,
        has_effect: false,
    }
}

fn place(value: Value<'_>, text: &str, within: Range<usize>) -> Span {
    if text.len() > LONG { value.span() } else { value.span_within(within) }
}

impl Place {
    /// Takes the part out: with it the annotation, if it is all of that, and with that all annotations, if it is the only
    /// one.
    pub(super) fn removal(self, file: &File) -> Option<Change> {
        if !self.is_all {
            return self.splice(self.start..self.end, "", file);
        }
        let metadata = self.metadata(file)?;
        let annotations = metadata.get("annotations")?;
        if annotations.value.entries().len() > 1 {
            return Some(annotations.value.remove(annotations.value.get(KEY)?));
        }
        Some(metadata.remove(annotations))
    }

    /// Puts another text in the place of some of it.
    pub(super) fn splice(self, part: Range<u32>, text: &str, file: &File) -> Option<Change> {
        let (value, own) = text_of(self.metadata(file)?)?;
        (own.len() <= LONG).then(|| value.splice(part.start as usize..part.end as usize, text))
    }

    fn metadata(self, file: &File) -> Option<Value<'_>> {
        Some(file.documents.get(self.document)?.value(self.metadata))
    }
}
