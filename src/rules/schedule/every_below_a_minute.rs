//! `every-below-a-minute`

use crate::controller::Timetable;
use crate::rule::{Check, Findings, Rule, Within};
use crate::schedule::Seconds;

pub(crate) static RULE: Rule =
    Rule::new(include_str!("../../../rules/schedule/every-below-a-minute.md"), Check::Schedule(check));

fn check(timetable: Within<'_, Timetable<'_>>, findings: &mut Findings<'_>) {
    let Some(every) = timetable.expression.every().filter(|every| every.distance < Seconds::MINUTE) else { return };

    findings
        .report(
            timetable.place(every.span),
            format!("every {} seconds is more often than a CronJob can: one Job a minute at most", every.distance.get()),
        )
        .help("a Job is named after its minute, so a second one in that minute is refused; use `@every 1m`, or a Deployment");
}
