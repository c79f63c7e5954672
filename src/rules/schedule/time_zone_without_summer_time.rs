//! `time-zone-without-summer-time`

use crate::k8s::objects::CronJobSpec;
use crate::rule::{Check, Findings, Rule};

pub(crate) static RULE: Rule =
    Rule::new(include_str!("../../../rules/schedule/time-zone-without-summer-time.md"), Check::CronJob(check));

fn check(spec: CronJobSpec<'_>, findings: &mut Findings<'_>) {
    let Some(written) = spec.time_zone() else { return };
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
