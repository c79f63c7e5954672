//! `step-uneven`

use crate::controller::Timetable;
use crate::rule::{Check, Findings, Rule, Within, page};
use crate::schedule::{Expression, Field, FieldName, Item, Range};

pub(crate) static RULE: Rule = Rule::new(page!("schedule/step-uneven"), Check::Schedule(check));

fn check(timetable: Within<'_, Timetable<'_>>, findings: &mut Findings<'_>) {
    report(&timetable, is_far_off, findings);
}

/// Steps that leave a gap far from what they say, or were likely meant to go on over the end of a month.
pub(super) fn is_far_off(name: FieldName, step: u64) -> bool {
    match name {
        FieldName::Minute => step >= 40,
        FieldName::DayOfMonth => step >= 7,
        FieldName::Hour | FieldName::Month | FieldName::DayOfWeek => true,
    }
}

/// Reports the steps that do not come out even and are wanted.
pub(super) fn report(
    timetable: &Within<'_, Timetable<'_>>,
    is_wanted: fn(FieldName, u64) -> bool,
    findings: &mut Findings<'_>,
) {
    for field in timetable.expression.fields().into_iter().flatten() {
        // Only a step over the whole range was meant to go on for ever.
        let [item] = field.items.as_slice() else { continue };
        let Some(step) = item.step.filter(|_| matches!(item.range, Range::Star(_))) else { continue };
        if !is_wanted(field.name, step.value) || !goes_on(field.name, &timetable.expression) {
            continue;
        }
        let Some(message) = uneven(field, item, step.value) else { continue };
        findings.report(timetable.place(item.span), message).help(even(field.name));
    }
}

/// Whether the next round of a field follows at once: the fields above it leave nothing out.
fn goes_on(name: FieldName, expression: &Expression) -> bool {
    let above: &[FieldName] = match name {
        FieldName::Minute => &[FieldName::Hour],
        FieldName::Hour => &[FieldName::DayOfMonth, FieldName::Month, FieldName::DayOfWeek],
        FieldName::DayOfMonth => &[FieldName::Month, FieldName::DayOfWeek],
        FieldName::DayOfWeek => &[FieldName::DayOfMonth, FieldName::Month],
        FieldName::Month => &[],
    };
    above.iter().all(|name| expression.field(*name).is_some_and(Field::is_full))
}

fn uneven(field: &Field, item: &Item, step: u64) -> Option<String> {
    if step < 2 || item.step_exceeds_range(field.name) {
        return None;
    }
    let last = field.iter().last()?;
    let (unit, whole, round) = match field.name {
        FieldName::Minute => ("minute", 60, "each hour"),
        FieldName::Hour => ("hour", 24, "each day"),
        FieldName::Month => ("month", 12, "each year"),
        FieldName::DayOfWeek => ("day", 7, "each week"),
        FieldName::DayOfMonth => {
            return Some(format!("the step starts again each month: after day {last} comes day 1"));
        }
    };
    if whole % step == 0 {
        return None;
    }
    let gap = whole + u64::from(field.name.min()) - u64::from(last);
    let gap = if gap == 1 { format!("comes 1 {unit}") } else { format!("come {gap} {unit}s") };
    Some(format!("the step starts again {round}: after {last} {gap}, not {step}"))
}

fn even(name: FieldName) -> &'static str {
    match name {
        FieldName::Minute => "a step is even if it divides 60; `@every` counts from the last run instead",
        FieldName::Hour => "a step is even if it divides 24; `@every` counts from the last run instead",
        FieldName::Month => "a step is even if it divides 12",
        FieldName::DayOfMonth => {
            "name the days (`1,15`), or a day of the week; `@every` counts from the last run instead"
        }
        FieldName::DayOfWeek => "name the days of the week; `@every` counts from the last run instead",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_is_far_off_from_a_bound_on() {
        for (name, slight, far) in [(FieldName::Minute, 39, 40), (FieldName::DayOfMonth, 6, 7)] {
            assert!(!is_far_off(name, slight) && is_far_off(name, far), "{name:?}");
        }
        assert!([FieldName::Hour, FieldName::Month, FieldName::DayOfWeek].iter().all(|name| is_far_off(*name, 2)));
    }
}
