//! What happens, as programs read it: the names of the recordings of Kubernetes' own controllers.

use serde::Serialize;

use crate::controller::{CronJobEvent, Event, Failure, JobEvent, JobName, Moment, PodEvent, What};
use crate::render::when::rfc3339_utc;

/// A moment as seconds since 1970, with a fraction where there is one.
#[derive(Debug, Clone, Copy)]
pub(super) struct Seconds(pub(super) Moment);

impl Serialize for Seconds {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let millis = self.0.millis();
        if millis % 1_000 == 0 {
            serializer.serialize_i64(millis / 1_000)
        } else {
            serializer.serialize_f64(millis as f64 / 1_000.0)
        }
    }
}

/// An event; what there is not to say of it is left out.
#[derive(Serialize)]
pub(super) struct Told {
    pub(super) at: Seconds,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) utc: Option<String>,
    pub(super) what: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) job: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) pod: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) index: Option<i32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) detail: Option<String>,
}

impl Told {
    /// An event, where Jobs have these names: the beginning of a CronJob's, and that of a Job of its own; `None` for what
    /// makes no difference.
    pub(super) fn of(event: Event, names: [&str; 2]) -> Option<Self> {
        let (what, job, pod, detail) = match event.what {
            What::Changed => ("changed", None, None, None),
            What::Job(job, event) => {
                let (what, detail) = of_job(job, event);
                (what, Some(job), None, detail)
            }
            What::Pod(job, pod, event) => {
                let (what, detail) = of_pod(event);
                (what, Some(job), Some(pod), detail)
            }
            What::CronJob(event) => {
                let (what, detail) = of_cron_job(event)?;
                (what, None, None, detail)
            }
        };
        Some(Self {
            at: Seconds(event.at),
            utc: None,
            what,
            job: job.map(|job| name(job, names)),
            pod: pod.map(|pod| pod.number),
            index: pod.and_then(|pod| pod.index),
            detail,
        })
    }
}

/// The name of a CronJob's Job ends in the minute that it is for; one of its own has a name of its own.
fn name(name: JobName, [of_cron_job, own]: [&str; 2]) -> String {
    name.minute().map_or_else(|| own.to_owned(), |minute| format!("{of_cron_job}-{minute}"))
}

/// What happens to a Job, and what there is to say of it.
fn of_job(job: JobName, event: JobEvent) -> (&'static str, Option<String>) {
    let reason = |name: &str| Some(name.to_owned());
    match event {
        JobEvent::Created => ("job-created", job.scheduled.map(rfc3339_utc)),
        JobEvent::Suspended => ("job-suspended", reason("JobSuspended")),
        JobEvent::Resumed => ("job-suspended", reason("not: JobResumed")),
        JobEvent::FailureTarget(why) => ("job-failureTarget", reason(why.name())),
        JobEvent::Failed(why) => ("job-failed", reason(why.name())),
        JobEvent::SuccessCriteriaMet(why) => ("job-successCriteriaMet", reason(why.name())),
        JobEvent::Complete(why) => ("job-complete", reason(why.name())),
        JobEvent::Gone(_) => ("job-gone", None),
    }
}

/// What happens to a pod, and what there is to say of it.
fn of_pod(event: PodEvent) -> (&'static str, Option<String>) {
    let exit = |code: i32| Some(format!("exit {code}"));
    match event {
        PodEvent::Created => ("pod-created", None),
        PodEvent::Running => ("pod-running", None),
        PodEvent::ContainerFailed(code) => ("container-failed", exit(code)),
        PodEvent::Succeeded => ("pod-succeeded", None),
        PodEvent::Failed(Failure::Exit(code)) => ("pod-failed", exit(code)),
        PodEvent::Failed(Failure::Disrupted) => ("pod-failed", Some("disrupted".to_owned())),
        PodEvent::Failed(Failure::Terminated) => ("pod-failed", Some("terminated".to_owned())),
        PodEvent::Terminating => ("pod-terminating", None),
        PodEvent::Gone => ("pod-gone", None),
    }
}

/// What the CronJob controller says, by the names of Kubernetes' events. That it has seen a Job end is no news.
fn of_cron_job(event: CronJobEvent) -> Option<(&'static str, Option<String>)> {
    match event {
        CronJobEvent::AlreadyActive(run) => Some(("JobAlreadyActive", Some(rfc3339_utc(run)))),
        CronJobEvent::Missed(run) => Some(("MissSchedule", Some(rfc3339_utc(run)))),
        CronJobEvent::TooManyMissed => Some(("TooManyMissedTimes", None)),
        CronJobEvent::InvalidSchedule => Some(("InvalidSchedule", None)),
        CronJobEvent::NameTaken(run) => Some(("AlreadyExists", Some(rfc3339_utc(run)))),
        CronJobEvent::SawCompleted(_) => None,
    }
}
