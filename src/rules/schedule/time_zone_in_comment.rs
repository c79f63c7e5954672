//! `time-zone-in-comment`

use super::clock_change;
use crate::analysis::Remark;
use crate::controller::Timetable;
use crate::diagnostic::Fix;
use crate::rule::{Check, Findings, Rule, Within, page};
use crate::schedule::{Expression, FieldName, Seconds, Zone};
use crate::sort;
use crate::yaml::{Change, New};

pub(crate) static RULE: Rule = Rule::new(page!("schedule/time-zone-in-comment"), Check::Schedule(check));

/// Words of who knows that the clock changes.
const SEASONS: [&str; 8] = ["winter", "summer", "dst", "standard", "daylight", "sommer", "hiver", "verano"];

/// Abbreviations of one half of the year, or of a zone without another.
const ABBREVIATIONS: [&str; 24] = [
    "EST", "EDT", "CST", "CDT", "MST", "MDT", "PST", "PDT", "AKST", "AKDT", "HST", "AST", "ADT", "NST", "NDT", "CEST",
    "EEST", "WEST", "BST", "IST", "JST", "KST", "AEST", "AEDT",
];

fn check(timetable: Within<'_, Timetable<'_>>, findings: &mut Findings<'_>) {
    let Some((remark, zone)) = said(timetable) else { return };

    let (name, words) = (zone.name(), remark.claims.clock().unwrap_or_default());
    let mend = mend(&timetable, remark, zone);
    let help = match &mend {
        Some((schedule, _)) => format!("`{schedule}` with `timeZone: {name}` runs then all year"),
        None => {
            format!("set `timeZone: {name}` beside the schedule, and write an hour of it that no clock change touches")
        }
    };
    let message =
        format!("the {} tells the time in {name}, and this hour is that one for a part of the year only", remark.by);
    findings
        .report(timetable.written.span, message)
        .label(remark.span(words), "without `timeZone`, the schedule goes by the controller's clock, mostly UTC")
        .help(help)
        .fix(mend.map(|(_, change)| Fix::unsafe_(format!("run by the clock of {name}"), change)));
}

/// The remark that tells a time by the clock of a zone, and that zone, where the schedule goes by another clock and the
/// two drift apart in the course of the year. Where the time is wrong all year, `comment-contradicts-schedule` says so.
pub(super) fn said<'a>(timetable: Within<'a, Timetable<'a>>) -> Option<(&'a Remark<'a>, Zone)> {
    // Where the controller's zone is known, what is said is right or wrong all year.
    if timetable.expression.named_hours().is_none() || !timetable.lacks_zone() || timetable.told_zone().is_some() {
        return None;
    }
    let told = |remark: &'a Remark<'a>| {
        let zone = Zone::load(remark.claims.clock_zone()?).ok()?;
        let drifts = offsets(zone, &timetable).len() > 1 && !knows_of_the_change(remark.text);
        (drifts && remark.claims.contradicted(&timetable.expression, None).is_none()).then_some((remark, zone))
    };
    timetable.object.remarks.iter().filter(|remark| !remark.is_at_head).find_map(told)
}

/// Whether a text says at which time of the year it is right: in words, or by an abbreviation such as `PST`.
fn knows_of_the_change(text: &str) -> bool {
    let lower = text.to_lowercase();
    SEASONS.iter().any(|season| lower.contains(season))
        || text.split(|char: char| !char.is_ascii_alphanumeric()).any(|word| ABBREVIATIONS.contains(&word))
}

/// How far a zone is ahead of UTC in the course of a year, in hours, where those are whole.
fn offsets(zone: Zone, timetable: &Within<'_, Timetable<'_>>) -> Vec<i32> {
    let now = timetable.object.settings.now;
    let mut offsets: Vec<i32> =
        (0..12).map(|month| zone.offset_at(now + Seconds::DAY * (30 * month)) / 3_600).collect();
    sort::ascending(&mut offsets);
    offsets.dedup();
    offsets
}

/// The schedule by the clock of `zone`, and the change that makes it so: with the hour that is said in place of UTC's.
fn mend(timetable: &Within<'_, Timetable<'_>>, remark: &Remark<'_>, zone: Zone) -> Option<(String, Change)> {
    let written = timetable.written;
    let field = timetable.expression.field(FieldName::Hour)?.span.range();
    let hour: i32 = written.value[field.clone()].parse().ok()?;
    let names_days = [FieldName::DayOfMonth, FieldName::DayOfWeek]
        .into_iter()
        .any(|name| timetable.expression.field(name).is_some_and(|days| !days.is_full()));
    let (local, schedule) = offsets(zone, timetable).into_iter().find_map(|offset| {
        // The next day would be another one.
        let local =
            Some(hour + offset).filter(|hour| !names_days || (0..24).contains(hour))?.rem_euclid(24).to_string();
        let mut schedule = written.value.to_owned();
        schedule.replace_range(field.clone(), &local);
        let expression = Expression::parse(&schedule).ok()?;
        if !clock_change::effects(&expression, zone, timetable.object.settings.now).is_empty() {
            return None;
        }
        remark.claims.contradicted(&expression, Some(zone)).is_none().then_some((local, schedule))
    })?;
    let slots = timetable.spec.slots();
    let set = slots.time_zone().insert_before(slots.schedule(), New::String(zone.name()))?;
    Some((schedule, Change::all([set, written.raw.splice(field, local)])))
}
