//! `months-left-out`

use crate::controller::Timetable;
use crate::rule::{Check, Findings, Rule, Within, dates, page};
use crate::schedule::{Field, FieldName, days_in_month, month_name};

pub(crate) static RULE: Rule = Rule::new(page!("schedule/months-left-out"), Check::Schedule(check));

fn check(timetable: Within<'_, Timetable<'_>>, findings: &mut Findings<'_>) {
    let field = |name| timetable.expression.field(name);
    let (Some(days), Some(months)) = (field(FieldName::DayOfMonth), field(FieldName::Month)) else { return };
    // Beside a day of the week either may be enough.
    if timetable.object.is_suspended() || !field(FieldName::DayOfWeek).is_some_and(Field::is_full) {
        return;
    }
    let Some(first) = days.iter().next() else { return };
    // No leap year: what comes once in four is left out as well.
    let (with, without): (Vec<u8>, Vec<u8>) = months.iter().partition(|month| days_in_month(2001, *month) >= first);
    if with.is_empty() || without.is_empty() || is_known(&timetable) {
        return;
    }

    let names: Vec<String> = without.iter().map(|month| month_name(*month).to_owned()).collect();
    let (which, have) = (dates::list(&names), if names.len() == 1 { "has" } else { "have" });
    let when = if first == 29 { " but in leap years" } else { "" };
    findings
        .report(timetable.place(days.span), format!("no run starts in {which}, which {have} no day {first}{when}"))
        .help("each month has the days up to 28; for the last day, run on `28-31`, and let the command see if it is the last");
}

/// Whether a comment beside the schedule, or above it, speaks of it.
fn is_known(timetable: &Timetable<'_>) -> bool {
    let comments =
        [timetable.written.raw.comment_beside(), timetable.written.raw.comments_above(timetable.written.key)];
    comments.into_iter().flatten().any(|(_, comment)| {
        let comment = comment.to_ascii_lowercase();
        ["feb", "leap", "short", "skip", "31 days"].iter().any(|word| comment.contains(word))
    })
}
