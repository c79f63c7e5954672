//! `every-minute-of-the-hour`

use crate::controller::Timetable;
use crate::diagnostic::Fix;
use crate::rule::{Check, Findings, Rule, Within, page};
use crate::schedule::{FieldName, Range};

pub(crate) static RULE: Rule = Rule::new(page!("schedule/every-minute-of-the-hour"), Check::Schedule(check));

fn check(timetable: Within<'_, Timetable<'_>>, findings: &mut Findings<'_>) {
    let expression = &timetable.expression;
    let (Some(minutes), Some(hours)) = (expression.field(FieldName::Minute), expression.field(FieldName::Hour)) else {
        return;
    };
    // `* 9-17 * * *` may well mean each minute of the working hours.
    let is_span_of_hours =
        hours.items.iter().any(|item| matches!(item.range, Range::Between(..)) && item.step.is_none());
    if !minutes.is_full() || !minutes.star || hours.is_full() || hours.is_empty() || is_span_of_hours {
        return;
    }
    if expression.descriptor().is_some() {
        return;
    }

    let span = timetable.place(minutes.span);
    let hours = &timetable.written.value[hours.span.range()];
    findings
        .report(span, format!("60 runs in each hour of `{hours}`, one a minute"))
        .help("a minute such as `0` makes it one run in each of these hours")
        .fix(Fix::unsafe_("run once, at minute 0", timetable.written.raw.splice(minutes.span.range(), "0")));
}
