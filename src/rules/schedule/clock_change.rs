//! `clock-change`

use std::collections::BTreeMap;

use crate::k8s::objects::CronJobSpec;
use crate::rule::{Check, Findings, Rule, dates};
use crate::schedule::{Date, Expression, Field, FieldName, IANA_VERSION, Schedule, Transition, Zone};

pub(crate) static RULE: Rule =
    Rule::new(include_str!("../../../rules/schedule/clock-change.md"), Check::CronJob(check));

const DAY: i64 = 86_400;

fn check(spec: CronJobSpec<'_>, findings: &mut Findings<'_>) {
    let (Some(written), Some(expression)) = (spec.schedule(), spec.expression()) else { return };
    let Some(hours) = expression.field(FieldName::Hour).filter(|hours| !hours.is_full()) else { return };
    // A run of `*/2` that is left out is made up for by the next one.
    if hours.items.iter().any(|item| item.star || item.step.is_some()) {
        return;
    }
    let schedule = Schedule::new(&expression, spec.zone());
    let now = findings.config().now;
    let mut effects: Vec<String> = Vec::new();
    let mut seen = Vec::new();
    for change in schedule.zone().transitions(now, now + 366 * DAY).filter(|change| change.before != change.after) {
        if let Some((kind, effect)) = effect(&expression, &schedule, &change)
            && !seen.contains(&kind)
        {
            seen.push(kind);
            effects.push(effect);
        }
    }
    if effects.is_empty() {
        return;
    }

    let span = written.raw.span_within(hours.span.range());
    findings.report(span, effects.join("; ")).help(format!(
        "an hour that no clock change touches, or `timeZone: Etc/UTC`, has one run each time (IANA {IANA_VERSION})"
    ));
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Skipped,
    Lost,
    Twice,
    Extra,
}

/// What a clock change does to the runs of the days around it.
fn effect(expression: &Expression, schedule: &Schedule, change: &Transition) -> Option<(Kind, String)> {
    let zone = schedule.zone();
    let day = zone.local(change.at).date.to_days();
    let wanted = wanted(expression, day - 1..=day + 1)?;
    let mut runs = Vec::new();
    schedule.runs_between(change.at - 3 * DAY, change.at + 3 * DAY, &mut runs);
    let mut found: BTreeMap<i64, usize> = BTreeMap::new();
    for run in runs {
        let local = run + i64::from(zone.offset_at(run));
        if (day - 1..=day + 1).contains(&local.div_euclid(DAY)) {
            *found.entry(local).or_default() += 1;
        }
    }

    let gap = change.at + i64::from(change.before)..change.at + i64::from(change.after);
    if let Some(local) = wanted.iter().find(|local| !found.contains_key(local)) {
        let (day, clock) = moment(*local);
        return Some(if gap.contains(local) {
            (Kind::Skipped, format!("no run on {day}, when {clock} does not exist"))
        } else {
            (Kind::Lost, format!("no run on {day} at {clock}, which the clock change loses"))
        });
    }
    if let Some((local, _)) = found.iter().find(|(_, count)| **count > 1) {
        let (day, clock) = moment(*local);
        return Some((Kind::Twice, format!("two runs on {day}, when {clock} comes twice")));
    }
    let extra = found.keys().find(|local| !wanted.contains(local))?;
    let (day, clock) = moment(*extra);
    Some((Kind::Extra, format!("a run on {day} at {clock}, which the schedule does not name")))
}

/// The local times that the schedule names on these days (since 1970), in seconds; `None` where there are too many to
/// be a time of day.
fn wanted(expression: &Expression, days: std::ops::RangeInclusive<i64>) -> Option<Vec<i64>> {
    let [minutes, hours, month_days, months, week_days] = expression.fields()?;
    let has = |field: &Field, value: u8| field.values >> value & 1 == 1;
    let mut wanted = Vec::new();
    for day in days {
        let date = Date::from_days(day);
        let (by_month, by_week) = (has(month_days, date.day), has(week_days, date.weekday()));
        let fits = if expression.days_joined_by_or() { by_month || by_week } else { by_month && by_week };
        if !fits || !has(months, date.month) {
            continue;
        }
        for hour in hours.iter() {
            let times = minutes.iter().map(|minute| i64::from(hour) * 3_600 + i64::from(minute) * 60);
            wanted.extend(times.map(|second| day * DAY + second));
        }
    }
    Some(wanted)
}

/// The day and the clock of a local time.
fn moment(local: i64) -> (String, String) {
    let utc = Zone::utc();
    (dates::day(local, utc), dates::clock(utc.local(local)))
}
