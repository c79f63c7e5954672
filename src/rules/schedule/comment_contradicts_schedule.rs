//! `comment-contradicts-schedule`

mod mend;

use std::ops::Range;

use crate::controller::Timetable;
use crate::diagnostic::Fix;
use crate::k8s::objects::Each;
use crate::rule::{Check, Findings, Rule, Within};
use crate::schedule::{Claims, Expression, FieldName, Location, Zone, claims, describe, name_claims};
use crate::text::Span;

pub(crate) static RULE: Rule =
    Rule::new(include_str!("../../../rules/schedule/comment-contradicts-schedule.md"), Check::Schedule(check));

fn check(timetable: Within<'_, Timetable<'_>>, findings: &mut Findings<'_>) {
    let zone = zone(&timetable);
    let wrong = |remark: &Remark<'_>| remark.claims.contradicted(&timetable.expression, zone);
    let Some((remark, words)) = remarks(timetable).find_map(|remark| wrong(&remark).map(|words| (remark, words)))
    else {
        return;
    };

    let holds = |schedule: &str, zone: Option<Zone>| {
        Expression::parse(schedule).is_ok_and(|expression| remark.claims.contradicted(&expression, zone).is_none())
    };
    let written = timetable.written;
    let mend = mend::mend(&timetable.expression, written.value, |schedule| holds(schedule, zone));
    let said_zone = remark.claims.zones().filter(|_| zone.is_none());
    let said_zone = said_zone.filter_map(|name| Zone::load(name).ok()).find(|said| holds(written.value, Some(*said)));
    let help = match (&mend, said_zone) {
        (Some(mend), _) => format!("`{}` does what is said", mend.schedule),
        (None, Some(zone)) => {
            format!("`timeZone: {}` makes it true: without one, the hours are those of UTC", zone.name())
        }
        (None, None) => "one of the two is wrong".to_owned(),
    };
    let said: Vec<&str> = remark.text[words.clone()].split_whitespace().filter(|word| *word != "#").collect();
    findings
        .report(
            written.span,
            format!("the {} says `{}`, and the schedule runs {}", remark.by, said.join(" "), runs(&timetable)),
        )
        .label((remark.place)(words), "this is said")
        .help(help)
        .fix(mend.map(|mend| {
            Fix::unsafe_(format!("run as the {} says", remark.by), written.raw.splice(mend.field, mend.text))
        }));
}

/// Something that is said of the schedule.
struct Remark<'a> {
    /// What says it.
    by: &'static str,
    text: &'a str,
    claims: Claims,
    /// Where some bytes of the text stand in the file.
    place: Box<dyn Fn(Range<usize>) -> Span + 'a>,
}

/// What the comments at the schedule say, what describes the object, and its name.
fn remarks<'a>(timetable: Within<'a, Timetable<'a>>) -> impl Iterator<Item = Remark<'a>> {
    let schedule = timetable.written;
    let comments = [schedule.raw.comment_beside(), schedule.raw.comments_above(schedule.key)];
    let comments = comments.into_iter().flatten().map(|(span, comment)| {
        let text = comment.trim_start_matches(['#', ' ', '\t']);
        let start = span.end - text.len() as u32;
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

/// The zone that is set, if any.
fn zone(timetable: &Timetable<'_>) -> Option<Zone> {
    let in_schedule = timetable.expression.location().map(Location::zone);
    in_schedule.or_else(|| timetable.time_zone.map(|time_zone| time_zone.zone))
}

/// What the schedule does; with the zone, where hours are a part of it.
fn runs(timetable: &Timetable<'_>) -> String {
    let names_hours = timetable.expression.field(FieldName::Hour).is_some_and(|hours| !hours.is_full());
    describe(&timetable.expression, names_hours.then(|| timetable.schedule().zone().name()))
}
