//! `schedule-too-often`

use crate::controller::Timetable;
use crate::rule::{Check, Findings, Rule, Within};
use crate::schedule::Seconds;

pub(crate) static RULE: Rule =
    Rule::new(include_str!("../../../rules/schedule/schedule-too-often.md"), Check::Schedule(check));

fn check(timetable: Within<'_, Timetable<'_>>, findings: &mut Findings<'_>) {
    let expression = &timetable.expression;
    let each_hour = expression.fields().is_some_and(|[minutes, hours, ..]| minutes.is_full() && hours.is_full());
    let each_minute = expression.every().is_some_and(|every| every.distance == Seconds::MINUTE);
    if !each_hour && !each_minute {
        return;
    }

    findings.report(timetable.written.span, "a pod each minute, 1,440 a day, each with its own start").help(
        "a Deployment that stays and waits a minute between two rounds costs less; if not, keep the history limits low",
    );
}
