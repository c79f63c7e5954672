//! When a CronJob runs, read once for all rules that ask.

use std::sync::OnceLock;

use crate::k8s::objects::{CronJobSpec, Field};
use crate::schedule::{Expression, Instant, Location, Schedule, Seconds, Zone};
use crate::sort;
use crate::text::Span;

/// The runs that start a Job: of those in one minute the first, since a Job is named after its minute.
pub fn starts(runs: impl IntoIterator<Item = Instant>) -> impl Iterator<Item = Instant> {
    let mut last = None;
    runs.into_iter().filter(move |run| {
        let minute = run.unix().div_euclid(Seconds::MINUTE.get());
        last.replace(minute) != Some(minute)
    })
}

/// How many runs start a Job between two instants, and the last of them.
#[must_use]
pub fn count_starts(schedule: &Schedule, after: Instant, before: Instant) -> (u64, Option<Instant>) {
    let last = schedule.last_between(after, before);
    let (Some(last), Some(every)) = (last, schedule.every().filter(|every| *every < Seconds::MINUTE)) else {
        return (schedule.count_between(after, before), last);
    };
    // In every minute there is one; the first of them starts a Job.
    let minute = |run: Instant| run.unix().div_euclid(Seconds::MINUTE.get());
    let of_minute = last.unix().rem_euclid(Seconds::MINUTE.get());
    let earlier = (of_minute / every.get()).min((last - after).get() / every.get() - 1);
    ((minute(last) - minute(after + every) + 1).unsigned_abs(), Some(last - every * earlier))
}

/// A CronJob's `timeZone`, where Kubernetes knows such a zone.
#[derive(Debug, Clone, Copy)]
pub struct TimeZone<'a> {
    /// The field.
    pub written: Field<'a, &'a str>,
    /// The zone of that name.
    pub zone: Zone,
}

impl<'a> TimeZone<'a> {
    /// Looks the zone up.
    #[must_use]
    pub fn read(spec: CronJobSpec<'a>) -> Option<Self> {
        let written = spec.time_zone()?;
        Some(Self { written, zone: Zone::load(written.value).ok()? })
    }
}

/// A CronJob's schedule that Kubernetes understands, with its time zone.
#[derive(Debug)]
pub struct Timetable<'a> {
    /// What the CronJob does.
    pub spec: CronJobSpec<'a>,
    /// The field `schedule`.
    pub written: Field<'a, &'a str>,
    /// The schedule as read.
    pub expression: Expression,
    /// The field `timeZone`.
    pub time_zone: Option<TimeZone<'a>>,
    /// The controller's zone, where it is known.
    controller: Option<Zone>,
    now: Instant,
    schedule: OnceLock<Schedule>,
    next_runs: OnceLock<Vec<Instant>>,
}

impl<'a> Timetable<'a> {
    /// Reads the schedule, of which the next runs are those after `now`; `None` where Kubernetes does not understand it.
    /// Its zone is the CronJob's own, or the controller's, as far as they are known.
    #[must_use]
    pub fn read(
        spec: CronJobSpec<'a>,
        (time_zone, controller): (Option<TimeZone<'a>>, Option<Zone>),
        now: Instant,
    ) -> Option<Self> {
        let written = spec.schedule()?;
        let expression = Expression::parse(written.value).ok()?;
        let (schedule, next_runs) = (OnceLock::new(), OnceLock::new());
        Some(Self { spec, written, expression, time_zone, controller, now, schedule, next_runs })
    }

    /// The zone that it runs in: `timeZone`, or else the controller's, which is UTC in its official image.
    #[must_use]
    pub fn zone(&self) -> Zone {
        self.time_zone.map(|time_zone| time_zone.zone).or(self.controller).unwrap_or_else(Zone::utc)
    }

    /// The controller's zone, where the schedule runs by it and somebody told which one it is.
    #[must_use]
    pub fn told_zone(&self) -> Option<Zone> {
        self.controller.filter(|_| self.lacks_zone())
    }

    /// The zone that is set, or told of the controller; nothing where UTC is only taken.
    #[must_use]
    pub fn certain_zone(&self) -> Option<Zone> {
        let in_schedule = self.expression.location().map(Location::zone);
        in_schedule.or_else(|| self.time_zone.map(|time_zone| time_zone.zone)).or(self.told_zone())
    }

    /// Whether the zone is left to the controller.
    #[must_use]
    pub fn lacks_zone(&self) -> bool {
        !self.spec.slots().time_zone().is_set() && self.expression.location().is_none()
    }

    /// The schedule in its zone.
    pub fn schedule(&self) -> &Schedule {
        self.schedule.get_or_init(|| Schedule::new(&self.expression, self.zone()))
    }

    /// Whether there is a next run at all, which is known sooner than a hundred.
    #[must_use]
    pub fn runs_again(&self) -> bool {
        self.schedule().runs_after(self.now).any(|run| run > self.now)
    }

    /// How many of the next runs are looked at.
    pub const RUNS: usize = 100;

    /// The next hundred runs, or as many as there are: they show the rhythm of hours, days and months.
    pub fn next_runs(&self) -> &[Instant] {
        // At a clock change the first answer may lie behind.
        let ahead = || self.schedule().runs_after(self.now).filter(|run| *run > self.now);
        // Where in its minute `@every` begins is the creation's choice: the first gap tells nothing.
        let skipped = usize::from(self.expression.every().is_some_and(|every| every.distance < Seconds::MINUTE));
        self.next_runs.get_or_init(|| starts(ahead()).skip(skipped).take(Self::RUNS).collect())
    }

    /// The shortest time between two of the next runs; `None` where there are not two.
    #[must_use]
    pub fn shortest_gap(&self) -> Option<Seconds> {
        self.gaps().min()
    }

    /// The longest time between two of the next runs; `None` where there are not two.
    #[must_use]
    pub fn longest_gap(&self) -> Option<Seconds> {
        self.gaps().max()
    }

    /// The time between two of the next runs, if that is the rule and no exception: half of them are no longer.
    #[must_use]
    pub fn usual_gap(&self) -> Option<Seconds> {
        let mut gaps: Vec<Seconds> = self.gaps().collect();
        sort::ascending(&mut gaps);
        gaps.get(gaps.len() / 2).copied()
    }

    fn gaps(&self) -> impl Iterator<Item = Seconds> {
        self.next_runs().windows(2).map(|pair| pair[1] - pair[0])
    }

    /// The bytes in the file of a part of the schedule.
    #[must_use]
    pub fn place(&self, part: Span) -> Span {
        self.written.raw.span_within(part.range())
    }
}
