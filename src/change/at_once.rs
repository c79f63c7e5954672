//! What the controllers do as soon as they see a change.

use super::Question;
use super::runs::{States, starts_none};
use crate::controller::{
    Assumptions, Beginning, CronJob, Delay, Event, JobEnd, JobEvent, Live, Moment, Object, Scenario, What as Does,
    Work, simulate,
};
use crate::k8s::format::instant;
use crate::k8s::objects::JobSpec;
use crate::k8s::validation::Standing;
use crate::k8s::{Manifest, Version};
use crate::schedule::{Instant, Seconds};

/// Something that happens because of a change, and does not wait for the next run.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Happening {
    /// What.
    pub what: What,
    /// When.
    pub at: Instant,
    /// Whether it waits for the controller's next look: of another schedule, that is when the one before would have run.
    pub waits: bool,
    /// What it rests on, and what comes of it: a sentence.
    pub message: String,
}

impl Happening {
    /// When the run of the past was due that it starts, if it does.
    pub(super) const fn run(&self) -> Option<Instant> {
        match self.what {
            What::RunStarts { scheduled } => Some(scheduled),
            _ => None,
        }
    }
}

/// What happens at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum What {
    /// A run of the past starts.
    RunStarts {
        /// When it was due.
        scheduled: Instant,
    },
    /// Pods start.
    PodsStart,
    /// Pods are stopped.
    PodsStop,
    /// Jobs that have ended are deleted.
    JobsDeleted,
    /// A Job fails.
    JobFails,
}

impl What {
    /// The word in the machine-readable output.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::RunStarts { .. } => "run-starts",
            Self::PodsStart => "pods-start",
            Self::PodsStop => "pods-stop",
            Self::JobsDeleted => "jobs-deleted",
            Self::JobFails => "job-fails",
        }
    }
}

pub(super) fn of(states: &States, old: Manifest<'_>, standing: Standing, question: &Question) -> Vec<Happening> {
    match states.cron_jobs(Version::NEWEST) {
        Some([before, after]) => of_cron_job(before, after, History::of(old), question),
        None => of_job(states, old, standing, question),
    }
}

/// When a CronJob was made and last ran, as far as that is told.
struct History {
    created: Option<Instant>,
    last_schedule: Option<Instant>,
    /// Whether it would be told, had it ever run: a cluster prints a status, and when it made the object.
    is_told: bool,
}

impl History {
    fn of(old: Manifest<'_>) -> Self {
        let time = |parent: &str, field: &str| old.root.get(parent)?.value.get(field)?.value.as_str().and_then(instant);
        let (created, last_schedule) = (time("metadata", "creationTimestamp"), time("status", "lastScheduleTime"));
        let has_status = old.root.get("status").is_some_and(|status| !status.value.is_null());
        Self { created, last_schedule, is_told: last_schedule.is_some() || created.is_some() && has_status }
    }
}

/// Until then, all is at once.
const SOON: Seconds = Seconds::new(60);

/// A CronJob of which nothing is told has been there for so long.
const LONG: Seconds = Seconds::new(366 * 86_400);

fn of_cron_job(before: CronJob, after: CronJob, history: History, question: &Question) -> Vec<Happening> {
    let mut happenings = pruned(&before, &after, question.from);
    // The controllers are there, and have done what there was to do.
    let begins = question.from - Seconds::new(1);
    let created = history.created.unwrap_or(begins - LONG).min(begins);
    let ran = || before.schedule.as_ref()?.last_between(created, question.from);
    let started_none = starts_none(&before);
    let may_have_run = !history.is_told && !started_none;
    let last_schedule = history.last_schedule.or_else(|| ran().filter(|_| may_have_run));
    // What is due at that very moment by the schedule before starts with the change or without.
    let was_next = before.schedule.as_ref().filter(|_| !started_none).and_then(|schedule| schedule.next_after(begins));
    let due = was_next.filter(|next| *next == question.from);
    // With the next run of its own, what it has left out before is over.
    let next = after.schedule.as_ref().and_then(|schedule| schedule.next_after(question.from));
    let day = question.from + Seconds::new(86_400);
    let until = next.filter(|next| *next < question.from + LONG).unwrap_or(day);
    let scenario = Scenario {
        object: Object::CronJob(before.clone()),
        beginning: Beginning::Live(Live { at: Moment::of(begins), created, last_schedule, jobs: Vec::new() }),
        until: Moment::of(until),
        assumptions: Assumptions {
            work: Work::Jobs(&|_| JobEnd { after: Delay::from_seconds(1), fails: false }),
            latency: Delay::default(),
            repeats: None,
        },
        outages: Vec::new(),
        changes: vec![(Moment::of(question.from), Object::CronJob(after))],
    };
    simulate(&scenario, &mut |event: Event| {
        let Does::Job(job, JobEvent::Created) = event.what else { return };
        let Some(scheduled) = job.scheduled.filter(|run| *run <= question.from && Some(*run) != due) else { return };
        if event.at >= Moment::of(question.from) {
            let rests = match history.last_schedule {
                Some(_) => "as the last run is older",
                None if history.is_told => "as it has not run yet",
                None if before.is_suspended => "unless it has run since",
                None if started_none => "as its deadline let none start before",
                None => "as the schedule before did not have it",
            };
            let (what, message) = (What::RunStarts { scheduled }, rests.to_owned());
            let waits = event.at >= Moment::of(question.from + SOON);
            happenings.push(Happening { what, at: event.at.instant(), waits, message });
        }
    });
    happenings
}

/// Finished Jobs that a smaller history has no room for.
fn pruned(before: &CronJob, after: &CronJob, at: Instant) -> Vec<Happening> {
    let limits = [
        ("succeeded", before.successful_jobs_history_limit, after.successful_jobs_history_limit),
        ("failed", before.failed_jobs_history_limit, after.failed_jobs_history_limit),
    ];
    let fewer = limits.into_iter().filter(|(_, before, after)| after < before);
    let happening = |(how, before, after): (&str, i32, i32)| {
        let kept = match after {
            0 => "none is".to_owned(),
            1 => "1 is".to_owned(),
            _ => format!("{after} are"),
        };
        let message =
            format!("of the Jobs that {how} {kept} kept, not {before}: older ones are deleted with their logs");
        Happening { what: What::JobsDeleted, at, waits: false, message }
    };
    fewer.map(happening).collect()
}

fn of_job(states: &States, old: Manifest<'_>, standing: Standing, question: &Question) -> Vec<Happening> {
    let facts = states.each(|manifest| manifest.job().map(Facts::of));
    let [Some(before), Some(after)] = facts else { return Vec::new() };
    let happening = |what, message: String| Happening { what, at: question.from, waits: false, message };
    let mut all = Vec::new();
    match (before.is_suspended, after.is_suspended) {
        (true, false) => all.push(happening(What::PodsStart, "the Job is no longer suspended, and starts".to_owned())),
        (false, true) if standing.started => {
            all.push(happening(What::PodsStop, "the Job is suspended, and what runs of it is stopped".to_owned()));
        }
        (false, false) if standing.started && before.parallelism != after.parallelism => {
            let what = if after.parallelism > before.parallelism { What::PodsStart } else { What::PodsStop };
            let message = format!("{} pods may run at a time, not {}", after.parallelism, before.parallelism);
            all.push(happening(what, message));
        }
        _ => {}
    }
    let started =
        old.root.get("status").and_then(|status| status.value.get("startTime")?.value.as_str().and_then(instant));
    if let (Some(started), Some(deadline)) = (started, after.deadline)
        && before.deadline != Some(deadline)
        && question.from - started >= Seconds::new(deadline)
    {
        let message = format!("the Job has been active for longer than {deadline} seconds, and fails");
        all.push(happening(What::JobFails, message));
    }
    all
}

/// What decides on a Job that runs.
struct Facts {
    is_suspended: bool,
    parallelism: i32,
    deadline: Option<i64>,
}

impl Facts {
    fn of(job: JobSpec<'_>) -> Self {
        Self {
            is_suspended: job.suspend().is_some_and(|suspend| suspend.value),
            parallelism: job.parallelism().map_or(1, |parallelism| parallelism.value),
            deadline: job.active_deadline_seconds().map(|deadline| deadline.value),
        }
    }
}
