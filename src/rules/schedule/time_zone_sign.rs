//! `time-zone-sign`

use crate::controller::TimeZone;
use crate::rule::{Check, Findings, Rule, Within, page};

pub(crate) static RULE: Rule = Rule::new(page!("schedule/time-zone-sign"), Check::TimeZone(check));

fn check(time_zone: Within<'_, TimeZone<'_>>, findings: &mut Findings<'_>) {
    let TimeZone { written, zone } = *time_zone;
    let Some(sign) = written.value.strip_prefix("Etc/GMT").filter(|sign| sign.starts_with(['+', '-'])) else { return };
    let hours = zone.offset_at(time_zone.object.settings.now) / 3600;
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
