//! `days-joined-by-or`

use crate::controller::Timetable;
use crate::rule::{Check, Findings, Rule, Within, dates, page};
use crate::schedule::{Field, FieldName};

pub(crate) static RULE: Rule = Rule::new(page!("schedule/days-joined-by-or"), Check::Schedule(check));

fn check(timetable: Within<'_, Timetable<'_>>, findings: &mut Findings<'_>) {
    let expression = &timetable.expression;
    let (month_days, week_days) = (expression.field(FieldName::DayOfMonth), expression.field(FieldName::DayOfWeek));
    let (Some(month_days), Some(week_days)) = (month_days, week_days) else { return };
    let is_choice = |field: &Field| !field.is_empty();
    if !expression.days_joined_by_or() || !is_choice(month_days) || !is_choice(week_days) {
        return;
    }
    if month_days.is_full() && week_days.is_full() {
        return; // Every day, either way.
    }

    let text = |field: &Field| timetable.written.value[field.span.range()].to_owned();
    let (by_month, by_week) = (text(month_days), text(week_days));
    let mut days: Vec<String> = Vec::new();
    for run in timetable.schedule().runs_after(timetable.object.settings.now).take(2_000) {
        let day = dates::day(run, timetable.zone());
        if days.last() != Some(&day) {
            days.push(day);
        }
        if days.len() == 3 {
            break;
        }
    }
    let message = format!(
        "either is enough, day of month `{by_month}` or day of week `{by_week}`: next on {}",
        dates::list(&days)
    );
    findings
        .report(timetable.place(week_days.span), message)
        .label(timetable.place(month_days.span), "days of the month")
        .help("leave one of the two at `*`, and check the other in the program if both must hold");
}
