//! The CronJob controller.
//!
//! pkg/controller/cronjob/cronjob_controllerv2.go, as of v1.36.

mod missed;

use std::rc::Rc;

pub(crate) use missed::PADDING;
pub use missed::{Count, Missed, NeverRuns, Unmet};

use super::cluster::{Cluster, CronJob};
use super::event::{CronJobEvent, Deletion, JobName, What};
use super::moment::{Delay, Moment};
use super::spec::{self, Concurrency};
use crate::schedule::{Instant, Schedule, Seconds};
use crate::sort;

/// Looks at the CronJob, having seen what happened until a moment: takes note of Jobs that ended, deletes those that are
/// too many, starts the run that is due, and looks again when the next one is.
pub(crate) fn sync(cluster: &mut Cluster<'_>, seen: Moment) {
    let Some(cron_job) = &cluster.cron_job else { return };
    let (spec, before) = (Rc::clone(&cron_job.spec), (cron_job.active.len(), cron_job.last_schedule));
    let ended = see_ended(cluster, seen);
    prune(cluster, &spec);
    forget_ended(cluster, &ended);
    let again = start_due(cluster, &spec);
    let (now, Some(cron_job)) = (cluster.now, &cluster.cron_job) else { return };
    // The controller is told of its own changes; a Job that it makes is that of another run.
    if (cron_job.active.len(), cron_job.last_schedule) != before {
        cluster.wake_cron_job();
    }
    if let (Some(again), Some(controllers)) = (again, &mut cluster.controllers) {
        controllers.cron_job.add_after((), again - now, now);
    }
}

/// Changes what the CronJob asks for. Of another schedule the controller only takes note for its next look.
pub(crate) fn edit(cluster: &mut Cluster<'_>, spec: spec::CronJob) {
    let now = cluster.now;
    let Some(cron_job) = &mut cluster.cron_job else { return };
    let is_same = cron_job.spec.written == spec.written;
    cron_job.spec = Rc::new(spec);
    if is_same {
        return cluster.wake_cron_job();
    }
    let Some(schedule) = &cron_job.spec.schedule else { return };
    let again = since(cron_job, schedule).look_again(now);
    if let (Some(again), Some(controllers)) = (again, &mut cluster.controllers) {
        controllers.cron_job.add_after((), again - now, now);
    }
}

/// Sees which Jobs have ended until a moment, in the order in which they were made.
fn see_ended(cluster: &mut Cluster<'_>, seen: Moment) -> Vec<JobName> {
    let Some(CronJob { ended, .. }) = &mut cluster.cron_job else { return Vec::new() };
    let mut names = Vec::new();
    while let Some(number) = ended.next_unseen(seen) {
        if let Some(job) = cluster.jobs.get(&number) {
            ended.see(job);
            names.push(job.name);
        }
    }
    sort::ascending(&mut names);
    names
}

/// Deletes the oldest Jobs that ended, where more are kept than may be.
fn prune(cluster: &mut Cluster<'_>, spec: &spec::CronJob) {
    for (is_complete, limit) in [(true, spec.successful_jobs_history_limit), (false, spec.failed_jobs_history_limit)] {
        let most = usize::try_from(limit).unwrap_or(0);
        let excess = cluster.cron_job.as_ref().map(|cron_job| cron_job.ended.excess(is_complete, most));
        for number in excess.into_iter().flatten() {
            forget(cluster, number);
            cluster.delete_job(number, Deletion::Pruned);
        }
    }
}

/// Takes a Job from the list of active ones.
fn forget(cluster: &mut Cluster<'_>, number: u64) {
    if let Some(cron_job) = &mut cluster.cron_job {
        cron_job.active.remove(&number);
    }
}

/// Takes Jobs that ended or are gone from the list of active ones.
fn forget_ended(cluster: &mut Cluster<'_>, ended: &[JobName]) {
    let gone = cluster.cron_job.as_mut().map(|cron_job| std::mem::take(&mut cron_job.gone));
    for number in gone.into_iter().flatten() {
        forget(cluster, number);
    }
    for name in ended {
        if cluster.cron_job.as_mut().is_some_and(|cron_job| cron_job.active.remove(&name.number)) {
            cluster.tell(What::CronJob(CronJobEvent::SawCompleted(*name)));
        }
    }
}

/// Starts the run that is due, if one is and may; when to look again.
fn start_due(cluster: &mut Cluster<'_>, spec: &Rc<spec::CronJob>) -> Option<Moment> {
    let now = cluster.now;
    let schedule = spec.schedule.as_ref().filter(|_| !spec.is_suspended)?;
    let missed = since(cluster.cron_job.as_ref()?, schedule);
    let unmet = match missed.unmet(now) {
        Ok(unmet) => unmet,
        Err(NeverRuns) => {
            cluster.tell(What::CronJob(CronJobEvent::InvalidSchedule));
            return None;
        }
    };
    if unmet.missed == Count::Many && unmet.run.is_some() {
        cluster.tell(What::CronJob(CronJobEvent::TooManyMissed));
    }
    if let Some(run) = unmet.run {
        start(cluster, spec, run)?;
    } else if cluster.changes_to_come == 0 && misses_all(spec, schedule) {
        return None;
    }
    let next = since(cluster.cron_job.as_ref()?, schedule).look_again(now)?;
    // The controller would go round for ever.
    (next > now).then_some(next)
}

/// Whether no run meets its starting deadline: nothing comes of any look then, and there may be one each second. After a
/// change, the look that was to come is one at another schedule.
fn misses_all(spec: &spec::CronJob, schedule: &Schedule) -> bool {
    let least = schedule.every().unwrap_or(Seconds::new(1));
    spec.starting_deadline.is_some_and(|deadline| deadline < least)
}

fn since<'a>(cron_job: &'a CronJob, schedule: &'a Schedule) -> Missed<'a> {
    let since = cron_job.last_schedule.unwrap_or(cron_job.created);
    Missed { schedule, since, deadline: cron_job.spec.starting_deadline }
}

/// Starts a run, if it may; `None` where the controller does not look again by itself.
fn start(cluster: &mut Cluster<'_>, spec: &Rc<spec::CronJob>, run: Instant) -> Option<()> {
    let now = cluster.now;
    let is_late = |deadline| Moment::of(run) + Delay::from(deadline) < now;
    if spec.starting_deadline.is_some_and(is_late) {
        cluster.tell(What::CronJob(CronJobEvent::Missed(run)));
        return Some(());
    }
    let cron_job = cluster.cron_job.as_ref()?;
    let named = cron_job.job_named_after(run);
    if named.is_some_and(|named| cron_job.active.contains(&named)) || cron_job.last_schedule == Some(run) {
        return Some(());
    }
    match spec.concurrency {
        Concurrency::Forbid if !cron_job.active.is_empty() => {
            cluster.tell(What::CronJob(CronJobEvent::AlreadyActive(run)));
            return Some(());
        }
        Concurrency::Replace => {
            for number in cron_job.active.clone() {
                forget(cluster, number);
                cluster.delete_job(number, Deletion::Replaced);
            }
        }
        Concurrency::Allow | Concurrency::Forbid => {}
    }
    let job = match named {
        // It has ended: it is taken to be active until the next look.
        Some(named) => {
            cluster.tell(What::CronJob(CronJobEvent::NameTaken(run)));
            if let (Some(cron_job), Some(job)) = (&mut cluster.cron_job, cluster.jobs.get(&named)) {
                cron_job.ended.add(job);
            }
            named
        }
        None => cluster.create_job(Rc::clone(&spec.job), Some(run)),
    };
    let cron_job = cluster.cron_job.as_mut()?;
    cron_job.active.insert(job);
    cron_job.last_schedule = Some(run);
    Some(())
}
