//! `time-zone-deprecated`

use crate::diagnostic::Fix;
use crate::k8s::objects::CronJobSpec;
use crate::rule::{Check, Findings, Rule};
use crate::schedule::Zone;
use crate::text::Edit;

pub(crate) static RULE: Rule =
    Rule::new(include_str!("../../../rules/schedule/time-zone-deprecated.md"), Check::CronJob(check));

fn check(spec: CronJobSpec<'_>, findings: &mut Findings<'_>) {
    let Some(written) = spec.time_zone() else { return };
    let Ok(zone) = Zone::load(written.value) else { return };
    // `UTC` and `GMT` are names that everybody knows.
    let Some(successor) = zone.successor().filter(|_| !matches!(zone.name(), "UTC" | "GMT")) else { return };

    let span = written.raw.span_within(0..written.value.len());
    findings
        .report(span, format!("`{}` is an old name of {successor}, kept for old programs", zone.name()))
        .help(format!("write `{successor}`: the same clock"))
        .fix(Fix::safe(format!("write {successor}"), vec![Edit::replace(span, successor)]));
}
