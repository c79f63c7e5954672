//! What clock changes do to a schedule's runs.

use std::collections::BTreeMap;

use super::calendar::{DAY, Date, weekday};
use super::expression::Expression;
use super::plan::Plan;
use super::runs::{Ending, Schedule};
use super::zone::{Table, Transition, Zone};

const HOUR: i64 = 3_600;

/// A local time as the clock on the wall shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WallTime {
    /// The date.
    pub date: Date,
    /// Minutes since midnight.
    pub minute: u16,
}

impl WallTime {
    /// `02:30`
    #[must_use]
    pub fn clock(self) -> String {
        format!("{:02}:{:02}", self.minute / 60, self.minute % 60)
    }
}

/// A clock change that does something to a schedule's runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClockChange {
    /// The change.
    pub transition: Transition,
    /// Times of the schedule that the clock leaves out: no run.
    pub skipped: Vec<WallTime>,
    /// Times of the schedule that the clock shows twice, with a run at each.
    pub doubled: Vec<(WallTime, [i64; 2])>,
    /// Times of the schedule that the clock shows, but at which Kubernetes does not run.
    pub lost: Vec<WallTime>,
    /// Runs at times that are not of the schedule, or on a date that is not.
    pub stray: Vec<(WallTime, i64)>,
    /// The instant that Kubernetes finds again and again after this change: the schedule stands still.
    pub stuck: Option<i64>,
    /// Whether the runs keep the distances that they have on other days, as those of every hour do.
    pub steady: bool,
}

/// The clock changes in `from <= at < to` that touch the runs of a schedule, in order.
#[must_use]
pub fn clock_changes(expression: &Expression, zone: Zone, (from, to): (i64, i64)) -> Vec<ClockChange> {
    let zone = expression.location().map_or(zone, super::Location::zone);
    let mut changes = zone.transitions(from, to).filter(|change| change.before != change.after).peekable();
    if changes.peek().is_none() {
        return Vec::new();
    }
    let Some(plan) = Plan::new(expression).filter(|plan| !plan.is_empty()) else { return Vec::new() };
    let schedule = Schedule::new(expression, zone);
    let touching = changes.filter(|transition| !passes_by(*transition, &plan, zone.table()));
    touching.filter_map(|transition| clock_change(&plan, &schedule, transition)).collect()
}

/// Whether the hours that a change leaves out or repeats are none of the schedule's, and no other change is near: the
/// search steps across whole hours as over any that do not fit.
fn passes_by(transition: Transition, plan: &Plan, table: &Table) -> bool {
    let Transition { at, before, after, .. } = transition;
    let stretch = table.at(at);
    let (low, high) = (at + i64::from(before.min(after)), at + i64::from(before.max(after)));
    let day = low.div_euclid(DAY);
    let midnights_are_calm = table.disturbance_from(day - 31).is_none_or(|other| other.first_day > day + 3);
    let is_plain = stretch.starts_by_hours && !stretch.is_uneven && before % 60 == 0;
    let is_alone = stretch.end > at + 4 * DAY;
    let hours = (1u32 << ((high - low) / HOUR).min(24)) - 1;
    let touched = u64::from(hours) << (low - day * DAY).div_euclid(HOUR);
    is_plain && is_alone && midnights_are_calm && u64::from(plan.hours) & touched == 0
}

fn clock_change(plan: &Plan, schedule: &Schedule, transition: Transition) -> Option<ClockChange> {
    let zone = schedule.zone();
    let local = |instant: i64, offset: i32| (instant + i64::from(offset)).div_euclid(DAY);
    // Runs of the day before may be carried into the day of the change, and its own into the day after.
    let first_day = local(transition.at, transition.before).min(local(transition.at, transition.after)) - 1;
    let days = first_day..first_day + 4;
    let (start, end) = (zone.resolve(days.start * DAY), zone.resolve(days.end * DAY));
    let mut runs = Vec::new();
    let ending = schedule.runs_between(start - 1, end, &mut runs);

    let mut wanted = wanted_times(plan, days.clone());
    wanted.extend(next_but_passed_over(plan, schedule, runs.last().copied().unwrap_or(start - 1), days.end));
    let mut found: BTreeMap<WallTime, Vec<i64>> = BTreeMap::new();
    for &run in &runs {
        found.entry(wall_time(zone, run)).or_default().push(run);
    }
    let stuck = match ending {
        Some(Ending::Stuck { at }) => Some(at),
        _ => None,
    };
    let steady = stuck.is_none() && keeps_distances(&runs, plan, days);
    let mut change = ClockChange {
        transition,
        skipped: Vec::new(),
        doubled: Vec::new(),
        lost: Vec::new(),
        stray: found.iter().filter(|(wall, _)| wanted.binary_search(wall).is_err()).map(|(w, r)| (*w, r[0])).collect(),
        stuck,
        steady,
    };
    for wall in wanted {
        match found.get(&wall).map(Vec::as_slice) {
            Some([first, second, ..]) => change.doubled.push((wall, [*first, *second])),
            Some(_) => {}
            None if is_in_gap(wall, transition) => change.skipped.push(wall),
            None => change.lost.push(wall),
        }
    }
    let touched = !(change.skipped.is_empty()
        && change.doubled.is_empty()
        && change.lost.is_empty()
        && change.stray.is_empty()
        && change.stuck.is_none());
    touched.then_some(change)
}

/// The first time of the schedule from `day` on, if the search from the last run before it passes it over: beside a shift
/// by half an hour it may come to the wrong minute of all days that follow.
fn next_but_passed_over(plan: &Plan, schedule: &Schedule, last_run: i64, day: i64) -> Option<WallTime> {
    let next = schedule.next_after(last_run).filter(|&next| next > last_run)?;
    let date = Date::from_days(plan.next_day(day, Date::from_days(day).year + 1)?);
    let minute = plan.first_minute();
    let instant = schedule.zone().resolve(date.to_days() * DAY + minute * 60);
    (instant < next).then_some(WallTime { date, minute: minute as u16 })
}

/// All times of the schedule on some local days, by the calendar alone.
fn wanted_times(plan: &Plan, days: std::ops::Range<i64>) -> Vec<WallTime> {
    let minutes: Vec<u16> = plan.seconds_of_day().iter().map(|second| (second / 60) as u16).collect();
    days.map(|day| (Date::from_days(day), weekday(day)))
        .filter(|&(date, weekday)| plan.fits(date, weekday))
        .flat_map(|(date, _)| minutes.iter().map(move |&minute| WallTime { date, minute }))
        .collect()
}

fn wall_time(zone: Zone, instant: i64) -> WallTime {
    let local = zone.local(instant);
    WallTime { date: local.date, minute: (local.second_of_day / 60) as u16 }
}

/// Whether the clock leaves out a time at this change.
fn is_in_gap(wall: WallTime, transition: Transition) -> bool {
    let local = wall.date.to_days() * DAY + i64::from(wall.minute) * 60;
    let gap = transition.at + i64::from(transition.before)..transition.at + i64::from(transition.after);
    gap.contains(&local)
}

/// Whether runs are no nearer to each other and no farther apart than the schedule's times are by the calendar.
fn keeps_distances(runs: &[i64], plan: &Plan, days: std::ops::Range<i64>) -> bool {
    let wanted = wanted_times(plan, days);
    let seconds = |wall: &WallTime| wall.date.to_days() * DAY + i64::from(wall.minute) * 60;
    let usual = wanted.windows(2).map(|pair| seconds(&pair[1]) - seconds(&pair[0]));
    let Some((least, most)) = usual.fold(None, |bounds: Option<(i64, i64)>, distance| {
        Some(bounds.map_or((distance, distance), |(least, most)| (least.min(distance), most.max(distance))))
    }) else {
        return false;
    };
    runs.windows(2).all(|pair| (least..=most).contains(&(pair[1] - pair[0])))
}
