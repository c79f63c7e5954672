//! `time-zone-without-summer-time`

use crate::controller::TimeZone;
use crate::rule::{Check, Findings, Rule, Within, page};

pub(crate) static RULE: Rule = Rule::new(page!("schedule/time-zone-without-summer-time"), Check::TimeZone(check));

fn check(time_zone: Within<'_, TimeZone<'_>>, findings: &mut Findings<'_>) {
    let written = time_zone.written;
    let place = match written.value {
        "EST" => "America/New_York",
        "MST" => "America/Denver",
        _ => return,
    };

    findings
        .report(
            written.span,
            format!("`{}` has no summer time, which {place} has from March to November", written.value),
        )
        .help(format!("write `{place}` if the clock there is meant"));
}
