//! `time-zone-deprecated`

use crate::controller::TimeZone;
use crate::diagnostic::Fix;
use crate::rule::{Check, Findings, Rule, Within, page};

pub(crate) static RULE: Rule = Rule::new(page!("schedule/time-zone-deprecated"), Check::TimeZone(check));

fn check(time_zone: Within<'_, TimeZone<'_>>, findings: &mut Findings<'_>) {
    let TimeZone { written, zone } = *time_zone;
    // `UTC` and `GMT` are names that everybody knows.
    let Some(successor) = zone.successor().filter(|_| !matches!(zone.name(), "UTC" | "GMT")) else { return };

    let span = written.raw.span_within(0..written.value.len());
    findings
        .report(span, format!("`{}` is an old name of {successor}, kept for old programs", zone.name()))
        .help(format!("write `{successor}`: the same clock"))
        .fix(Fix::safe(format!("write {successor}"), written.raw.splice(0..written.value.len(), successor)));
}
