//! `clock-change`

use crate::controller::Timetable;
use crate::rule::{Check, Findings, Rule, Within, page};
use crate::schedule::{ClockChange, Expression, Field, FieldName, IANA_VERSION, Instant, Seconds, Zone, clock_changes};

pub(crate) static RULE: Rule = Rule::new(page!("schedule/clock-change"), Check::Schedule(check));

const YEAR: Seconds = Seconds::new(366 * 86_400);

fn check(timetable: Within<'_, Timetable<'_>>, findings: &mut Findings<'_>) {
    let expression = &timetable.expression;
    let effects = effects(expression, timetable.zone(), timetable.object.settings.now);
    let Some(hours) = expression.field(FieldName::Hour).filter(|_| !effects.is_empty()) else { return };
    let rests = |zone: Zone| format!(", in the controller's zone, {} by configuration", zone.name());
    let told = timetable.told_zone().map(rests).unwrap_or_default();
    findings.report(timetable.place(hours.span), effects.join("; ") + &told).help(format!(
        "an hour that no clock change touches, or `timeZone: Etc/UTC`, has one run each time (IANA {IANA_VERSION})"
    ));
}

/// What the clock changes of a zone do to the runs within a year.
pub(super) fn effects(expression: &Expression, zone: Zone, now: Instant) -> Vec<String> {
    // A run of `*/2` that is left out is made up for by the next one.
    let is_of_some_hours =
        |hours: &&Field| !hours.is_full() && !hours.items.iter().any(|item| item.star || item.step.is_some());
    if expression.field(FieldName::Hour).filter(is_of_some_hours).is_none() {
        return Vec::new();
    }
    let changes = clock_changes(expression, zone, now..now + YEAR);
    let mut effects: Vec<(Kind, String)> = Vec::new();
    for effect in changes.iter().filter_map(effect) {
        if !effects.iter().any(|(kind, _)| *kind == effect.0) {
            effects.push(effect);
        }
    }
    effects.into_iter().map(|(_, effect)| effect).collect()
}

#[derive(PartialEq, Eq)]
enum Kind {
    Skipped,
    Lost,
    Twice,
    Extra,
}

/// The first thing that a clock change does to the runs.
fn effect(change: &ClockChange) -> Option<(Kind, String)> {
    if let Some(wall) = change.skipped.first() {
        let (day, clock) = (wall.date.with_weekday(), wall.clock());
        return Some((Kind::Skipped, format!("no run on {day}, when {clock} does not exist")));
    }
    if let Some(wall) = change.lost.first() {
        let (day, clock) = (wall.date.with_weekday(), wall.clock());
        return Some((Kind::Lost, format!("no run on {day} at {clock}, which the clock change loses")));
    }
    if let Some((wall, _)) = change.doubled.first() {
        let (day, clock) = (wall.date.with_weekday(), wall.clock());
        return Some((Kind::Twice, format!("two runs on {day}, when {clock} comes twice")));
    }
    let (wall, _) = change.stray.first()?;
    let (day, clock) = (wall.date.with_weekday(), wall.clock());
    Some((Kind::Extra, format!("a run on {day} at {clock}, which the schedule does not name")))
}
