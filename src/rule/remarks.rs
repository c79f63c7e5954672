//! What people say of a schedule beside it.

use std::ops::Range;

use super::Within;
use crate::analysis::for_people;
use crate::controller::Timetable;
use crate::k8s::objects::Each;
use crate::schedule::{Claims, claims, name_claims};
use crate::text::Span;

/// Something that is said of the schedule.
pub(crate) struct Remark<'a> {
    /// What says it: a comment, a description, a name.
    pub(crate) by: &'static str,
    pub(crate) text: &'a str,
    pub(crate) claims: Claims,
    /// Where some bytes of the text stand in the file.
    pub(crate) place: Box<dyn Fn(Range<usize>) -> Span + 'a>,
}

/// What the comments at the schedule say, what describes the object, and its name.
pub(crate) fn remarks<'a>(timetable: Within<'a, Timetable<'a>>) -> impl Iterator<Item = Remark<'a>> {
    let schedule = timetable.written;
    let comments = [schedule.raw.comment_beside(), schedule.raw.comments_above(schedule.key)];
    let comments = comments.into_iter().flatten().flat_map(|(span, comment)| {
        for_people(comment).into_iter().map(move |(at, part)| (span.start as usize + at + part.len(), part))
    });
    let comments = comments.map(|(end, part)| {
        let text = part.trim_start_matches(['#', ' ', '\t', '\r', '\n']);
        let start = (end - text.len()) as u32;
        let place = move |words: Range<usize>| Span::new(start + words.start as u32, start + words.end as u32);
        Remark { by: "comment", text, claims: claims(text), place: Box::new(place) }
    });
    let metadata = timetable.object.manifest.metadata();
    let annotations = metadata.and_then(|metadata| metadata.annotations()).each();
    let descriptions = annotations.filter(|(key, _)| key.rsplit('/').next() == Some("description"));
    let descriptions = descriptions.map(|(_, field)| Remark {
        by: "description",
        text: field.value,
        claims: claims(field.value),
        place: Box::new(move |words| field.raw.span_within(words)),
    });
    let name = metadata.and_then(|metadata| metadata.name()).map(|field| Remark {
        by: "name",
        text: field.value,
        claims: name_claims(field.value),
        place: Box::new(move |words| field.raw.span_within(words)),
    });
    comments.chain(descriptions).chain(name)
}
