//! A zone's clock changes as a table that answers in a few nanoseconds.

use std::ops::Range;

use crate::schedule::calendar::{DAY, Date, days_from, weekday};
use crate::schedule::time::{Instant, LocalSecond, Seconds};

use super::changes::{FIRST, Listed};

/// The last year for which the table repeats the rules of the years before.
const LAST_YEAR: i32 = 2200;
const HOUR: i64 = 3_600;
/// 2^22 seconds, 48 days: the table has an index for each such stretch of time.
const BUCKET_BITS: u32 = 22;

/// A stretch of time in which the clock runs evenly.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Stretch {
    /// Its first second.
    pub(crate) start: Instant,
    /// The first second of the next one.
    pub(crate) end: Instant,
    /// The first second whose local hour comes once only and has begun in this stretch's own time.
    pub(crate) clear_start: Instant,
    /// The first second whose local time comes again after the end.
    pub(crate) clear_end: Instant,
    /// Seconds east of UTC.
    pub(crate) offset: i32,
    /// Whether local minutes do not begin with those of UTC (Monrovia, up to 1972).
    pub(crate) is_uneven: bool,
    /// Whether the change at its start moves the clock by whole hours on the hour, if at all, days after any other: a
    /// search steps across it to the next hour that fits, as if the clock's times were read off one by one.
    pub(crate) starts_by_hours: bool,
    abbreviation: u16,
}

/// All stretches of a zone.
#[derive(Debug)]
pub(crate) struct Table {
    stretches: Vec<Stretch>,
    buckets: Vec<u16>,
    abbreviations: Vec<&'static str>,
    disturbed: Vec<Disturbance>,
}

/// Local days whose midnight a change touches: the search for runs does not pass them as it passes others.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Disturbance {
    /// The first such day, counted from 1970-01-01.
    pub(crate) first_day: i64,
    /// The last such day.
    pub(crate) last_day: i64,
}

impl Table {
    /// The table of what is listed of a zone.
    pub(super) fn build(listed: &Listed) -> Self {
        let mut builder = Builder::default();
        for &(at, offset, abbreviation) in &listed.changes {
            builder.push(at, offset, abbreviation);
        }
        builder.repeat_last_rules(listed.until);
        builder.finish()
    }

    /// The stretch that holds an instant.
    pub(crate) fn at(&self, instant: Instant) -> &Stretch {
        let bucket = (instant.unix().saturating_sub(FIRST) >> BUCKET_BITS).clamp(0, self.buckets.len() as i64 - 1);
        let mut index = usize::from(self.buckets[bucket as usize]);
        while self.stretches[index].end <= instant && index + 1 < self.stretches.len() {
            index += 1;
        }
        &self.stretches[index]
    }

    /// Go's `time.Date`: the instant at which the clock shows a time.
    pub(crate) fn resolve(&self, local: LocalSecond) -> Instant {
        // The first guess takes the clock for one of UTC.
        let stretch = self.at(local.instant(0));
        let instant = local.instant(stretch.offset);
        if stretch.start <= instant && instant < stretch.end {
            return instant;
        }
        local.instant(self.at(instant).offset)
    }

    /// Whether no change touches a midnight.
    pub(crate) fn is_undisturbed(&self) -> bool {
        self.disturbed.is_empty()
    }

    /// The first disturbance that ends on `day` or later.
    pub(crate) fn disturbance_from(&self, day: i64) -> Option<Disturbance> {
        let index = self.disturbed.partition_point(|disturbance| disturbance.last_day < day);
        self.disturbed.get(index).copied()
    }

    /// The changes in a range of time, each with the stretch before and after it.
    pub(super) fn changes(&self, range: Range<Instant>) -> impl Iterator<Item = (&Stretch, &Stretch)> {
        let first = self.stretches.partition_point(|stretch| stretch.start < range.start).max(1);
        let tail = self.stretches.get(first - 1..).unwrap_or_default();
        tail.windows(2).map(|pair| (&pair[0], &pair[1])).take_while(move |(_, after)| after.start < range.end)
    }

    pub(super) fn abbreviation(&self, stretch: &Stretch) -> &'static str {
        self.abbreviations[usize::from(stretch.abbreviation)]
    }
}

/// A table as it grows.
#[derive(Default)]
struct Builder {
    changes: Vec<(i64, i32, u16)>,
    abbreviations: Vec<&'static str>,
}

impl Builder {
    fn push(&mut self, at: i64, offset: i32, abbreviation: &'static str) {
        let known = self.abbreviations.iter().position(|known| *known == abbreviation);
        let index = known.unwrap_or_else(|| {
            self.abbreviations.push(abbreviation);
            self.abbreviations.len() - 1
        });
        let index = u16::try_from(index).unwrap_or(0);
        if self.changes.last().is_none_or(|&(_, last, named)| (last, named) != (offset, index)) {
            self.changes.push((at, offset, index));
        }
    }

    /// Years after the last that is listed have the changes of a listed year whose days have the same weekdays from March
    /// on: rules are of the kind "last Sunday in March". Twelve years hold each of the seven possible calendars.
    fn repeat_last_rules(&mut self, until: i32) {
        let models = until - 11..=until;
        let year_of = |&(at, _, _): &(i64, i32, u16)| Date::from_days(at.max(FIRST).div_euclid(DAY)).year;
        let known: Vec<_> = self.changes.iter().copied().filter(|change| models.contains(&year_of(change))).collect();
        let march = |year: i32| days_from(i64::from(year), 3, 1);
        for year in until + 1..=LAST_YEAR {
            let Some(model) = models.clone().rev().find(|&model| weekday(march(model)) == weekday(march(year))) else {
                continue;
            };
            let shift = (march(year) - march(model)) * DAY;
            let repeated = known.iter().filter(|change| year_of(change) == model);
            self.changes.extend(repeated.map(|&(at, offset, name)| (at + shift, offset, name)));
        }
    }

    fn finish(self) -> Table {
        let changes = &self.changes;
        let mut stretches = Vec::with_capacity(changes.len());
        let mut disturbed: Vec<Disturbance> = Vec::new();
        for (index, &(start, offset, abbreviation)) in changes.iter().enumerate() {
            let end = changes.get(index + 1).map_or(Instant::MAX, |next| Instant::from_unix(next.0));
            let before = index.checked_sub(1).map_or(offset, |before| changes[before].1);
            let after = changes.get(index + 1).map_or(offset, |next| next.1);
            let overlap = |from: i32, to: i32| Seconds::new(i64::from((from - to).max(0)));
            let clear_start = Instant::from_unix(start).saturating_add(overlap(before, offset));
            let clear_end = end - overlap(offset, after);
            let is_uneven = offset % 60 != 0;
            let near = index > 0 && start.saturating_sub(changes[index - 1].0) < 3 * DAY;
            let on_the_hour = i64::from(before - offset) % HOUR == 0 && (start % HOUR + i64::from(offset)) % HOUR == 0;
            let starts_by_hours = !near && (before == offset || on_the_hour);
            stretches.push(Stretch {
                start: Instant::from_unix(start),
                end,
                clear_start,
                clear_end,
                offset,
                is_uneven,
                starts_by_hours,
                abbreviation,
            });

            if index > 0 && before != offset {
                disturbed.extend(disturbance(start, before, offset));
            }
        }
        Table { buckets: buckets(&stretches), stretches, abbreviations: self.abbreviations, disturbed }
    }
}

/// The days whose midnight lies in or beside the local times that a change skips or repeats.
fn disturbance(at: i64, before: i32, after: i32) -> Option<Disturbance> {
    let (low, high) = (at + i64::from(before.min(after)), at + i64::from(before.max(after)));
    let first_day = (low - 1).div_euclid(DAY) + 1;
    let last_day = high.div_euclid(DAY);
    (first_day <= last_day).then_some(Disturbance { first_day, last_day })
}

fn buckets(stretches: &[Stretch]) -> Vec<u16> {
    let last = stretches.last().map_or(FIRST, |stretch| stretch.start.unix().max(FIRST));
    let count = ((last - FIRST) >> BUCKET_BITS) + 2;
    let mut index = 0;
    (0..count)
        .map(|bucket| {
            let start = FIRST + (bucket << BUCKET_BITS);
            while stretches[index].end.unix() <= start && index + 1 < stretches.len() {
                index += 1;
            }
            u16::try_from(index).unwrap_or(u16::MAX)
        })
        .collect()
}
