//! `every-below-a-minute`

use crate::k8s::objects::CronJobSpec;
use crate::rule::{Check, Findings, Rule};

pub(crate) static RULE: Rule =
    Rule::new(include_str!("../../../rules/schedule/every-below-a-minute.md"), Check::CronJob(check));

fn check(spec: CronJobSpec<'_>, findings: &mut Findings<'_>) {
    let (Some(written), Some(expression)) = (spec.schedule(), spec.expression()) else { return };
    let Some(every) = expression.every().filter(|every| every.seconds < 60) else { return };

    findings
        .report(
            written.raw.span_within(every.span.range()),
            format!("every {} seconds is more often than a CronJob can: one Job a minute at most", every.seconds),
        )
        .help("a Job is named after its minute, so a second one in that minute is refused; use `@every 1m`, or a Deployment");
}
