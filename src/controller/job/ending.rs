//! What becomes of a Job.

use super::view::{Ending, View};
use crate::controller::cluster::Cluster;
use crate::controller::event::Reason;
use crate::controller::indexes::Indexes;
use crate::controller::moment::Moment;
use crate::controller::spec;

/// That all that was wanted has succeeded.
pub(super) fn complete() -> Ending {
    Ending { is_success: true, reason: Reason::CompletionsReached }
}

fn failure(reason: Reason) -> Ending {
    Ending { is_success: false, reason }
}

/// What becomes of a Job before it has all its completions; what was found once stays.
pub(super) fn of(cluster: &mut Cluster<'_>, view: &mut View) -> Option<Ending> {
    if let Some(reason) = view.status.success_criteria_met {
        return Some(Ending { is_success: true, reason });
    }
    if let Some(reason) = view.status.failure_target {
        return Some(failure(reason));
    }
    if view.census.fatal > 0 {
        return Some(failure(Reason::PodFailurePolicy));
    }
    if view.failed > view.spec.backoff_limit || has_restarted_too_often(view) {
        return Some(failure(Reason::BackoffLimitExceeded));
    }
    if let Some(end) = deadline(&view.spec, view.status.started) {
        if end <= cluster.now {
            return Some(failure(Reason::DeadlineExceeded));
        }
        if let Some(controllers) = &mut cluster.controllers {
            controllers.jobs.add_after(view.number, end - cluster.now, cluster.now);
        }
    }
    by_indexes(view)
}

/// Restarts in place count, too.
fn has_restarted_too_often(view: &View) -> bool {
    view.spec.pod.restarts_on_failure && view.census.restarts >= view.spec.backoff_limit.max(1)
}

fn deadline(spec: &spec::Job, started: Option<Moment>) -> Option<Moment> {
    if spec.is_suspended {
        return None;
    }
    Some(started? + spec.active_deadline?)
}

fn by_indexes(view: &View) -> Option<Ending> {
    if !view.spec.is_indexed {
        return None;
    }
    let ended = &view.census.ended;
    if let Some(failed) = ended.failed.as_ref().map(Indexes::len) {
        if view.spec.max_failed_indexes.is_some_and(|most| failed > most) {
            return Some(failure(Reason::MaxFailedIndexesExceeded));
        }
        if failed > 0 && failed + ended.succeeded.len() >= view.completions() {
            return Some(failure(Reason::FailedIndexes));
        }
    }
    view.census.is_enough().then_some(Ending { is_success: true, reason: Reason::SuccessPolicy })
}
