//! Whether a CronJob's runs start, and what keeps them from it.

use super::{TimeZone, Timetable};
use crate::k8s::Problem;
use crate::k8s::defaulted::CronJob;
use crate::k8s::objects::CronJobSpec;
use crate::k8s::validation::Verdict;
use crate::schedule::{Expression, ExpressionError, Instant, Seconds, Zone, ZoneError};
use crate::text::{Location, Message, quote};

/// What the CronJob controller makes of a CronJob.
#[derive(Debug)]
#[non_exhaustive]
pub struct Outlook<'a> {
    /// What the CronJob does.
    pub spec: CronJobSpec<'a>,
    /// The field `timeZone`, where Kubernetes knows such a zone.
    pub time_zone: Option<TimeZone<'a>>,
    /// When it runs, where Kubernetes understands its schedule.
    pub timetable: Option<Timetable<'a>>,
    /// Whether it is suspended.
    pub suspended: bool,
    /// Why every run misses its starting deadline, if it does.
    pub unmet: Option<Unmet>,
}

/// A starting deadline that no run meets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[non_exhaustive]
pub enum Unmet {
    /// Of 0 seconds: the controller comes to look later than that.
    Zero,
    /// Shorter than the time between two runs of `@every`: the controller counts them from the deadline's edge, so that
    /// the next run lies in the future for ever.
    BelowEvery {
        /// The deadline.
        deadline: Seconds,
        /// The time between two runs.
        every: Seconds,
    },
}

/// Why a CronJob never runs.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[non_exhaustive]
pub enum Never {
    /// It has no schedule.
    NoSchedule,
    /// Something fills in this text, and when it runs is not known before.
    FilledIn(Box<str>),
    /// Kubernetes does not understand its schedule.
    Schedule(ExpressionError),
    /// Kubernetes does not know its time zone.
    TimeZone(ZoneError),
    /// The API server refuses it, and says so of this field.
    Refused {
        /// The field as the server names it.
        field: String,
        /// What is wrong with it.
        message: Message,
    },
    /// It is suspended.
    Suspended,
    /// No run meets its starting deadline.
    Unmet(Unmet),
    /// When it runs is not known.
    Undecided(Box<Undecided>),
}

/// What decides when a CronJob runs, and is not known.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[non_exhaustive]
pub struct Undecided {
    /// What it decides.
    pub unsaid: Unsaid,
    /// Where it is written, where that is known.
    pub at: Option<Location>,
    /// How it is written, where somebody knows.
    pub by: Option<Box<str>>,
}

/// What is not known of when a CronJob runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum Unsaid {
    /// Its schedule.
    Schedule,
    /// Its time zone.
    TimeZone,
}

impl Unsaid {
    /// The field of its `spec`.
    pub(crate) const fn field(self) -> &'static str {
        match self {
            Self::Schedule => "schedule",
            Self::TimeZone => "timeZone",
        }
    }
}

impl Undecided {
    /// Something at a place that nobody has told the words of.
    pub(crate) const fn new(unsaid: Unsaid, at: Option<Location>) -> Self {
        Self { unsaid, at, by: None }
    }

    /// Moves it to where the text was written that it was found in, in words that were written there.
    pub(crate) fn move_to(
        &mut self,
        written: impl Fn(&Location) -> Location,
        words: impl Fn(&Location) -> Option<String>,
    ) {
        if let Some(at) = &mut self.at {
            self.by = words(at).map(Into::into).or(self.by.take());
            *at = written(at);
        }
    }

    /// What it decides and how it is written, as people are told of it.
    #[must_use]
    pub fn words(&self) -> String {
        let what = match self.unsaid {
            Unsaid::Schedule => "a schedule",
            Unsaid::TimeZone => "a time zone",
        };
        match &self.by {
            Some(by) => format!("{what} that is not known: {} decides it", quote(by)),
            None => format!("{what} that is not known"),
        }
    }
}

impl Never {
    /// Why the server refuses an object, by the first cause that is wanted.
    #[must_use]
    pub fn refused(verdict: &Verdict, wanted: impl Fn(&Problem) -> bool) -> Option<Self> {
        let cause = verdict.causes().find(|problem| wanted(problem))?;
        Some(Self::Refused { field: cause.field.clone(), message: cause.message.clone() })
    }
}

impl<'a> Outlook<'a> {
    /// Looks at a CronJob; `now` is where its next runs begin, and `controller` the controller's zone, where it is known.
    #[must_use]
    pub fn of(spec: CronJobSpec<'a>, now: Instant, controller: Option<Zone>) -> Self {
        let time_zone = TimeZone::read(spec);
        let timetable = Timetable::read(spec, (time_zone, controller), now);
        let unmet = unmet(spec, timetable.as_ref());
        Self { spec, time_zone, timetable, suspended: CronJob::of(spec).is_suspended, unmet }
    }

    /// Why it never runs; `None` where its timetable holds. `refusal` is why the server does not take it, if it does not:
    /// a schedule that is refused is told for what is wrong with it.
    #[must_use]
    pub fn never(&self, refusal: Option<Never>) -> Option<Never> {
        let Some(schedule) = self.spec.schedule() else { return Some(Never::NoSchedule) };
        if self.time_zone.is_none()
            && let Some(Err(error)) = self.spec.time_zone().map(|zone| Zone::load(zone.value))
        {
            return Some(Never::TimeZone(error));
        }
        if self.timetable.is_none()
            && let Err(error) = Expression::parse(schedule.value)
        {
            return Some(Never::Schedule(error));
        }
        let own = if self.suspended { Some(Never::Suspended) } else { self.unmet.map(Never::Unmet) };
        refusal.or(own)
    }
}

fn unmet(spec: CronJobSpec<'_>, timetable: Option<&Timetable<'_>>) -> Option<Unmet> {
    let deadline = Seconds::new(spec.starting_deadline_seconds()?.value);
    Unmet::of(deadline, timetable.and_then(|timetable| Some(timetable.expression.every()?.distance)))
}

impl Unmet {
    /// Why no run meets this deadline, if none does, where runs are so far apart by `@every`.
    #[must_use]
    pub fn of(deadline: Seconds, every: Option<Seconds>) -> Option<Self> {
        if deadline == Seconds::default() {
            return Some(Self::Zero);
        }
        let every = every.filter(|every| Seconds::default() < deadline && deadline < *every)?;
        Some(Self::BelowEvery { deadline, every })
    }
}

#[cfg(test)]
mod tests {
    use super::{Never, Outlook, Unmet};
    use crate::k8s::Objects;
    use crate::schedule::{Instant, Seconds};
    use crate::yaml::parse;

    fn never(spec: &str) -> Option<Never> {
        let file = parse(&format!("{{apiVersion: batch/v1, kind: CronJob, metadata: {{name: a}}, spec: {{{spec}}}}}"));
        let objects = Objects::of(&file.documents[0]);
        let spec = objects.manifests(&file.documents[0]).next().and_then(|manifest| manifest.cron_job());
        Outlook::of(spec.expect("a CronJob"), Instant::from_unix(0), None).never(None)
    }

    #[test]
    fn what_keeps_runs_from_starting_is_told_in_one_place() {
        assert_eq!(never("schedule: '@every 1h'"), None);
        assert_eq!(never("suspend: true, schedule: '@every 1h'"), Some(Never::Suspended));
        assert_eq!(never("schedule: '0 0 * * *', startingDeadlineSeconds: 0"), Some(Never::Unmet(Unmet::Zero)));
        assert_eq!(never("schedule: '0 0 * * *', startingDeadlineSeconds: 100"), None);
        let below = Unmet::BelowEvery { deadline: Seconds::new(100), every: Seconds::HOUR };
        assert_eq!(never("schedule: '@every 1h', startingDeadlineSeconds: 100"), Some(Never::Unmet(below)));
        assert_eq!(never("schedule: '@every 1h', startingDeadlineSeconds: 3600"), None);
        assert_eq!(never("suspend: false"), Some(Never::NoSchedule));
        assert!(matches!(never("schedule: '0 24 * * *'"), Some(Never::Schedule(_))));
        assert!(matches!(never("schedule: '0 2 * * *', timeZone: Nowhere/City"), Some(Never::TimeZone(_))));
    }
}
