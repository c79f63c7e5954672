//! A model of the kubelet: pods start, run, fail, are restarted in place, and stop within their grace period.

use super::assumptions::{Outcome, Pods, Work};
use super::cluster::{Cluster, Deletion, Ended, Phase, Pod, Timer};
use super::event::{Failure, PodEvent};
use super::moment::{Delay, Moment};

/// The wait before the second restart in place; the first is immediate, and each further wait twice as long.
const FIRST_WAIT: Delay = Delay::from_seconds(10);
const LONGEST_WAIT: Delay = Delay::from_seconds(300);
/// A container that has run for longer starts again from the beginning.
const QUIET: Delay = Delay::from_seconds(600);

/// The exit code of a container that stops on SIGTERM, and of one that is killed.
const TERMINATED: i32 = 143;
const KILLED: i32 = 137;

/// A pod's container starts, for the first time or again.
pub(crate) fn start(cluster: &mut Cluster<'_>, number: u64, id: u32) {
    let now = cluster.now;
    let Some(pod) = live(cluster, number, id) else { return };
    if pod.phase == Phase::Running {
        pod.restarts += 1;
        pod.kubelet.restarted = Some(now);
    }
    pod.phase = Phase::Running;
    pod.ready = Some((true, now.whole()));
    pod.ended = None;
    let after = pod.kubelet.outcome.after();
    cluster.tell_of_pod(number, id, PodEvent::Running);
    cluster.store_pod(number, id);
    if let Some(after) = after {
        cluster.set_timer(now + after, Timer::End(number, id));
    }
}

/// A pod's container ends by itself.
pub(crate) fn end(cluster: &mut Cluster<'_>, number: u64, id: u32) {
    let now = cluster.now;
    let restarts = cluster.jobs.get(&number).is_some_and(|job| job.spec.pod.restarts_on_failure);
    let Some(pod) = live(cluster, number, id) else { return };
    let (phase, event) = match pod.kubelet.outcome {
        Outcome::Evicted { .. } => (Phase::Failed, PodEvent::Failed(Failure::Disrupted)),
        Outcome::Exits { code: 0, .. } => (Phase::Succeeded, PodEvent::Succeeded),
        Outcome::Exits { code, .. } if restarts => return restart(cluster, (number, id), code),
        Outcome::Exits { code, .. } => (Phase::Failed, PodEvent::Failed(Failure::Exit(code))),
        Outcome::Hangs | Outcome::NeverStarts => return,
    };
    pod.is_disrupted = matches!(pod.kubelet.outcome, Outcome::Evicted { .. });
    pod.phase = phase;
    pod.ready = Some((false, now.whole()));
    pod.ended = Some(Ended { code: code(pod.kubelet.outcome), at: now.whole() });
    cluster.tell_of_pod(number, id, event);
    cluster.store_pod(number, id);
}

fn code(outcome: Outcome) -> i32 {
    match outcome {
        Outcome::Exits { code, .. } | Outcome::Evicted { code, .. } => code,
        Outcome::Hangs | Outcome::NeverStarts => 0,
    }
}

/// Starts a container again, in place, after its back-off.
fn restart(cluster: &mut Cluster<'_>, (number, id): (u64, u32), code: i32) {
    let now = cluster.now;
    cluster.tell_of_pod(number, id, PodEvent::ContainerFailed(code));
    let Some(pod) = live(cluster, number, id) else { return };
    let wait = back_off(pod, now);
    if wait > Delay::default() {
        pod.ready = Some((false, now.whole()));
        pod.ended = None;
        cluster.store_pod(number, id);
    }
    let outcome = cluster.next_outcome(number, id);
    if let Some(pod) = live(cluster, number, id) {
        pod.kubelet.outcome = outcome;
        cluster.set_timer(now + wait, Timer::Start(number, id));
    }
}

fn back_off(pod: &mut Pod, now: Moment) -> Delay {
    let kubelet = &mut pod.kubelet;
    if kubelet.restarted.is_some_and(|restarted| now - restarted > QUIET) {
        kubelet.back_off = Delay::default();
    }
    let wait = kubelet.back_off;
    kubelet.back_off = kubelet.back_off.doubled(LONGEST_WAIT).max(FIRST_WAIT);
    wait
}

/// A pod that was told to stop has stopped, or is killed.
pub(crate) fn stopped(cluster: &mut Cluster<'_>, number: u64, id: u32) {
    let (now, Work::Pods(Pods { stop, .. })) = (cluster.now, cluster.assumptions.work) else { return };
    let Some(pod) = cluster.jobs.get_mut(&number).and_then(|job| job.pods.get_mut(id)) else { return };
    let Some(deletion) = pod.deletion else { return };
    if pod.phase != Phase::Pending {
        let code = if stop > deletion.grace { KILLED } else { TERMINATED };
        pod.ended = Some(Ended { code, at: now.whole() });
    }
    pod.phase = Phase::Failed;
    pod.deletion = Some(Deletion { grace: Delay::default(), ..deletion });
    cluster.tell_of_pod(number, id, PodEvent::Failed(Failure::Terminated));
    cluster.store_pod(number, id);
}

/// A pod that is there and not told to stop.
fn live<'a>(cluster: &'a mut Cluster<'_>, number: u64, id: u32) -> Option<&'a mut Pod> {
    let pod = cluster.jobs.get_mut(&number)?.pods.get_mut(id)?;
    (pod.deletion.is_none() && !pod.has_ended()).then_some(pod)
}
