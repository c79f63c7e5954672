//! `time-zone-unset`

use super::{time_zone_in_comment, time_zone_in_environment};
use crate::controller::Timetable;
use crate::rule::{Check, Findings, Rule, Within, controller_clock, page};

pub(crate) static RULE: Rule = Rule::new(page!("schedule/time-zone-unset"), Check::Schedule(check));

fn check(timetable: Within<'_, Timetable<'_>>, findings: &mut Findings<'_>) {
    let Some(hours) = timetable.expression.named_hours().filter(|_| timetable.lacks_zone()) else { return };
    let (object, zone) = (timetable.object, timetable.spec.slots().time_zone());
    // What does not run has no hour.
    if object.is_suspended() || object.has_elsewhere(zone.name()) || !timetable.runs_again() {
        return;
    }
    // Who says that it is UTC knows; other evidence of a zone has rules of its own.
    if object.remarks.iter().any(|remark| says_utc(remark.text))
        || time_zone_in_comment::said(timetable).is_some()
        || object.pod.is_some_and(|pod| time_zone_in_environment::zone(pod.value).is_some())
    {
        return;
    }

    findings
        .report(timetable.place(hours.span), format!("the hour is that of {}", controller_clock(timetable.told_zone())))
        .help("say which one is meant: `timeZone: Etc/UTC`, or the zone of those who wait for it");
}

fn says_utc(text: &str) -> bool {
    let words = text.split(|char: char| !char.is_ascii_alphabetic());
    words.into_iter().any(|word| word.eq_ignore_ascii_case("utc") || word.eq_ignore_ascii_case("gmt"))
}
