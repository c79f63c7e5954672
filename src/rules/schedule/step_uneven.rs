//! `step-uneven`

use crate::controller::Timetable;
use crate::rule::{Check, Findings, Rule, Within};
use crate::schedule::{Field, FieldName, Item, Range};

pub(crate) static RULE: Rule =
    Rule::new(include_str!("../../../rules/schedule/step-uneven.md"), Check::Schedule(check));

fn check(timetable: Within<'_, Timetable<'_>>, findings: &mut Findings<'_>) {
    for field in timetable.expression.fields().into_iter().flatten() {
        // Only a step over the whole range was meant to go on for ever.
        let [item] = field.items.as_slice() else { continue };
        let Some(message) = uneven(field, item) else { continue };
        findings
            .report(timetable.place(item.span), message)
            .help(format!("a step is even if it divides {}", divides(field.name)));
    }
}

fn uneven(field: &Field, item: &Item) -> Option<String> {
    let step = item.step.filter(|_| matches!(item.range, Range::Star(_)))?.value;
    let (unit, whole) = unit(field.name)?;
    if step < 2 || item.step_exceeds_range(field.name) || whole % step == 0 {
        return None;
    }
    let last = field.iter().last()?;
    let gap = whole + u64::from(field.name.min()) - u64::from(last);
    let plural = if gap == 1 { "" } else { "s" };
    let round = match field.name {
        FieldName::Minute => "each hour",
        FieldName::Hour => "each day",
        FieldName::Month => "each year",
        FieldName::DayOfWeek => "each week",
        FieldName::DayOfMonth => return None,
    };
    Some(format!("the step starts again {round}: after {last} come {gap} {unit}{plural}, not {step}"))
}

/// What the field counts, and how many there are before it starts again. Months have no one length.
fn unit(name: FieldName) -> Option<(&'static str, u64)> {
    match name {
        FieldName::Minute => Some(("minute", 60)),
        FieldName::Hour => Some(("hour", 24)),
        FieldName::Month => Some(("month", 12)),
        FieldName::DayOfWeek => Some(("day", 7)),
        FieldName::DayOfMonth => None,
    }
}

fn divides(name: FieldName) -> &'static str {
    match name {
        FieldName::Minute => "60; `@every` counts from the last run instead",
        FieldName::Hour => "24; `@every` counts from the last run instead",
        FieldName::Month => "12",
        FieldName::DayOfWeek | FieldName::DayOfMonth => "the whole; `@every` counts from the last run instead",
    }
}
