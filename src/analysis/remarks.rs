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
    /// Whether it stands at the head of the file, and not at the schedule or in the object.
    pub is_at_head: bool,
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
    let comments = comments.into_iter().flatten().flat_map(|comment| in_comments(comment, "comment"));
    let metadata = manifest.metadata();
    let annotations = metadata.and_then(|metadata| metadata.annotations()).each();
    let descriptions = annotations.filter(|(key, _)| key.rsplit('/').next() == Some("description"));
    let descriptions = descriptions.map(|(_, field)| Remark {
        by: "description",
        text: field.value,
        claims: claims(field.value),
        is_at_head: false,
        place: Place::Value(field.raw),
    });
    // That of a patch may stand for any object.
    let own_name = metadata.filter(|_| manifest.extent == Extent::Whole).and_then(|metadata| metadata.name());
    let name = own_name.map(|field| Remark {
        by: "name",
        text: field.value,
        claims: name_claims(field.value),
        is_at_head: false,
        place: Place::Value(field.raw),
    });
    comments.chain(descriptions).chain(name).collect()
}

/// Bytes of a block of comments at the head of a file, about five lines, that may be about what the file is for.
const LONGEST_HEAD: usize = 400;

/// What the comments at the head of a file say, block by block.
pub(super) fn at_head((span, text): (Span, &str)) -> impl Iterator<Item = Remark<'_>> {
    let mut start = 0;
    let lines = text.split_inclusive('\n').map(move |line| {
        let at = start;
        start += line.len();
        (at, line)
    });
    let mut blocks: Vec<(usize, usize)> = Vec::new();
    for (at, line) in lines.filter(|(_, line)| line.starts_with('#')) {
        match blocks.last_mut().filter(|(_, end)| *end == at) {
            Some((_, end)) => *end += line.len(),
            None => blocks.push((at, at + line.len())),
        }
    }
    let place =
        move |(at, end): (usize, usize)| (Span::new(span.start + at as u32, span.start + end as u32), &text[at..end]);
    // Licenses and manuals say nothing of one schedule.
    let short = blocks.into_iter().filter(|(at, end)| end - at <= LONGEST_HEAD).map(place);
    let remarks = short.flat_map(|block| in_comments(block, "comment at the head"));
    remarks.map(|remark| Remark { is_at_head: true, ..remark })
}

/// What of comments is for people.
fn in_comments<'a>((span, comment): (Span, &'a str), by: &'static str) -> impl Iterator<Item = Remark<'a>> {
    for_people(comment).into_iter().map(move |(at, part)| {
        let end = span.start as usize + at + part.len();
        let text = part.trim_start_matches(['#', ' ', '\t', '\r', '\n']);
        let place = Place::From((end - text.len()) as u32);
        Remark { by, text, claims: claims(text), is_at_head: false, place }
    })
}
