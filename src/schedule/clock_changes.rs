//! What clock changes do to a schedule's runs.

use std::collections::BTreeMap;
use std::ops::Range;

use super::calendar::{Date, weekday};
use super::expression::{Expression, Location};
use super::plan::Plan;
use super::runs::Schedule;
use super::search::Ending;
use super::time::{Instant, LocalSecond, Seconds};
use super::zone::{Table, Transition, Zone};

/// A local time as the clock on the wall shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WallTime {
    /// The date.
    pub date: Date,
    /// Minutes since midnight.
    pub minute: u16,
}

impl WallTime {
    fn new(local: LocalSecond) -> Self {
        Self { date: local.date(), minute: (local.second_of_day() / 60) as u16 }
    }

    fn local_second(self) -> LocalSecond {
        LocalSecond::new(self.date.to_days(), u32::from(self.minute) * 60)
    }

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
    pub doubled: Vec<(WallTime, [Instant; 2])>,
    /// Times of the schedule that the clock shows, but at which Kubernetes does not run.
    pub lost: Vec<WallTime>,
    /// Runs at times that are not of the schedule, or on a date that is not.
    pub stray: Vec<(WallTime, Instant)>,
    /// The instant that Kubernetes finds again and again after this change: the schedule stands still.
    pub stuck: Option<Instant>,
    /// Whether the runs keep the distances that they have on other days, as those of every hour do.
    pub steady: bool,
}

/// The clock changes in a range of time that touch the runs of a schedule, in order.
#[must_use]
pub fn clock_changes(expression: &Expression, zone: Zone, range: Range<Instant>) -> Vec<ClockChange> {
    let zone = expression.location().map_or(zone, Location::zone);
    let mut changes = zone.transitions(range).filter(|change| change.before != change.after).peekable();
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
    let (low, high) = (at.local(before.min(after)), at.local(before.max(after)));
    let day = low.day();
    let midnights_are_calm = table.disturbance_from(day - 31).is_none_or(|other| other.first_day > day + 3);
    let is_plain = stretch.starts_by_hours && !stretch.is_uneven && before % 60 == 0;
    let is_alone = stretch.end > at + Seconds::DAY * 4;
    let hours = (1u32 << ((high - low).get() / 3_600).min(24)) - 1;
    let touched = u64::from(hours) << (low.second_of_day() / 3_600);
    is_plain && is_alone && midnights_are_calm && u64::from(plan.hours) & touched == 0
}

fn clock_change(plan: &Plan, schedule: &Schedule, transition: Transition) -> Option<ClockChange> {
    let zone = schedule.zone();
    // Runs of the day before may be carried into the day of the change, and its own into the day after.
    let first_day = transition.at.local(transition.before.min(transition.after)).day() - 1;
    let days = first_day..first_day + 4;
    let midnight = |day: i64| zone.resolve(LocalSecond::new(day, 0));
    let (start, end) = (midnight(days.start) - Seconds::new(1), midnight(days.end));
    let mut runs = Vec::new();
    let ending = schedule.runs_between(start, end, &mut runs);

    let mut wanted = wanted_times(plan, days.clone());
    wanted.extend(next_but_passed_over(plan, schedule, runs.last().copied().unwrap_or(start), days.end));
    let mut found: BTreeMap<WallTime, Vec<Instant>> = BTreeMap::new();
    for &run in &runs {
        found.entry(WallTime::new(run.local(zone.offset_at(run)))).or_default().push(run);
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
fn next_but_passed_over(plan: &Plan, schedule: &Schedule, last_run: Instant, day: i64) -> Option<WallTime> {
    let next = schedule.next_after(last_run).filter(|&next| next > last_run)?;
    let midnight = LocalSecond::new(plan.next_day(day, Date::from_days(day).year + 1)?, 0);
    let local = midnight + plan.first_time();
    (schedule.zone().resolve(local) < next).then_some(WallTime::new(local))
}

/// All times of the schedule on some local days, by the calendar alone.
fn wanted_times(plan: &Plan, days: Range<i64>) -> Vec<WallTime> {
    let times = plan.times();
    days.filter(|&day| plan.fits(Date::from_days(day), weekday(day)))
        .flat_map(|day| times.iter().map(move |&time| WallTime::new(LocalSecond::new(day, 0) + time)))
        .collect()
}

/// Whether the clock leaves out a time at this change.
fn is_in_gap(wall: WallTime, transition: Transition) -> bool {
    let gap = transition.at.local(transition.before)..transition.at.local(transition.after);
    gap.contains(&wall.local_second())
}

/// Whether runs are no nearer to each other and no farther apart than the schedule's times are by the calendar.
fn keeps_distances(runs: &[Instant], plan: &Plan, days: Range<i64>) -> bool {
    let wanted = wanted_times(plan, days);
    let usual = wanted.windows(2).map(|pair| pair[1].local_second() - pair[0].local_second());
    let Some((least, most)) = usual.fold(None, |bounds: Option<(Seconds, Seconds)>, distance| {
        Some(bounds.map_or((distance, distance), |(least, most)| (least.min(distance), most.max(distance))))
    }) else {
        return false;
    };
    runs.windows(2).all(|pair| (least..=most).contains(&(pair[1] - pair[0])))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_that_passes_by_touches_no_run() {
        let schedules = ["0 0 * * *", "30 1 * * *", "*/20 2 * * 0", "0 3 1,15 * *", "59 23 * * 6", "0 4-22 * * *"]
            .map(|schedule| Expression::parse(schedule).expect("accepted"));
        let range = Instant::from_unix(0)..Instant::from_unix(4_200_000_000); // up to 2103
        let mut passing = 0;
        for (number, name) in Zone::names().iter().enumerate() {
            let zone = Zone::load(name).expect("a name");
            let changes = zone.transitions(range.clone()).filter(|change| change.before != change.after);
            for (change, expression) in changes.zip(schedules.iter().cycle().skip(number)) {
                let plan = Plan::new(expression).expect("five fields");
                if passes_by(change, &plan, zone.table()) {
                    passing += 1;
                    let schedule = Schedule::new(expression, zone);
                    assert_eq!(clock_change(&plan, &schedule, change), None, "{name} {change:?} {expression:?}");
                }
            }
        }
        assert!(passing > 10_000, "{passing} pass by");
    }
}
