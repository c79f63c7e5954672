//! `schedule-never-fires`

use crate::k8s::objects::CronJobSpec;
use crate::rule::{Check, Findings, Rule};
use crate::schedule::{Expression, Field, FieldName, NextRun, Schedule, days_in_month};

pub(crate) static RULE: Rule =
    Rule::new(include_str!("../../../rules/schedule/schedule-never-fires.md"), Check::CronJob(check));

fn check(spec: CronJobSpec<'_>, findings: &mut Findings<'_>) {
    let (Some(written), Some(expression)) = (spec.schedule(), spec.expression()) else { return };
    let next = Schedule::new(&expression, spec.zone()).next_run(findings.config().now);
    if next != NextRun::Never {
        return;
    }

    let (field, message) = reason(&expression);
    let span = field.map_or(written.span, |field| written.raw.span_within(field.span.range()));
    findings.report(span, message).help(
        "Kubernetes accepts such a schedule and looks five years ahead for a run; to pause one, set `suspend: true`",
    );
}

/// The field that no date or time fits, and why.
fn reason(expression: &Expression) -> (Option<&Field>, String) {
    if let Some(empty) = expression.fields().and_then(|fields| fields.iter().find(|field| field.is_empty())) {
        return (Some(empty), format!("the list of {}s is empty, so no run ever starts", empty.name.words()));
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
