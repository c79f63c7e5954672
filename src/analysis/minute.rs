//! A minute of a schedule that nobody chose with care.

use super::suppressions::for_people;
use crate::k8s::Manifest;
use crate::k8s::objects::{Each as _, Field};
use crate::schedule::{Expression, RoundMinute, claims};
use crate::text::Span;

/// Where the minute of a schedule is written, or a word such as `@daily`, if another minute would do as well: it is a round
/// one, no comment stands at the schedule, and no description may tell a time.
pub(crate) fn free_minute(manifest: Manifest<'_>, schedule: Field<'_, &str>, expression: &Expression) -> Option<Span> {
    let place = RoundMinute::of(schedule.value, expression)?.place();
    let is_free = !has_comment(schedule) && !is_described(manifest);
    let span = is_free.then(|| schedule.raw.span_within(place.clone()))?;
    // What is written by other means, or elsewhere, is not to be changed by these bytes.
    let from = span.start.checked_sub(schedule.raw.span().start)? as usize;
    let written = schedule.raw.source().get(from..from + span.range().len())?;
    (written == &schedule.value[place]).then_some(span)
}

fn has_comment(schedule: Field<'_, &str>) -> bool {
    let says_something = |(_, part): (usize, &str)| part.contains(|char: char| char != '#' && !char.is_whitespace());
    let comments = [schedule.raw.comment_beside(), schedule.raw.comments_above(schedule.key)];
    comments.into_iter().flatten().flat_map(|(_, comment)| for_people(comment)).any(says_something)
}

fn is_described(manifest: Manifest<'_>) -> bool {
    let annotations = manifest.metadata().and_then(|metadata| metadata.annotations()).each();
    let mut descriptions = annotations.filter(|(key, _)| key.rsplit('/').next() == Some("description"));
    // Prose is not understood to the word: a number in it may be a time.
    let may_tell = |text: &str| text.bytes().any(|byte| byte.is_ascii_digit()) || claims(text).tell_minutes();
    descriptions.any(|(_, field)| may_tell(field.value))
}
