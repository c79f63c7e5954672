//! All runs of a range of time at once: a chain of searches, but whole days and the rest of a day at a time wherever no
//! clock changes, and the two parts of a day at once where one changes by whole hours.

use std::ops::Range;

use super::calendar::{DAY, Date, days_in_month, weekday};
use super::expression::Every;
use super::plan::Plan;
use super::search::{Ending, INSTANTS, YEARS_AHEAD, next_in_chain};
use super::time::{Instant, LocalSecond, Seconds};
use super::zone::{Disturbance, Table};

/// What takes the runs.
pub(super) trait Sink {
    /// So many runs at a fixed distance.
    fn even(&mut self, first: Instant, every: Seconds, count: i64) {
        (0..count).for_each(|at| self.run(first + every * at));
    }
    /// One run.
    fn run(&mut self, at: Instant);
    /// The runs of some days of a month: a bit for each day counted from `first_midnight`, and times after midnight.
    fn days(&mut self, first_midnight: Instant, days: u32, times: &[Seconds]);
}

impl Sink for Vec<Instant> {
    fn run(&mut self, at: Instant) {
        self.push(at);
    }

    fn days(&mut self, first_midnight: Instant, mut days: u32, times: &[Seconds]) {
        self.reserve(days.count_ones() as usize * times.len());
        while days != 0 {
            let first = days.trailing_zeros();
            let midnight = first_midnight + Seconds::DAY * i64::from(first);
            if let [time] = times {
                // Days in a row are a sequence without a branch.
                let count = i64::from((days >> first).trailing_ones());
                self.extend((0..count).map(|day| midnight.near(*time).near(Seconds::new(DAY * day))));
                days &= days.wrapping_add(1 << first);
            } else {
                self.extend(times.iter().map(|time| midnight.near(*time)));
                days &= days - 1;
            }
        }
    }
}

/// Counts the runs.
pub(super) struct Count(pub(super) u64);

impl Sink for Count {
    fn even(&mut self, _: Instant, _: Seconds, count: i64) {
        self.0 += count.unsigned_abs();
    }

    fn run(&mut self, _: Instant) {
        self.0 += 1;
    }

    fn days(&mut self, _: Instant, days: u32, times: &[Seconds]) {
        self.0 += u64::from(days.count_ones()) * times.len() as u64;
    }
}

/// The runs of a fixed distance, in a range within the years 1 to 9999.
pub(super) fn every(every: Every, range: Range<Instant>, into: &mut impl Sink) {
    let distance = every.distance;
    let count = ((range.end - range.start).get() - 1) / distance.get();
    into.even(range.start + distance, distance, count.max(0));
}

/// The runs of five fields, in a range within the years 1 to 9999.
pub(super) fn plan(plan: &Plan, table: &Table, range: Range<Instant>, into: &mut impl Sink) -> Option<Ending> {
    if plan.is_empty() {
        return Some(Ending::Exhausted);
    }
    let Range { start, end } = range;
    let times = plan.times();
    let mut chain = Chain { plan, table, times: &times, start, last: start, from: start, before: end.max(start) };
    loop {
        let step = if let Some(rest) = chain.rest_of_day() {
            chain.take_rest(&rest, into)
        } else if let Some(days) = chain.even_days() {
            match chain.until_midnight(&days, into) {
                Step::Goes => chain.whole_days(&days, into),
                step => step,
            }
        } else if let Some(day) = chain.changing_day() {
            chain.parts(&day, into)
        } else {
            chain.step(into)
        };
        match step {
            Step::Goes => {}
            Step::PastEnd => return None,
            Step::Ended(ending) => return Some(ending),
        }
    }
}

/// The first whole local days, those that an instant is in or others after it, in which no clock changes, nor has one
/// stirred up what a search finds in them.
pub(super) fn even_days(plan: &Plan, table: &Table, from: Instant) -> Option<Range<Instant>> {
    let days_after = |from: Instant| {
        let chain = Chain { plan, table, times: &[], start: from, last: from, from, before: INSTANTS.end };
        chain.even_days().map(|days| days.midnight_of(days.first)..days.midnight_of(days.end))
    };
    let these = days_after(from - Seconds::DAY).filter(|days| days.contains(&from));
    these.or_else(|| days_after(from))
}

/// Whole local days, last one not included, in which no clock changes.
struct EvenDays {
    first: i64,
    end: i64,
    offset: i32,
}

impl EvenDays {
    fn midnight_of(&self, day: i64) -> Instant {
        midnight_of(day, self.offset)
    }
}

/// What is left of a local day far from any clock change: its runs that are in the range.
struct RestOfDay<'a> {
    midnight: Instant,
    times: &'a [Seconds],
}

/// A local day in which the clock changes by whole hours, away from its midnights.
struct ChangingDay {
    day: i64,
    offsets: [i32; 2],
    change: Instant,
}

enum Step {
    Goes,
    PastEnd,
    Ended(Ending),
}

struct Chain<'a> {
    plan: &'a Plan,
    table: &'a Table,
    times: &'a [Seconds],
    /// Runs are after it.
    start: Instant,
    /// The last run, or the start.
    last: Instant,
    /// Where to look on from: the last run or later, no run being between.
    from: Instant,
    before: Instant,
}

impl<'a> Chain<'a> {
    /// What is left of the day of `from`, if there are runs in it: where no clock changes near a day that fits, a search in
    /// it goes from time to time.
    fn rest_of_day(&self) -> Option<RestOfDay<'a>> {
        let stretch = self.table.at(self.from);
        let offset = stretch.offset;
        let today = self.from.local(offset).day();
        let midnight = midnight_of(today, offset);
        let after = self.times.partition_point(|time| midnight + *time <= self.from);
        let times = &self.times[after..];
        let times = &times[..times.partition_point(|time| midnight + *time < self.before)];
        let is_clear = stretch.clear_start <= midnight && midnight + Seconds::DAY <= stretch.clear_end;
        let is_even = is_clear && !stretch.is_uneven;
        let fits = || self.plan.fits(Date::from_days(today), weekday(today));
        (!times.is_empty() && is_even && fits()).then_some(RestOfDay { midnight, times })
    }

    /// All runs of the rest of a day.
    fn take_rest(&mut self, rest: &RestOfDay<'a>, into: &mut impl Sink) -> Step {
        let &RestOfDay { midnight, times } = rest;
        if !self.is_within_years(midnight + times[0]) {
            return Step::Ended(Ending::Exhausted);
        }
        into.days(midnight, 1, times);
        let last = midnight + times[times.len() - 1];
        (self.last, self.from) = (last, last);
        Step::Goes
    }

    /// The whole days after the day of `from`, up to the day before the next clock change; none if they are few.
    fn even_days(&self) -> Option<EvenDays> {
        let stretch = self.table.at(self.from);
        let offset = stretch.offset;
        if stretch.is_uneven {
            return None;
        }
        let today = self.from.local(offset).day();
        let first = today + 1;
        // A change today can carry a search to the wrong minute of every day after it (Lord Howe).
        if midnight_of(today, offset) < stretch.clear_start && !stretch.starts_by_hours {
            return None;
        }
        let last_end = (stretch.clear_end.min(self.before) - Seconds::new(1)).local(offset).day();
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
        let stretch = self.table.at(self.from);
        let change = stretch.end;
        let local = (self.from + Seconds::new(1)).local(stretch.offset);
        if local.second_of_day() != 0 || change > self.from + Seconds::DAY {
            return None;
        }
        let after = self.table.at(change);
        let (day, offsets) = (local.day(), [stretch.offset, after.offset]);
        let is_within = |offset: i32| {
            let shown = change.local(offset);
            shown.day() == day && shown.second_of_day() > 0
        };
        let end = midnight_of(day + 1, offsets[1]);
        // No clock whose minutes are uneven is moved by hours; the test below sees to that.
        let is_plain = after.starts_by_hours && offsets.into_iter().all(is_within);
        let is_alone = end < self.before && end < after.clear_end && stretch.clear_start <= self.from;
        let is_calm = || self.disturbance_from_month_of(day).is_none_or(|disturbance| disturbance.first_day > day + 1);
        (is_plain && is_alone && is_calm()).then_some(ChangingDay { day, offsets, change })
    }

    /// All runs of a day with a clock change: those before it in the old time, those after it in the new.
    fn parts(&mut self, changing: &ChangingDay, into: &mut impl Sink) -> Step {
        let &ChangingDay { day, offsets, change } = changing;
        let midnights = offsets.map(|offset| midnight_of(day, offset));
        if self.plan.fits(Date::from_days(day), weekday(day)) {
            let until = self.times.partition_point(|time| midnights[0] + *time < change);
            let from = self.times.partition_point(|time| midnights[1] + *time < change);
            let parts = [&self.times[..until], &self.times[from..]];
            for (midnight, times) in midnights.into_iter().zip(parts) {
                let (Some(&first), Some(&last)) = (times.first(), times.last()) else { continue };
                if !self.is_within_years(midnight + first) {
                    return Step::Ended(Ending::Exhausted);
                }
                into.days(midnight, 1, times);
                (self.last, self.from) = (midnight + last, midnight + last);
            }
        }
        self.from = midnights[1] + Seconds::DAY - Seconds::new(1);
        Step::Goes
    }

    /// The first clock change that touches a midnight from the last day of the month before on.
    fn disturbance_from_month_of(&self, day: i64) -> Option<Disturbance> {
        if self.table.is_undisturbed() {
            return None;
        }
        self.table.disturbance_from(day - i64::from(Date::from_days(day).day))
    }

    /// The runs that are left before the first midnight of `days`, one search each.
    fn until_midnight(&mut self, days: &EvenDays, into: &mut impl Sink) -> Step {
        let until = days.midnight_of(days.first);
        if self.from >= until - Seconds::DAY + self.times[self.times.len() - 1] {
            self.from = until - Seconds::new(1);
            return Step::Goes;
        }
        loop {
            match self.next() {
                Ok(run) if run >= until => {
                    self.from = until - Seconds::new(1);
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

    fn take(&mut self, run: Instant, into: &mut impl Sink) {
        if run > self.start {
            into.run(run);
        }
        (self.last, self.from) = (run, run);
    }

    fn next(&self) -> Result<Instant, Step> {
        match next_in_chain(self.plan, self.table, self.from) {
            Ok(run) if !self.is_within_years(run) => Err(Step::Ended(Ending::Exhausted)),
            Ok(run) if run >= self.before => Err(Step::PastEnd),
            Ok(run) => Ok(run),
            Err(ending) => Err(Step::Ended(ending)),
        }
    }

    /// Whether a search that begins at the last run would look as far as `run`.
    fn is_within_years(&self, run: Instant) -> bool {
        run - self.last < Seconds::DAY * 365 * i64::from(YEARS_AHEAD)
            || self.year(run) <= self.year(self.last + Seconds::new(1)) + YEARS_AHEAD
    }

    fn year(&self, at: Instant) -> i32 {
        at.local(self.table.at(at).offset).date().year
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
                let midnight = |bit: u32| days.midnight_of(first - 1 + i64::from(bit));
                if !self.is_within_years(midnight(fit.trailing_zeros()) + self.times[0]) {
                    // A search from the last run would not look so far.
                    return Step::Ended(Ending::Exhausted);
                }
                into.days(midnight(0), fit, self.times);
                let last = midnight(31 - fit.leading_zeros()) + self.times[self.times.len() - 1];
                (self.last, self.from) = (last, last);
            }
            wanted = u32::MAX;
            first += i64::from(days_in_month(year, month));
            (year, month) = if month == 12 { (year + 1, 1) } else { (year, month + 1) };
        }
        self.from = self.from.max(days.midnight_of(days.end) - Seconds::new(1));
        Step::Goes
    }
}

fn midnight_of(day: i64, offset: i32) -> Instant {
    LocalSecond::new(day, 0).instant(offset)
}

#[cfg(test)]
mod tests {
    use crate::schedule::time::Instant;
    use crate::schedule::zone::Zone;

    #[test]
    fn no_clock_is_moved_by_hours_while_its_minutes_are_uneven() {
        let mut uneven = 0;
        for name in Zone::names() {
            let table = Zone::load(name).expect("a known zone").table();
            let mut stretch = table.at(Instant::MIN);
            while stretch.end < Instant::MAX {
                let after = table.at(stretch.end);
                uneven += usize::from(stretch.is_uneven);
                assert!(!(stretch.is_uneven && after.starts_by_hours), "{name} at {:?}", stretch.end);
                stretch = after;
            }
        }
        assert!(uneven > 0, "Monrovia's were, up to 1972");
    }
}
