//! The next run, fast: by bit sets wherever no clock changes, and step by step where one does.

use super::calendar::{DAY, Date, weekday};
use super::literal::{Walk, Walker};
use super::plan::Plan;
use super::time::{Instant, LocalSecond, Seconds};
use super::zone::Table;

/// The answer to the question for the next run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NextRun {
    /// The instant. At a few clock changes it is not after the given one.
    At(Instant),
    /// Kubernetes finds none until the end of the fifth year.
    Never,
    /// Kubernetes' search does not end: a date is missing from the zone's calendar.
    Endless,
}

/// Why there are no more runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Ending {
    /// Kubernetes finds none until the end of the fifth year: `exhausted`.
    Exhausted,
    /// The next run is the last one, or one before it whose successors lead back to the last one: Kubernetes goes round
    /// for ever.
    Stuck {
        /// The answer that comes again and again.
        at: Instant,
    },
    /// Kubernetes' search never ends.
    Endless,
    /// The next run, or the instant that is looked on from, is not within the years 1 to 9999: no API object can hold it.
    OutOfYears,
}

/// The years that a search looks ahead beyond the year in which it begins.
pub(crate) const YEARS_AHEAD: i32 = 5;

/// The instants of the years 1 to 9999, which are all that the API can write. No search begins outside them, and nobody
/// is told of a run there.
pub const INSTANTS: std::ops::Range<Instant> = Instant::from_unix(-62_135_596_800)..Instant::from_unix(253_402_300_800);

/// What Kubernetes finds when it looks for a run after `after`.
pub(crate) fn next_run(plan: &Plan, table: &Table, after: Instant) -> NextRun {
    /// A whole number of days that makes all local times positive: unsigned divisions are cheaper.
    const BIAS: i64 = 1_000_000;

    if !INSTANTS.contains(&after) {
        return NextRun::Never;
    }
    let at = after + Seconds::new(1);
    let stretch = table.at(at);
    let local = (at.unix() + i64::from(stretch.offset) + BIAS * DAY) as u64;
    let (day, second) = ((local / DAY as u64) as i64 - BIAS, (local % DAY as u64) as u32);
    let date = Date::from_days(day);
    let last_year = date.year + YEARS_AHEAD;
    let search = Search { plan, table, last_year };
    let walker = || Walker { plan, table, last_year, at, reset: false };
    if plan.is_empty() {
        return NextRun::Never;
    }
    if stretch.is_uneven {
        return search.step_by_step(walker(), day);
    }

    let first = day - i64::from(date.day) + 1;
    let days = plan.days_of(date.year, date.month, weekday(first));
    if days >> date.day & 1 == 1 {
        let midnight = at - Seconds::new(i64::from(second));
        let hour_start = at - Seconds::new(i64::from(second % 3600));
        let clear = stretch.clear_start <= hour_start && hour_start < stretch.clear_end;
        let found = plan.next_minute(second.div_ceil(60));
        match found.map(|minute| midnight + Seconds::MINUTE * i64::from(minute)) {
            Some(run) if clear && run < stretch.end => return NextRun::At(run),
            None if clear && midnight + Seconds::DAY < stretch.clear_end => {}
            _ => return search.step_by_step(walker(), day),
        }
    }

    let later = days & (u32::MAX << date.day << 1);
    let next = match later {
        0 => plan.next_day_after_month((date.year, date.month), last_year),
        _ => Some(first + i64::from(later.trailing_zeros()) - 1),
    };
    // Where the day does not fit, the search begins again at the first of the month.
    if search.is_disturbed(first - 1, next).is_some() {
        return search.step_by_step(walker(), day);
    }
    let Some(next) = next else { return NextRun::Never };
    let midnight = LocalSecond::new(next, 0).instant(stretch.offset);
    let run = midnight + plan.first_time();
    // Mostly the clock has not changed until then.
    if stretch.clear_start <= midnight && run < stretch.clear_end { NextRun::At(run) } else { search.on_day(next) }
}

/// The next run in a chain of searches, each of which begins at the last one's answer.
pub(crate) fn next_in_chain(plan: &Plan, table: &Table, last: Instant) -> Result<Instant, Ending> {
    match next_run(plan, table, last) {
        NextRun::At(run) if run > last || !leads_back(plan, table, run, last) => Ok(run),
        NextRun::At(run) => Err(Ending::Stuck { at: run }),
        NextRun::Never => Err(Ending::Exhausted),
        NextRun::Endless => Err(Ending::Endless),
    }
}

/// Whether the searches after an answer that is not after `last` come to `last` again. Only the end of a double summer
/// time has such circles of more than one answer (Newfoundland, 1988).
#[cold]
fn leads_back(plan: &Plan, table: &Table, answer: Instant, last: Instant) -> bool {
    /// The minutes of two days: nothing leads back farther, so that more answers are a circle of their own.
    const MOST: usize = 2_880;

    let successor = |at: &Instant| match next_run(plan, table, *at) {
        NextRun::At(run) => Some(run),
        NextRun::Never | NextRun::Endless => None,
    };
    std::iter::successors(Some(answer), successor).take(MOST).find(|at| *at >= last) == Some(last)
}

#[derive(Clone, Copy)]
struct Search<'a> {
    plan: &'a Plan,
    table: &'a Table,
    last_year: i32,
}

impl Search<'_> {
    /// The last of the days between `looked_from` and the next day that fits on which a clock change touches a midnight.
    fn is_disturbed(&self, looked_from: i64, next: Option<i64>) -> Option<i64> {
        if self.table.is_undisturbed() {
            return None;
        }
        let until = next.unwrap_or_else(|| Date { year: self.last_year, month: 12, day: 31 }.to_days()) + 1;
        let disturbance = self.table.disturbance_from(looked_from)?;
        (disturbance.first_day <= until).then_some(disturbance.last_day)
    }

    /// The first run on a day that fits and whose midnight is as any other.
    #[cold]
    fn on_day(&self, day: i64) -> NextRun {
        let midnight = self.midnight(day);
        let run = midnight + self.plan.first_time();
        let end = self.table.at(midnight).end;
        if run < end {
            return NextRun::At(run);
        }
        // Up to the change the walk would only pass hours that do not fit.
        let hours = i64::from(self.plan.hours.trailing_zeros()).min((end - midnight).get() / 3_600);
        let (plan, table, last_year) = (self.plan, self.table, self.last_year);
        let walker = Walker { plan, table, last_year, at: midnight + Seconds::HOUR * hours, reset: true };
        self.step_by_step(walker, day)
    }

    /// Walks until a day after `day` begins as any other, and goes on fast from there.
    #[cold]
    fn step_by_step(&self, mut walker: Walker<'_>, day: i64) -> NextRun {
        let mut beyond = day;
        loop {
            let midnight = match walker.walk(|day| day > beyond && self.is_ordinary(day)) {
                Walk::Run(run) => return NextRun::At(run),
                Walk::Never => return NextRun::Never,
                Walk::Endless => return NextRun::Endless,
                Walk::Midnight(day) => day,
            };
            let next = self.plan.next_day(midnight, self.last_year);
            match (self.is_disturbed(midnight - 1, next), next) {
                (None, Some(found)) => {
                    let first = self.midnight(found);
                    let run = first + self.plan.first_time();
                    if run < self.table.at(first).end {
                        return NextRun::At(run);
                    }
                    (walker.at, walker.reset, beyond) = (first, true, found);
                }
                (None, None) => return NextRun::Never,
                (Some(last_disturbed), _) => {
                    let disturbance = self.table.disturbance_from(midnight - 1);
                    let first_disturbed = disturbance.map_or(midnight, |disturbance| disturbance.first_day);
                    let near = self.day_to_walk_from(midnight, first_disturbed - 2);
                    (walker.at, walker.reset, beyond) = (self.midnight(near), true, last_disturbed);
                }
            }
        }
    }

    fn midnight(&self, day: i64) -> Instant {
        self.table.resolve(LocalSecond::new(day, 0))
    }

    /// The last day up to `until` from which the walk may go on that stands at `midnight`, no day between fitting.
    fn day_to_walk_from(&self, midnight: i64, until: i64) -> i64 {
        let Date { year, month, .. } = Date::from_days(until);
        // A month that does not fit is passed from its first day on.
        let until = if self.plan.months >> month & 1 == 1 { until } else { Date { year, month, day: 1 }.to_days() };
        until.max(midnight)
    }

    /// Whether a walk that has come to the midnight of `day` goes on from there as over any calendar.
    fn is_ordinary(&self, day: i64) -> bool {
        let date = Date::from_days(day);
        let calm = self.table.disturbance_from(day - 1).is_none_or(|disturbance| disturbance.first_day > day + 1);
        let month_fits = date.day == 1 || self.plan.months >> date.month & 1 == 1;
        calm && month_fits && !self.table.at(LocalSecond::new(day, 0).instant(0)).is_uneven
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schedule::expression::Expression;
    use crate::schedule::zone::Zone;

    /// The next run by a plain translation of Kubernetes' algorithm: slow, and the measure of [`next_run`].
    fn next_run_literally(plan: &Plan, zone: Zone, after: Instant) -> NextRun {
        if plan.is_empty() || !INSTANTS.contains(&after) {
            return NextRun::Never;
        }
        let at = after + Seconds::new(1);
        let last_year = zone.local(at).date.year + YEARS_AHEAD;
        match (Walker { plan, table: zone.table(), last_year, at, reset: false }).walk(|_| false) {
            Walk::Run(run) => NextRun::At(run),
            Walk::Endless => NextRun::Endless,
            Walk::Never | Walk::Midnight(_) => NextRun::Never,
        }
    }

    /// None for `@every`.
    fn plan(schedule: &str) -> Option<Plan> {
        Plan::new(&Expression::parse(schedule).expect("accepted"))
    }

    #[test]
    fn both_searches_find_the_runs_of_kubernetes() {
        for line in include_str!("../../fixtures/schedules/runs.tsv").lines().filter(|line| !line.starts_with('#')) {
            let columns: Vec<&str> = line.split('\t').collect();
            let [schedule, zone, start, distances, ending] = columns[..] else { panic!("five columns: {line}") };
            let (Some(plan), zone) = (plan(schedule), Zone::load(zone).expect("a zone")) else { continue };
            let mut at = Instant::from_unix(start.parse().expect("a number"));
            for distance in distances.split(',').filter(|distance| !distance.is_empty()) {
                let run = at + Seconds::new(distance.parse().expect("a number"));
                assert_eq!(next_run(&plan, zone.table(), at), NextRun::At(run), "{line}");
                assert_eq!(next_run_literally(&plan, zone, at), NextRun::At(run), "{line}");
                at = run;
            }
            let end = match ending {
                "never" => NextRun::Never,
                "hang" => NextRun::Endless,
                _ => continue,
            };
            assert_eq!(next_run(&plan, zone.table(), at), end, "{line}");
            assert_eq!(next_run_literally(&plan, zone, at), end, "{line}");
        }
    }

    #[test]
    fn both_searches_agree_around_every_change_of_every_zone() {
        let plans = ["0 0 * * *", "30 1 * * *", "17 */5 * * 1", "0 9 1,31 * 5", "45 3 * * 0", "0 0 29 2 *"]
            .map(|text| plan(text).expect("five fields"));
        let until_2100 = Instant::from_unix(0)..Instant::from_unix(4_102_444_800);
        for (index, name) in Zone::names().iter().enumerate() {
            let zone = Zone::load(name).expect("a name");
            for (turn, change) in zone.transitions(until_2100.clone()).enumerate() {
                // Each change is tried with one schedule and three starts: all together would take minutes.
                let plan = &plans[(index + turn) % plans.len()];
                for start in [-30 * 3_600, -2_700, 1_799].map(|seconds| change.at + Seconds::new(seconds)) {
                    let (quick, literal) = (next_run(plan, zone.table(), start), next_run_literally(plan, zone, start));
                    assert_eq!(quick, literal, "{name} {change:?} {start:?}");
                }
            }
        }
    }
}
