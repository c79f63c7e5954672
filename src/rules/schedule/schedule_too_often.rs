//! `schedule-too-often`

use crate::controller::Timetable;
use crate::rule::{Check, Findings, Rule, Within};
use crate::schedule::{Field, FieldName, Seconds};

pub(crate) static RULE: Rule =
    Rule::new(include_str!("../../../rules/schedule/schedule-too-often.md"), Check::Schedule(check));

fn check(timetable: Within<'_, Timetable<'_>>, findings: &mut Findings<'_>) {
    let expression = &timetable.expression;
    let each_hour = expression.fields().is_some_and(|[minutes, hours, ..]| minutes.is_full() && hours.is_full());
    if timetable.object.outlook.as_ref().is_some_and(|outlook| outlook.suspended) {
        return;
    }
    let each_minute = expression.every().is_some_and(|every| every.distance == Seconds::MINUTE);
    if !each_hour && !each_minute {
        return;
    }

    let days = |name: FieldName| expression.field(name).is_none_or(Field::is_full);
    let every_day = [FieldName::DayOfMonth, FieldName::Month, FieldName::DayOfWeek].into_iter().all(days);
    let when = if every_day { "a day" } else { "on each day that it runs" };
    let message = format!("a pod each minute, 1,440 {when}, each with its own start");
    findings.report(timetable.written.span, message).help(
        "a Deployment that stays and waits a minute between two rounds costs less; if not, keep the history limits low",
    );
}
