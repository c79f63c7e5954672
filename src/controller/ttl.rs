//! The controller that deletes Jobs some time after their end.
//!
//! pkg/controller/ttlafterfinished/ttlafterfinished_controller.go, as of v1.36.

use super::assumptions::Work;
use super::cluster::Cluster;
use super::event::Deletion;
use super::moment::Delay;

/// Looks at a Job: deletes it when its time is over, and looks again when it will be.
pub(crate) fn sync(cluster: &mut Cluster<'_>, number: u64) {
    let now = cluster.now;
    if matches!(cluster.assumptions.work, Work::Jobs(_)) {
        return;
    }
    let Some(job) = cluster.jobs.get(&number).filter(|job| !job.is_gone && job.deletion.is_none()) else { return };
    let (Some(ttl), Some(finished)) = (job.spec.ttl_after_finished, job.status.finished) else { return };
    let left = finished.at + ttl - now;
    if left <= Delay::default() {
        cluster.delete_job_after_pods(number, Deletion::Expired);
    } else if let Some(controllers) = &mut cluster.controllers {
        controllers.ttl.add_after(number, left, now);
    }
}
