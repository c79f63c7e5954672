//! Jobs of which only their end is told: without pods, and without the controllers that have to do with them.

use super::assumptions::Work;
use super::cluster::{Cluster, Finished, Timer};
use super::event::Reason;

/// A Job ends as it is told, or by its deadline.
pub(crate) fn end(cluster: &mut Cluster<'_>, number: u64) {
    let (now, Work::Jobs(ending)) = (cluster.now, cluster.assumptions.work) else { return };
    let Some(job) = cluster.jobs.get(&number).filter(|job| !job.is_gone) else { return };
    let ending = ending(number);
    let is_late = job.spec.active_deadline.is_some_and(|deadline| deadline < ending.after);
    let reason = match (is_late, ending.fails) {
        (true, _) => Reason::DeadlineExceeded,
        (false, true) => Reason::BackoffLimitExceeded,
        (false, false) => Reason::CompletionsReached,
    };
    let is_complete = reason == Reason::CompletionsReached;
    if let Some(ttl) = job.spec.ttl_after_finished {
        cluster.set_timer(now + ttl, Timer::JobExpires(number));
    }
    cluster.finish_job(number, Finished { is_complete, at: now }, reason);
    cluster.tell_job_changed(number);
}
