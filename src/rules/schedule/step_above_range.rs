//! `step-above-range`

use crate::controller::Timetable;
use crate::diagnostic::Fix;
use crate::rule::{Check, Findings, Rule, Within};

pub(crate) static RULE: Rule =
    Rule::new(include_str!("../../../rules/schedule/step-above-range.md"), Check::Schedule(check));

fn check(timetable: Within<'_, Timetable<'_>>, findings: &mut Findings<'_>) {
    for field in timetable.expression.fields().into_iter().flatten() {
        for item in field.items.iter().filter(|item| item.step_exceeds_range(field.name)) {
            let (low, high) = item.bounds(field.name);
            let Some(step) = item.step.filter(|_| low < high) else { continue };
            let span = timetable.place(item.span);
            let change = timetable.written.raw.splice(item.span.range(), low.to_string());
            findings
                .report(
                    span,
                    format!("a step of {} goes beyond {high}: only {} {low} is left", step.value, field.name.words()),
                )
                .help(format!("`{low}` says the same; `@every` counts from the last run"))
                .fix(Fix::safe(format!("write {low}"), change));
        }
    }
}
