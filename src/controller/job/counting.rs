//! Counts the pods that ended, lets them go, and writes the Job's status.
//!
//! pkg/controller/job/job_controller.go, trackJobStatusAndRemoveFinalizers, as of v1.36.

use super::view::View;
use super::{count, counts_per_index, pods, policy};
use crate::controller::cluster::{Cluster, Finished, Phase, Pod, Status};
use crate::controller::event::JobEvent;

/// How many pods are counted at a look.
const MOST: usize = 500;

/// Counts the pods that ended, and writes the status where it is another one; `changed`: its conditions are.
pub(super) fn pods(cluster: &mut Cluster<'_>, mut view: View, mut changed: bool) {
    changed |= note_active(&mut view);
    let Counted { mut released, succeeded, failed, is_all } = Counted::of(&view);
    changed |= succeeded + failed > 0;
    if view.spec.is_indexed {
        changed |= note_indexes(&mut view);
    } else {
        view.status.succeeded += succeeded;
    }
    view.status.failed += failed;
    changed |= note_target(cluster, &mut view);
    if changed && let Some(controllers) = &mut cluster.controllers {
        controllers.back_off.insert(view.number, view.back_off);
    }
    for pod in released.drain(..) {
        cluster.release_pod(view.number, pod);
    }
    let is_finished = is_all && view.terminating == 0;
    if let Some(ending) = view.ending.filter(|_| is_finished) {
        let finished = Finished { is_complete: ending.is_success, at: cluster.now.whole() };
        cluster.finish_job(view.number, finished, ending.reason);
        view.status.finished = Some(finished);
        changed = true;
    }
    if changed {
        write(cluster, view.number, view.status);
    }
}

fn write(cluster: &mut Cluster<'_>, number: u64, status: Status) {
    if let Some(job) = cluster.jobs.get_mut(&number).filter(|job| !job.is_gone) {
        job.status = Status { started: status.started.map(|at| at.whole()), ..status };
        cluster.tell_job_changed(number);
    }
}

fn note_active(view: &mut View) -> bool {
    let (active, ready, terminating) = (view.active, Some(view.ready), Some(view.terminating));
    let status = &mut view.status;
    let changed = (status.active, status.ready, status.terminating) != (active, ready, terminating);
    (status.active, status.ready, status.terminating) = (active, ready, terminating);
    changed
}

/// What is new since the last look.
struct Counted {
    /// The pods that the controller has done with.
    released: Vec<u32>,
    succeeded: i32,
    failed: i32,
    /// Whether no more are left for the next look.
    is_all: bool,
}

impl Counted {
    fn of(view: &View) -> Self {
        let kept = if counts_per_index(&view.spec) { pods::to_replace(view) } else { Default::default() };
        let mut counted = Self { released: Vec::new(), succeeded: 0, failed: 0, is_all: true };
        for (id, pod) in view.pods.iter().filter(|(_, pod)| pod.has_finalizer) {
            let is_kept = pod.name.index.and_then(|index| kept.get(&index)).is_some_and(|(kept, _)| kept == id);
            if !is_done_with(view, pod, is_kept) {
                continue;
            }
            counted.released.push(*id);
            counted.take(view, pod);
            if counted.succeeded + counted.failed >= count(MOST) {
                counted.is_all = false;
                break;
            }
        }
        counted
    }

    fn take(&mut self, view: &View, pod: &Pod) {
        let has_failed = view.has_failed(pod) || view.ending.is_some_and(|ending| !ending.is_success);
        if pod.phase == Phase::Succeeded {
            let index = pod.name.index.filter(|_| view.spec.is_indexed);
            let is_new = index.is_none_or(|index| !view.status.completed_indexes.has(index));
            self.succeeded += i32::from(is_new && view.has_place(pod));
        } else if has_failed && view.has_place(pod) {
            self.failed += i32::from(policy::counts(&view.spec, pod));
        }
    }
}

fn is_done_with(view: &View, pod: &Pod, is_kept: bool) -> bool {
    view.ending.is_some() || pod.phase == Phase::Succeeded || view.has_failed(pod) && !is_kept
}

fn note_indexes(view: &mut View) -> bool {
    let status = &mut view.status;
    let changed = status.completed_indexes != view.completed || view.failed_indexes != status.failed_indexes;
    status.succeeded = view.completed.len();
    status.completed_indexes = view.completed.clone();
    status.failed_indexes = view.failed_indexes.clone();
    changed
}

/// Notes what is going to become of the Job, before its pods have stopped.
fn note_target(cluster: &mut Cluster<'_>, view: &mut View) -> bool {
    let Some(ending) = view.ending else { return false };
    let (noted, event) = if ending.is_success {
        (&mut view.status.success_criteria_met, JobEvent::SuccessCriteriaMet(ending.reason))
    } else {
        (&mut view.status.failure_target, JobEvent::FailureTarget(ending.reason))
    };
    if noted.replace(ending.reason).is_some() {
        return false;
    }
    cluster.tell_of_job(view.number, event);
    true
}
