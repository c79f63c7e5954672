//! `schedule-too-often`

use crate::controller::Timetable;
use crate::rule::{Check, Findings, Parameter, Rule, Within, duration};
use crate::schedule::{Expression, Field, FieldName, Seconds};
use crate::text::grouped;

pub(crate) static RULE: Rule =
    Rule::new(include_str!("../../../rules/schedule/schedule-too-often.md"), Check::Schedule(check)).with(&[LEAST]);

/// Runs that are so far apart are not too often.
const LEAST: Parameter =
    Parameter::length("least", "the shortest time between two runs that nothing is said of", 120, (60, 86_400));

fn check(timetable: Within<'_, Timetable<'_>>, findings: &mut Findings<'_>) {
    let expression = &timetable.expression;
    if timetable.object.outlook.as_ref().is_some_and(|outlook| outlook.suspended) {
        return;
    }
    let least = Seconds::new(findings.limit(&LEAST));
    let Some(distance) = distance(expression).filter(|distance| *distance < least) else { return };

    let days = |name: FieldName| expression.field(name).is_none_or(Field::is_full);
    let every_day = [FieldName::DayOfMonth, FieldName::Month, FieldName::DayOfWeek].into_iter().all(days);
    let when = if every_day { "a day" } else { "on each day that it runs" };
    let (each, pause) = match duration::in_words(distance) {
        minute if distance == Seconds::MINUTE => ("each minute".to_owned(), minute.replace('1', "a")),
        words => (format!("every {words}"), words),
    };
    let pods = grouped(Seconds::DAY.get() / distance.get());
    findings.report(timetable.written.span, format!("a pod {each}, {pods} {when}, each with its own start")).help(
        format!(
            "a Deployment that stays and waits {pause} between two rounds costs less; if not, keep the history limits low"
        ),
    );
}

/// How far apart runs are that go on at one distance, hour after hour.
fn distance(expression: &Expression) -> Option<Seconds> {
    if let Some(every) = expression.every() {
        // What is below a minute has a rule of its own.
        return Some(every.distance).filter(|distance| *distance >= Seconds::MINUTE);
    }
    let [minutes, hours, ..] = expression.fields()?;
    let runs: Vec<i64> = minutes.iter().map(i64::from).collect();
    let next_hour = runs.first()? + 60;
    let next = runs.iter().skip(1).copied().chain([next_hour]);
    let widest = runs.iter().zip(next).map(|(run, next)| next - run).max()?;
    hours.is_full().then(|| Seconds::new(widest * 60))
}
