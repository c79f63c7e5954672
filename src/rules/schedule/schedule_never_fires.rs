//! `schedule-never-fires`

use crate::controller::Timetable;
use crate::rule::{Check, Findings, Rule, Within, page};
use crate::schedule::{Expression, Field, FieldName, NextRun, days_in_month};

pub(crate) static RULE: Rule = Rule::new(page!("schedule/schedule-never-fires"), Check::Schedule(check));

fn check(timetable: Within<'_, Timetable<'_>>, findings: &mut Findings<'_>) {
    if timetable.schedule().next_run(timetable.object.settings.now) != NextRun::Never {
        return;
    }

    let (field, message) = reason(&timetable.expression);
    let span = field.map_or(timetable.written.span, |field| timetable.place(field.span));
    findings.report(span, message).help(
        "Kubernetes accepts such a schedule and looks five years ahead for a run; to pause one, set `suspend: true`",
    );
}

/// The field that no date or time fits, and why.
fn reason(expression: &Expression) -> (Option<&Field>, String) {
    if let Some(empty) = expression.fields().and_then(|fields| fields.iter().find(|field| field.is_empty())) {
        return (Some(empty), format!("the list of {} is empty, so no run ever starts", empty.name.plural()));
    }
    let (days, months) = (expression.field(FieldName::DayOfMonth), expression.field(FieldName::Month));
    let (Some(days), Some(months)) = (days, months) else { return (None, never()) };
    let longest = months.iter().map(|month| days_in_month(2024, month)).max().unwrap_or(31);
    match days.iter().next() {
        Some(day) if day > longest => {
            let months: Vec<String> = months.iter().map(|month| month.to_string()).collect();
            let (noun, verb) = if months.len() == 1 { ("month", "has") } else { ("months", "have") };
            (Some(days), format!("{noun} {} {verb} no day {day}, so no run ever starts", months.join(", ")))
        }
        _ => (None, never()),
    }
}

fn never() -> String {
    "no date within five years fits, so no run starts".to_owned()
}
