//! The Job controller.
//!
//! pkg/controller/job/job_controller.go, as of v1.36. What Kubernetes writes down between two requests, so that nothing
//! is lost when the controller stops there, is left out: here it never does.

mod back_off;
mod counting;
mod ending;
mod pods;
mod view;

use super::assumptions::Work;
use super::cluster::Cluster;
use super::event::JobEvent;
use counting::Counted;
use view::View;

/// Looks at a Job: counts pods that ended, makes those that are wanted, stops those that are not, and says what has
/// become of it.
pub(crate) fn sync(cluster: &mut Cluster<'_>, number: u64) {
    let Some(controllers) = &mut cluster.controllers else { return };
    let job = cluster.jobs.get_mut(&number).filter(|job| !job.is_gone && !job.is_finished());
    let Some(job) = job else {
        controllers.back_off.remove(&number);
        return;
    };
    if job.spec.is_managed_elsewhere || matches!(cluster.assumptions.work, Work::Jobs(_)) {
        return;
    }
    let back_off = controllers.back_off.get(&number).copied().unwrap_or_default();
    let mut view = View::of(job, back_off, cluster.now);
    view.ending = ending::of(cluster, &mut view);
    let mut counted = Counted::of(&cluster.jobs[&number], &view);
    let mut changed = false;
    if view.ending.is_some() {
        pods::delete_active(cluster, &mut view);
    } else {
        changed = manage(cluster, &mut view);
        if view.ending.is_some() {
            counted = Counted::of(&cluster.jobs[&number], &view);
        }
    }
    counting::note(cluster, view, counted, changed);
}

/// Makes and stops pods, and notes when the Job is complete, suspended or resumed: whether it has noted the latter.
fn manage(cluster: &mut Cluster<'_>, view: &mut View) -> bool {
    pods::manage(cluster, view);
    let wanted = view.spec.completions.unwrap_or(1);
    if view.succeeded >= wanted && view.active == 0 {
        view.ending = Some(ending::complete());
        return false;
    }
    suspension(cluster, view)
}

/// Keeps the condition `Suspended`; a Job's time begins anew when it is resumed.
fn suspension(cluster: &mut Cluster<'_>, view: &mut View) -> bool {
    let is_suspended = view.spec.is_suspended;
    if view.status.suspended.unwrap_or(false) == is_suspended {
        return false;
    }
    view.status.suspended = Some(is_suspended);
    view.status.started = (!is_suspended).then_some(cluster.now);
    let event = if is_suspended { JobEvent::Suspended } else { JobEvent::Resumed };
    cluster.tell_of_job(view.number, event);
    true
}

/// A number of pods as the API has it.
fn count(pods: usize) -> i32 {
    i32::try_from(pods).unwrap_or(i32::MAX)
}
