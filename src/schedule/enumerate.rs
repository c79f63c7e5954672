//! All runs of a range of time at once: a chain of searches, but whole days at a time wherever no clock changes, and
//! the two parts of a day at once where one changes by whole hours.

use super::calendar::{DAY, Date, days_in_month, weekday};
use super::expression::Every;
use super::plan::Plan;
use super::runs::{Ending, Schedule};
use super::search::{INSTANTS, NextRun, YEARS_AHEAD};
use super::zone::Disturbance;

/// What takes the runs.
pub(super) trait Sink {
    /// One run.
    fn run(&mut self, at: i64);
    /// The runs of some days of a month: a bit for each day counted from `first_midnight`, and seconds after midnight.
    fn days(&mut self, first_midnight: i64, days: u32, seconds: &[i64]);
}

impl Sink for Vec<i64> {
    fn run(&mut self, at: i64) {
        self.push(at);
    }

    fn days(&mut self, first_midnight: i64, mut days: u32, seconds: &[i64]) {
        self.reserve(days.count_ones() as usize * seconds.len());
        while days != 0 {
            let first = days.trailing_zeros();
            let midnight = first_midnight + i64::from(first) * DAY;
            if let [second] = seconds {
                // Days in a row are a sequence without a branch.
                let count = i64::from((days >> first).trailing_ones());
                self.extend((0..count).map(|day| midnight + second + day * DAY));
                days &= days.wrapping_add(1 << first);
            } else {
                self.extend(seconds.iter().map(|second| midnight + second));
                days &= days - 1;
            }
        }
    }
}

/// Counts the runs.
pub(super) struct Count(pub(super) u64);

impl Sink for Count {
    fn run(&mut self, _: i64) {
        self.0 += 1;
    }

    fn days(&mut self, _: i64, days: u32, seconds: &[i64]) {
        self.0 += u64::from(days.count_ones()) * seconds.len() as u64;
    }
}

/// The runs of a fixed distance.
pub(super) fn every(every: Every, (after, before): (i64, i64), into: &mut impl Sink) {
    let mut run = after.checked_add(every.seconds);
    while let Some(at) = run.filter(|&at| at < before) {
        into.run(at);
        run = at.checked_add(every.seconds);
    }
}

/// The runs of five fields.
pub(super) fn plan(
    plan: &Plan,
    schedule: &Schedule,
    (after, before): (i64, i64),
    into: &mut impl Sink,
) -> Option<Ending> {
    if plan.is_empty() || !INSTANTS.contains(&after) {
        return Some(Ending::Exhausted);
    }
    let before = before.min(INSTANTS.end);
    let seconds = plan.seconds_of_day();
    let mut chain = Chain { plan, schedule, seconds: &seconds, last: after, from: after, before };
    loop {
        let step = match chain.even_days() {
            Some(days) => match chain.until_midnight(&days, into) {
                Step::Goes => chain.whole_days(&days, into),
                step => step,
            },
            None => match chain.changing_day() {
                Some(day) => chain.parts(&day, into),
                None => chain.step(into),
            },
        };
        match step {
            Step::Goes => {}
            Step::PastEnd => return None,
            Step::Ended(ending) => return Some(ending),
        }
    }
}

/// Whole local days, last one not included, in which no clock changes.
struct EvenDays {
    first: i64,
    end: i64,
    offset: i64,
}

impl EvenDays {
    fn midnight_of(&self, day: i64) -> i64 {
        day * DAY - self.offset
    }
}

/// A local day in which the clock changes by whole hours, away from its midnights.
struct ChangingDay {
    day: i64,
    offsets: [i64; 2],
    change: i64,
}

enum Step {
    Goes,
    PastEnd,
    Ended(Ending),
}

struct Chain<'a> {
    plan: &'a Plan,
    schedule: &'a Schedule,
    seconds: &'a [i64],
    /// The last run, or the start of the whole.
    last: i64,
    /// Where to look on from: the last run or later, no run being between.
    from: i64,
    before: i64,
}

impl Chain<'_> {
    /// The whole days after the day of `from`, up to the day before the next clock change; none if they are few.
    fn even_days(&self) -> Option<EvenDays> {
        let table = self.schedule.table();
        let stretch = table.at(self.from);
        let offset = i64::from(stretch.offset);
        if stretch.is_uneven {
            return None;
        }
        let today = (self.from + offset).div_euclid(DAY);
        let first = today + 1;
        // A change today can carry a search to the wrong minute of every day after it (Lord Howe).
        if today * DAY - offset < stretch.clear_start && !stretch.starts_by_hours {
            return None;
        }
        let last_end = stretch.clear_end.min(self.before).saturating_sub(1).saturating_add(offset).div_euclid(DAY);
        let end = match self.disturbance_from_month_of(today) {
            // A search that finds nothing today begins again at the first of the month, and may stumble there.
            Some(disturbance) if disturbance.first_day <= first => return None,
            // The day before a disturbed day is left to the single steps, which carry runs over into that day.
            Some(disturbance) => last_end.min(disturbance.first_day - 1),
            None => last_end,
        };
        (end - first >= 2).then_some(EvenDays { first, end, offset })
    }

    /// The day that begins after `from`, if the clock changes in it and a search crosses the change as any hour.
    fn changing_day(&self) -> Option<ChangingDay> {
        let table = self.schedule.table();
        let stretch = table.at(self.from);
        let change = stretch.end;
        let local = self.from + i64::from(stretch.offset) + 1;
        if local.rem_euclid(DAY) != 0 || change.saturating_sub(self.from) > DAY {
            return None;
        }
        let after = table.at(change);
        let (day, offsets) = (local / DAY, [i64::from(stretch.offset), i64::from(after.offset)]);
        let is_within = |offset: i64| (day * DAY + 1..(day + 1) * DAY).contains(&(change + offset));
        let end = (day + 1) * DAY - offsets[1];
        let is_plain = after.starts_by_hours && !stretch.is_uneven && offsets.into_iter().all(is_within);
        let is_alone = end < self.before && end < after.clear_end && stretch.clear_start <= self.from;
        let is_calm = || self.disturbance_from_month_of(day).is_none_or(|disturbance| disturbance.first_day > day + 1);
        (is_plain && is_alone && is_calm()).then_some(ChangingDay { day, offsets, change })
    }

    /// All runs of a day with a clock change: those before it in the old time, those after it in the new.
    fn parts(&mut self, changing: &ChangingDay, into: &mut impl Sink) -> Step {
        let &ChangingDay { day, offsets, change } = changing;
        let midnights = offsets.map(|offset| day * DAY - offset);
        if self.plan.fits(Date::from_days(day), weekday(day)) {
            let until = self.seconds.partition_point(|second| midnights[0] + second < change);
            let from = self.seconds.partition_point(|second| midnights[1] + second < change);
            let parts = [&self.seconds[..until], &self.seconds[from..]];
            for (midnight, seconds) in midnights.into_iter().zip(parts) {
                let (Some(first), Some(last)) = (seconds.first(), seconds.last()) else { continue };
                if !self.is_within_years(midnight + first) {
                    return Step::Ended(Ending::Exhausted);
                }
                into.days(midnight, 1, seconds);
                (self.last, self.from) = (midnight + last, midnight + last);
            }
        }
        self.from = midnights[1] + DAY - 1;
        Step::Goes
    }

    /// The first clock change that touches a midnight from the last day of the month before on.
    fn disturbance_from_month_of(&self, day: i64) -> Option<Disturbance> {
        let table = self.schedule.table();
        if table.is_undisturbed() {
            return None;
        }
        table.disturbance_from(day - i64::from(Date::from_days(day).day))
    }

    /// The runs that are left before the first midnight of `days`, one search each.
    fn until_midnight(&mut self, days: &EvenDays, into: &mut impl Sink) -> Step {
        let until = days.midnight_of(days.first);
        if self.from >= until - DAY + self.seconds[self.seconds.len() - 1] {
            self.from = until - 1;
            return Step::Goes;
        }
        loop {
            match self.next() {
                Ok(run) if run >= until => {
                    self.from = until - 1;
                    return Step::Goes;
                }
                Ok(run) => self.take(run, into),
                Err(step) => return step,
            }
        }
    }

    /// The next run, however far: after a clock change it depends on the run before, so nothing may be passed over.
    fn step(&mut self, into: &mut impl Sink) -> Step {
        match self.next() {
            Ok(run) => self.take(run, into),
            Err(step) => return step,
        }
        Step::Goes
    }

    fn take(&mut self, run: i64, into: &mut impl Sink) {
        into.run(run);
        (self.last, self.from) = (run, run);
    }

    fn next(&self) -> Result<i64, Step> {
        Err(match self.schedule.next_run(self.from) {
            NextRun::At(run) if run <= self.from => Step::Ended(Ending::Stuck { at: run }),
            NextRun::At(run) if !self.is_within_years(run) => Step::Ended(Ending::Exhausted),
            NextRun::At(run) if run >= self.before => Step::PastEnd,
            NextRun::At(run) => return Ok(run),
            NextRun::Never => Step::Ended(Ending::Exhausted),
            NextRun::Endless => Step::Ended(Ending::Endless),
        })
    }

    /// Whether a search that begins at the last run would look as far as `run`.
    fn is_within_years(&self, run: i64) -> bool {
        run - self.last < i64::from(YEARS_AHEAD) * 365 * DAY || self.year(run) <= self.year(self.last + 1) + YEARS_AHEAD
    }

    fn year(&self, at: i64) -> i32 {
        self.schedule.zone().local(at).date.year
    }

    /// All runs of whole days, month by month.
    fn whole_days(&mut self, days: &EvenDays, into: &mut impl Sink) -> Step {
        let Date { mut year, mut month, day } = Date::from_days(days.first);
        let mut first = days.first - i64::from(day) + 1;
        let mut wanted = u32::MAX << day;
        while first < days.end {
            let left = days.end - first;
            if left < 31 {
                wanted &= (1 << (left + 1)) - 1;
            }
            let fit = self.plan.days_of(year, month, weekday(first)) & wanted;
            if fit != 0 {
                let midnight = |bit: u32| days.midnight_of(first - 1) + i64::from(bit) * DAY;
                if !self.is_within_years(midnight(fit.trailing_zeros()) + self.seconds[0]) {
                    // A search from the last run would not look so far.
                    return Step::Ended(Ending::Exhausted);
                }
                into.days(midnight(0), fit, self.seconds);
                let last = midnight(31 - fit.leading_zeros()) + self.seconds[self.seconds.len() - 1];
                (self.last, self.from) = (last, last);
            }
            wanted = u32::MAX;
            first += i64::from(days_in_month(year, month));
            (year, month) = if month == 12 { (year + 1, 1) } else { (year, month + 1) };
        }
        self.from = self.from.max(days.midnight_of(days.end) - 1);
        Step::Goes
    }
}
