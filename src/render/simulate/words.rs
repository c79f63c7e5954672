//! What happens, in words.

use crate::controller::{
    CronJobEvent, Delay, Deletion, Event, Failure, JobEvent, JobName, Moment, PodEvent, Reason, What,
};
use crate::rule::duration;
use crate::schedule::{Instant, Seconds, Zone};

/// A line of the timeline, if the event is worth one: of pods, those that fail, and those that are made after them. Where the
/// object is changed, it is suspended from then on, or not.
pub(super) fn words(event: Event, zone: Zone, is_suspended: bool) -> Option<String> {
    let clock = |run: Instant| zone.local(run).clock();
    Some(match event.what {
        What::Changed if is_suspended => "it is suspended".to_owned(),
        What::Changed => "it is suspended no longer".to_owned(),
        What::Job(job, what) => {
            let run = job.scheduled.map_or("the Job".to_owned(), |run| format!("run of {}", clock(run)));
            format!("{run} {}", of_job(event.at, job, what)?)
        }
        What::Pod(job, pod, what) => {
            let run = job.scheduled.map_or(String::new(), |run| format!("run of {}: ", clock(run)));
            let index = pod.index.map_or(String::new(), |index| format!(" of index {index}"));
            format!("{run}pod {}{index} {}", pod.number, of_pod(what, pod.number)?)
        }
        What::CronJob(what) => of_cron_job(what, &clock)?,
    })
}

fn of_job(at: Moment, job: JobName, event: JobEvent) -> Option<String> {
    Some(match event {
        JobEvent::Created => {
            let lateness = job.scheduled.map_or(Delay::default(), |run| at - Moment::of(run));
            let late = Seconds::new(lateness.micros() / Delay::SECOND.micros());
            if late < Seconds::new(1) {
                "starts".to_owned()
            } else {
                format!("starts {} late", duration::in_words(late))
            }
        }
        JobEvent::Suspended => "is suspended".to_owned(),
        JobEvent::Resumed => "goes on".to_owned(),
        JobEvent::Complete(_) => "is complete".to_owned(),
        JobEvent::Failed(why) => format!("has failed: {}", of_reason(why)),
        JobEvent::Gone(Deletion::Replaced) => "is deleted: the next one takes its place".to_owned(),
        JobEvent::Gone(Deletion::Pruned) => "is deleted: the history has no room for it".to_owned(),
        JobEvent::Gone(Deletion::Expired) => "is deleted: its time is over".to_owned(),
        JobEvent::FailureTarget(_) | JobEvent::SuccessCriteriaMet(_) => return None,
    })
}

fn of_reason(why: Reason) -> &'static str {
    match why {
        Reason::BackoffLimitExceeded => "more pods have failed than may (backoffLimit)",
        Reason::DeadlineExceeded => "it took longer than it may (activeDeadlineSeconds)",
        Reason::PodFailurePolicy => "a pod failed in a way that ends it (podFailurePolicy)",
        Reason::MaxFailedIndexesExceeded => "more indexes have failed than may (maxFailedIndexes)",
        Reason::FailedIndexes => "some of its indexes have failed",
        Reason::CompletionsReached | Reason::SuccessPolicy => why.name(),
    }
}

fn of_pod(event: PodEvent, number: u32) -> Option<String> {
    match event {
        PodEvent::Created if number > 1 => Some("is made".to_owned()),
        PodEvent::ContainerFailed(code) => Some(format!("exits with {code}, and is restarted in place")),
        PodEvent::Failed(Failure::Exit(code)) => Some(format!("fails with {code}")),
        PodEvent::Failed(Failure::Disrupted) => Some("is evicted".to_owned()),
        _ => None,
    }
}

fn of_cron_job(event: CronJobEvent, clock: &dyn Fn(Instant) -> String) -> Option<String> {
    Some(match event {
        CronJobEvent::AlreadyActive(run) => format!("run of {} does not start: an earlier one is active", clock(run)),
        CronJobEvent::Missed(run) => format!("run of {} is missed: it is too late for it", clock(run)),
        CronJobEvent::TooManyMissed => "more than 100 runs were missed: only the latest starts".to_owned(),
        CronJobEvent::InvalidSchedule => "Kubernetes finds no further run".to_owned(),
        CronJobEvent::NameTaken(run) => format!("run of {} does not start: that minute has its Job", clock(run)),
        CronJobEvent::SawCompleted(_) => return None,
    })
}
