//! `time-zone-sign`

use crate::k8s::objects::CronJobSpec;
use crate::rule::{Check, Findings, Rule};
use crate::schedule::Zone;

pub(crate) static RULE: Rule =
    Rule::new(include_str!("../../../rules/schedule/time-zone-sign.md"), Check::CronJob(check));

fn check(spec: CronJobSpec<'_>, findings: &mut Findings<'_>) {
    let Some(written) = spec.time_zone() else { return };
    let Some(sign) = written.value.strip_prefix("Etc/GMT").filter(|sign| sign.starts_with(['+', '-'])) else { return };
    let Ok(zone) = Zone::load(written.value) else { return };
    let hours = zone.offset_at(findings.config().now) / 3600;
    if hours == 0 {
        return;
    }

    let (count, where_) = (hours.abs(), if hours < 0 { "behind" } else { "ahead of" });
    let opposite = if sign.starts_with('+') { '-' } else { '+' };
    let plural = if count == 1 { "" } else { "s" };
    findings
        .report(
            written.span,
            format!("`{}` is {count} hour{plural} {where_} UTC: its sign is turned round", written.value),
        )
        .help(format!(
            "UTC{sign} is `Etc/GMT{opposite}{count}`; a place such as Europe/Berlin follows its summer time too"
        ));
}
