//! `comment-contradicts-schedule`

mod mend;

use crate::analysis::Remark;
use crate::controller::Timetable;
use crate::diagnostic::Fix;
use crate::rule::{Check, Findings, Rule, Within, page};
use crate::schedule::{Expression, FieldName, Zone, describe};
use crate::yaml::New;

pub(crate) static RULE: Rule = Rule::new(page!("schedule/comment-contradicts-schedule"), Check::Schedule(check));

fn check(timetable: Within<'_, Timetable<'_>>, findings: &mut Findings<'_>) {
    let zone = timetable.certain_zone();
    let wrong = |remark: &Remark<'_>| remark.claims.contradicted(&timetable.expression, zone);
    let mut remarks = timetable.object.remarks.iter();
    let Some((remark, words)) = remarks.find_map(|remark| Some((remark, wrong(remark)?))) else { return };

    let holds = |schedule: &str, zone: Option<Zone>| {
        Expression::parse(schedule).is_ok_and(|expression| remark.claims.contradicted(&expression, zone).is_none())
    };
    let written = timetable.written;
    let mend = mend::mend(&timetable.expression, written.value, |schedule| holds(schedule, zone));
    let is_unset = timetable.lacks_zone();
    let said_zone = remark.claims.zones().filter(|_| is_unset && mend.is_none());
    let said_zone = said_zone.filter_map(|name| Zone::load(name).ok()).find(|said| holds(written.value, Some(*said)));
    let help = match (&mend, said_zone) {
        (Some(mend), _) => format!("`{}` does what is said", mend.schedule),
        (None, Some(zone)) => {
            let own = timetable.zone().name();
            format!("`timeZone: {}` makes it true: without one, the hours are those of {own}", zone.name())
        }
        (None, None) => "one of the two is wrong".to_owned(),
    };
    let slots = timetable.spec.slots();
    let set = |zone: Zone| slots.time_zone().insert_before(slots.schedule(), New::String(zone.name()));
    let change = mend.map(|mend| written.raw.splice(mend.field, mend.text)).or_else(|| said_zone.and_then(set));
    let said: Vec<&str> = remark.text[words.clone()].split_whitespace().filter(|word| *word != "#").collect();
    findings
        .report(
            written.span,
            format!("the {} says `{}`, and the schedule runs {}", remark.by, said.join(" "), runs(&timetable)),
        )
        .label(remark.span(words), "this is said")
        .help(help)
        .fix(change.map(|change| Fix::unsafe_(format!("run as the {} says", remark.by), change)));
}

/// What the schedule does; with the zone, where hours are a part of it.
fn runs(timetable: &Timetable<'_>) -> String {
    let names_hours = timetable.expression.field(FieldName::Hour).is_some_and(|hours| !hours.is_full());
    describe(&timetable.expression, names_hours.then(|| timetable.schedule().zone().name()))
}
