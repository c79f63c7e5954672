//! `time-zone-unset`

use super::time_zone_in_environment;
use crate::controller::Timetable;
use crate::rule::{Check, Findings, Rule, Within};
use crate::schedule::FieldName;

pub(crate) static RULE: Rule =
    Rule::new(include_str!("../../../rules/schedule/time-zone-unset.md"), Check::Schedule(check));

fn check(timetable: Within<'_, Timetable<'_>>, findings: &mut Findings<'_>) {
    let expression = &timetable.expression;
    let Some(hours) = expression.field(FieldName::Hour).filter(|hours| !hours.is_full()) else { return };
    // `*/6` is four times a day wherever the day begins.
    let is_interval = hours.items.iter().all(|item| item.star || item.step.is_some());
    if timetable.spec.slots().time_zone().is_set() || is_interval || expression.location().is_some() {
        return;
    }
    // Who writes "UTC" beside it knows; a `TZ` in the environment has a rule of its own.
    let is_said = timetable.written.raw.comment_beside().is_some_and(|(_, comment)| comment.contains("UTC"));
    if is_said || timetable.object.pod.is_some_and(|pod| time_zone_in_environment::zone(pod.value).is_some()) {
        return;
    }

    findings
        .report(timetable.place(hours.span), "the hour is that of the controller's clock, mostly UTC")
        .help("say which one is meant: `timeZone: Etc/UTC`, or the zone of those who wait for it");
}
