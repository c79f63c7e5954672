//! The next run, fast: by bit sets wherever no clock changes, and step by step where one does.

use super::calendar::{DAY, Date, weekday};
use super::literal::{Walk, Walker};
use super::plan::Plan;
use super::zone::Table;

const MINUTE: i64 = 60;

/// The answer to the question for the next run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NextRun {
    /// The instant, in Unix seconds. At a few clock changes it is not after the given instant.
    At(i64),
    /// Kubernetes finds none until the end of the fifth year.
    Never,
    /// Kubernetes' search does not end: a date is missing from the zone's calendar.
    Endless,
}

/// The years that a search looks ahead beyond the year in which it begins.
pub(crate) const YEARS_AHEAD: i32 = 5;

/// What Kubernetes finds when it looks for a run after `after`.
pub(crate) fn next_run(plan: &Plan, table: &Table, after: i64) -> NextRun {
    let at = after + 1;
    let stretch = table.at(at);
    let local = at + i64::from(stretch.offset);
    let (day, second) = (local.div_euclid(DAY), local.rem_euclid(DAY));
    let date = Date::from_days(day);
    let last_year = date.year + YEARS_AHEAD;
    if plan.is_empty() {
        return NextRun::Never;
    }
    let walker = Walker { plan, table, last_year, at, reset: false };
    let search = Search { plan, table, last_year };
    if stretch.offset % 60 != 0 {
        return search.step_by_step(walker, day);
    }

    if plan.fits(date, weekday(day)) {
        let midnight = at - second;
        let hour_start = at - second % 3600;
        let clear = stretch.clear_start <= hour_start && hour_start < stretch.clear_end;
        let minute = (second + MINUTE - 1) / MINUTE;
        let found = if minute < 1440 { plan.next_minute(minute) } else { None };
        match found.map(|minute| midnight + minute * MINUTE) {
            Some(run) if clear && run < stretch.end => return NextRun::At(run),
            None if clear && midnight + DAY < stretch.clear_end => {}
            _ => return search.step_by_step(walker, day),
        }
    }
    // Where the day does not fit, the search begins again at the first of the month.
    let looked_from = day - i64::from(date.day);
    match search.undisturbed_day(looked_from, day + 1) {
        Ok(found) => search.on_day(found),
        Err(_) => search.step_by_step(walker, day),
    }
}

#[derive(Clone, Copy)]
struct Search<'a> {
    plan: &'a Plan,
    table: &'a Table,
    last_year: i32,
}

impl Search<'_> {
    /// The next day from `day` on that fits, unless a clock change touches a midnight between `looked_from` and it:
    /// then the last day that is disturbed.
    fn undisturbed_day(&self, looked_from: i64, day: i64) -> Result<Option<i64>, i64> {
        let found = self.plan.next_day(day, self.last_year);
        let until = match found {
            Some(found) => found + 1,
            None => Date { year: self.last_year, month: 12, day: 31 }.to_days() + 1,
        };
        match self.table.disturbance_from(looked_from) {
            Some(disturbance) if disturbance.first_day <= until => Err(disturbance.last_day),
            _ => Ok(found),
        }
    }

    /// The first run on a day that fits and whose midnight is as any other; none: never.
    fn on_day(&self, day: Option<i64>) -> NextRun {
        let Some(day) = day else { return NextRun::Never };
        let midnight = self.table.resolve(day * DAY);
        let run = midnight + self.plan.first_minute() * MINUTE;
        if run < self.table.at(midnight).end {
            return NextRun::At(run);
        }
        let walker =
            Walker { plan: self.plan, table: self.table, last_year: self.last_year, at: midnight, reset: true };
        self.step_by_step(walker, day)
    }

    /// Walks until a day after `day` begins as any other, and goes on fast from there.
    fn step_by_step(&self, mut walker: Walker<'_>, day: i64) -> NextRun {
        let mut beyond = day;
        loop {
            let midnight = match walker.walk(|day| day > beyond && self.is_ordinary(day)) {
                Walk::Run(run) => return NextRun::At(run),
                Walk::Never => return NextRun::Never,
                Walk::Endless => return NextRun::Endless,
                Walk::Midnight(day) => day,
            };
            match self.undisturbed_day(midnight - 1, midnight) {
                // The literal walk is left for good only where it cannot come back to.
                Ok(Some(found)) => {
                    let first = self.table.resolve(found * DAY);
                    let run = first + self.plan.first_minute() * MINUTE;
                    if run < self.table.at(first).end {
                        return NextRun::At(run);
                    }
                    (walker.at, walker.reset, beyond) = (first, true, found);
                }
                Ok(None) => return NextRun::Never,
                Err(last_disturbed) => {
                    let disturbance = self.table.disturbance_from(midnight - 1);
                    let first_disturbed = disturbance.map_or(midnight, |disturbance| disturbance.first_day);
                    let near = self.day_to_walk_from(midnight, first_disturbed - 2);
                    (walker.at, walker.reset, beyond) = (self.table.resolve(near * DAY), true, last_disturbed);
                }
            }
        }
    }

    /// The last day up to `until` from which the walk may go on that stands at `midnight`, no day between fitting.
    fn day_to_walk_from(&self, midnight: i64, until: i64) -> i64 {
        let Date { year, month, day } = Date::from_days(until);
        // A month that does not fit is passed from its first day on.
        let until = if self.plan.months >> month & 1 == 1 { until } else { Date { year, month, day: 1 }.to_days() };
        if day == 0 { midnight } else { until.max(midnight) }
    }

    /// Whether a walk that has come to the midnight of `day` goes on from there as over any calendar.
    fn is_ordinary(&self, day: i64) -> bool {
        let date = Date::from_days(day);
        let calm = self.table.disturbance_from(day - 1).is_none_or(|disturbance| disturbance.first_day > day + 1);
        let month_fits = date.day == 1 || self.plan.months >> date.month & 1 == 1;
        calm && month_fits && self.table.at(day * DAY).offset % 60 == 0
    }
}
