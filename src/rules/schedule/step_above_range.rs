//! `step-above-range`

use crate::controller::Timetable;
use crate::rule::{Check, Findings, Rule, Within, page};
use crate::schedule::{FieldName, Item, Range, Step};

pub(crate) static RULE: Rule = Rule::new(page!("schedule/step-above-range"), Check::Schedule(check));

fn check(timetable: Within<'_, Timetable<'_>>, findings: &mut Findings<'_>) {
    for field in timetable.expression.fields().into_iter().flatten() {
        for item in field.items.iter().filter(|item| item.step_exceeds_range(field.name)) {
            let (low, high) = item.bounds(field.name);
            let Some(step) = item.step.filter(|step| low < high && !is_whole(field.name, item, *step)) else {
                continue;
            };
            let message =
                format!("a step of {} goes beyond {high}: only {} {low} is left", step.value, field.name.words());
            findings.report(timetable.place(item.span), message).help(help(field.name, item, low));
        }
    }
}

/// Whether a step is as long as its field, so that it says what happens: every 24 hours, once a day.
fn is_whole(name: FieldName, item: &Item, step: Step) -> bool {
    let is_of_one_length = name != FieldName::DayOfMonth;
    is_of_one_length && matches!(item.range, Range::Star(_)) && step.value == u64::from(name.max() - name.min()) + 1
}

/// What says the same, and what was more likely meant: so neither is a fix.
fn help(name: FieldName, item: &Item, low: u8) -> String {
    let same = format!("`{low}` says the same");
    let every = match (name, item.step.map(|step| step.value)) {
        (FieldName::Minute, Some(minutes @ ..10_000)) if minutes % 60 == 0 => format!("{}h", minutes / 60),
        (FieldName::Minute, Some(minutes @ ..10_000)) => format!("{minutes}m"),
        (FieldName::Hour, Some(hours @ ..10_000)) => format!("{hours}h"),
        _ => return same,
    };
    format!(
        "{same}; `@every {every}` keeps the distance, but counts from the CronJob's creation and then from its last run, not \
         by the clock"
    )
}

#[cfg(test)]
mod tests {
    use super::help;
    use crate::schedule::{Expression, FieldName};

    #[test]
    fn the_distance_that_was_meant_is_told_in_its_own_unit() {
        for (schedule, name, every) in [
            ("*/90 * * * *", FieldName::Minute, "`@every 90m`"),
            ("*/120 * * * *", FieldName::Minute, "`@every 2h`"),
            ("50/30 * * * *", FieldName::Minute, "`@every 30m`"),
            ("0 */48 * * *", FieldName::Hour, "`@every 48h`"),
        ] {
            assert!(of(schedule, name).contains(every), "{schedule}");
        }
        for (schedule, name) in [
            ("*/10000 * * * *", FieldName::Minute),
            ("0 */10000 * * *", FieldName::Hour),
            ("0 0 */40 * *", FieldName::DayOfMonth),
        ] {
            assert!(!of(schedule, name).contains("@every"), "{schedule}");
        }
    }

    fn of(schedule: &str, name: FieldName) -> String {
        let expression = Expression::parse(schedule).expect("accepted");
        let fields = expression.fields().expect("it has five");
        let item = fields.iter().find(|field| field.name == name).and_then(|field| field.items.first()).expect("one");
        help(name, item, item.bounds(name).0)
    }
}
