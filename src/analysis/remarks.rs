//! What people say of a schedule beside it.

use std::ops::Range;

use super::for_people;
use crate::controller::Timetable;
use crate::k8s::objects::Each;
use crate::k8s::{Extent, Manifest};
use crate::schedule::{Claims, claims, name_claims};
use crate::text::Span;
use crate::yaml::Value;

/// Something that is said of a schedule.
#[derive(Debug)]
#[non_exhaustive]
pub struct Remark<'a> {
    /// What says it: a comment, a description, a name.
    pub by: &'static str,
    /// What it says.
    pub text: &'a str,
    /// What that tells of when it runs.
    pub claims: Claims,
    place: Place<'a>,
}

/// Where a text is written.
#[derive(Debug)]
enum Place<'a> {
    /// As it is, from this byte of the file on.
    From(u32),
    /// As a string.
    Value(Value<'a>),
}

impl Remark<'_> {
    /// Where some bytes of the text stand in the file.
    #[must_use]
    pub fn span(&self, words: Range<usize>) -> Span {
        match self.place {
            Place::From(start) => Span::new(start + words.start as u32, start + words.end as u32),
            Place::Value(value) => value.span_within(words),
        }
    }
}

/// What the comments at a schedule say, what describes the object, and its name.
pub(super) fn remarks<'a>(manifest: Manifest<'a>, timetable: &Timetable<'a>) -> Vec<Remark<'a>> {
    let schedule = timetable.written;
    let comments = [schedule.raw.comment_beside(), schedule.raw.comments_above(schedule.key)];
    let comments = comments.into_iter().flatten().flat_map(|(span, comment)| {
        for_people(comment).into_iter().map(move |(at, part)| (span.start as usize + at + part.len(), part))
    });
    let comments = comments.map(|(end, part)| {
        let text = part.trim_start_matches(['#', ' ', '\t', '\r', '\n']);
        let place = Place::From((end - text.len()) as u32);
        Remark { by: "comment", text, claims: claims(text), place }
    });
    let metadata = manifest.metadata();
    let annotations = metadata.and_then(|metadata| metadata.annotations()).each();
    let descriptions = annotations.filter(|(key, _)| key.rsplit('/').next() == Some("description"));
    let descriptions = descriptions.map(|(_, field)| Remark {
        by: "description",
        text: field.value,
        claims: claims(field.value),
        place: Place::Value(field.raw),
    });
    // That of a patch may stand for any object.
    let own_name = metadata.filter(|_| manifest.extent == Extent::Whole).and_then(|metadata| metadata.name());
    let name = own_name.map(|field| Remark {
        by: "name",
        text: field.value,
        claims: name_claims(field.value),
        place: Place::Value(field.raw),
    });
    comments.chain(descriptions).chain(name).collect()
}
