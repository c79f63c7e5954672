//! `schedule-only-on-leap-day`

use crate::controller::Timetable;
use crate::rule::{Check, Findings, Rule, Within, dates, page};
use crate::schedule::{FieldName, Instant, Seconds};

pub(crate) static RULE: Rule = Rule::new(page!("schedule/schedule-only-on-leap-day"), Check::Schedule(check));

fn check(timetable: Within<'_, Timetable<'_>>, findings: &mut Findings<'_>) {
    let Some(days) = timetable.expression.field(FieldName::DayOfMonth) else { return };
    // Every month has the days up to 28.
    if days.iter().next().is_some_and(|first| first <= 28) {
        return;
    }
    let (schedule, zone) = (timetable.schedule(), timetable.zone());
    let runs: Vec<Instant> = schedule.runs_after(timetable.object.settings.now).take(2).collect();
    let is_leap_day = |run: &Instant| {
        let date = zone.local(*run).date;
        (date.month, date.day) == (2, 29)
    };
    // A first run on that day may be followed by one on another day; at most one of them is within a day.
    let same_day = |run: &Instant| runs.first().is_some_and(|first| *run - *first < Seconds::DAY);
    let next_day =
        schedule.runs_after(runs.first().map_or(Instant::from_unix(0), |first| *first + Seconds::DAY)).next();
    if runs.is_empty()
        || !runs.iter().all(|run| is_leap_day(run) || same_day(run))
        || !next_day.is_none_or(|run| is_leap_day(&run))
    {
        return;
    }

    let next = dates::day(runs[0], zone);
    findings
        .report(timetable.place(days.span), format!("only 29 February fits: the next run is on {next}"))
        .help("28 comes every year; the last day of a month has no place in a schedule");
}
