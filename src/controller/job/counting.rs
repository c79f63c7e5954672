//! Counts the pods that ended, lets them go, and writes the Job's status.
//!
//! pkg/controller/job/job_controller.go, trackJobStatusAndRemoveFinalizers, as of v1.36.

use super::count;
use super::view::View;
use crate::controller::census::EndedIndexes;
use crate::controller::cluster::{Cluster, Finished, Job, Phase, Pod, Status};
use crate::controller::event::JobEvent;
use crate::controller::policy;

/// How many pods are counted at a look.
const MOST: usize = 500;

/// Writes down what was counted, and writes the status where it is another one; `changed`: its conditions are.
pub(super) fn note(cluster: &mut Cluster<'_>, mut view: View, counted: Counted, mut changed: bool) {
    let Counted { released, succeeded, failed, is_all } = counted;
    changed |= note_active(&mut view);
    changed |= succeeded + failed > 0;
    if view.spec.is_indexed {
        changed |= note_indexes(cluster, &mut view);
    } else {
        view.status.succeeded += succeeded;
    }
    view.status.failed += failed;
    changed |= note_target(cluster, &mut view);
    if changed && let Some(controllers) = &mut cluster.controllers {
        controllers.back_off.insert(view.number, view.back_off);
    }
    for pod in released {
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
    if let Some(job) = cluster.jobs.get_mut(&view.number) {
        if job.is_finished() || job.is_gone {
            job.pods.forget();
        } else {
            job.pods.keep(view.census);
        }
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
pub(super) struct Counted {
    /// The pods that the controller has done with.
    released: Vec<u32>,
    succeeded: i32,
    failed: i32,
    /// Whether no more are left for the next look.
    is_all: bool,
}

impl Counted {
    /// Of a Job that ends, all pods are counted; they are to be as they were when the look began.
    pub(super) fn of(job: &Job, view: &View) -> Self {
        let mut counted = Self { released: Vec::new(), succeeded: 0, failed: 0, is_all: true };
        if view.ending.is_some() {
            counted.take_all(job, view, job.pods.iter().filter(|(_, pod)| pod.has_finalizer).map(|(id, _)| *id));
        } else {
            counted.take_all(job, view, view.census.to_count.iter().copied());
        }
        counted
    }

    fn take_all(&mut self, job: &Job, view: &View, pods: impl Iterator<Item = u32>) {
        for id in pods {
            self.released.push(id);
            self.take(view, &job.pods[&id]);
            if self.succeeded + self.failed >= count(MOST) {
                self.is_all = false;
                break;
            }
        }
    }

    fn take(&mut self, view: &View, pod: &Pod) {
        let spec = &view.spec;
        let has_failed = policy::has_failed(spec, pod) || view.ending.is_some_and(|ending| !ending.is_success);
        if pod.phase == Phase::Succeeded {
            let index = pod.name.index.filter(|_| spec.is_indexed);
            let is_new = index.is_none_or(|index| view.census.news.succeeded.binary_search(&index).is_ok());
            self.succeeded += i32::from(is_new && policy::has_place(spec, pod));
        } else if has_failed && policy::has_place(spec, pod) {
            self.failed += i32::from(policy::counts(spec, pod));
        }
    }
}

/// Notes the indexes that have ended; whether there are others.
fn note_indexes(cluster: &mut Cluster<'_>, view: &mut View) -> bool {
    let (ended, news) = (&view.census.ended, &view.census.news);
    view.status.succeeded = ended.succeeded.len();
    if let Some(job) = cluster.jobs.get_mut(&view.number) {
        if news.is_whole {
            job.ended = ended.clone();
        } else {
            let EndedIndexes { succeeded, failed } = &mut job.ended;
            succeeded.merge(news.succeeded.iter().copied());
            failed.iter_mut().for_each(|failed| failed.merge(news.failed.iter().copied()));
        }
    }
    news.is_whole || !news.succeeded.is_empty() || !news.failed.is_empty()
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
