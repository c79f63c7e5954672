//! How pods are made, told to stop, and let go.

use super::{Cluster, Deletion, IndexFailures, Job, Kubelet, Phase, Pod, Timer};
use crate::controller::assumptions::{Attempt, Outcome, Work};
use crate::controller::event::PodEvent;
use crate::controller::moment::{Delay, Moment};

impl Cluster<'_> {
    pub(crate) fn create_pod(&mut self, number: u64, index: Option<i32>, index_failures: IndexFailures) {
        let Work::Pods(pods) = self.assumptions.work else { return };
        let Some((id, pod)) = self.add_pod(number, index) else { return };
        pod.index_failures = index_failures;
        let starts = pod.kubelet.outcome != Outcome::NeverStarts;
        self.tell_of_pod(number, id, PodEvent::Created);
        if starts {
            self.set_timer(self.now + pods.start, Timer::Start(number, id));
        }
        self.tell_pod_changed(number, id);
    }

    /// Takes a pod in that was made at a moment and runs, and of which nothing is told.
    pub(crate) fn adopt_pod(&mut self, number: u64, index: Option<i32>, made: Moment) {
        let (now, Work::Pods(pods)) = (self.now, self.assumptions.work) else { return };
        let since = made + pods.start;
        let Some((id, pod)) = self.add_pod(number, index) else { return };
        pod.phase = Phase::Running;
        pod.ready = Some((true, since.whole()));
        if let Some(after) = pod.kubelet.outcome.after() {
            self.set_timer(now.max(since + after), Timer::End(number, id));
        }
    }

    fn add_pod(&mut self, number: u64, index: Option<i32>) -> Option<(u32, &mut Pod)> {
        let (created, Work::Pods(pods)) = (self.now.whole(), self.assumptions.work) else { return None };
        let job = self.jobs.get_mut(&number)?;
        let (id, name) = job.next_pod(index);
        let outcome = (pods.outcome)(attempt(job, index, false));
        let pod = Pod {
            name,
            created,
            phase: Phase::Pending,
            ready: None,
            ended: None,
            restarts: 0,
            is_disrupted: false,
            deletion: None,
            has_finalizer: true,
            index_failures: IndexFailures::default(),
            kubelet: Kubelet { outcome, back_off: Delay::default(), restarted: None },
        };
        Some((id, job.pods.insert(id, pod)))
    }

    /// What comes of the next run of a pod's container.
    pub(crate) fn next_outcome(&mut self, number: u64, pod: u32) -> Outcome {
        let Work::Pods(pods) = self.assumptions.work else { return Outcome::Hangs };
        let Some(job) = self.jobs.get_mut(&number) else { return Outcome::Hangs };
        let index = job.pods.get(&pod).and_then(|pod| pod.name.index);
        (pods.outcome)(attempt(job, index, true))
    }

    /// Tells a pod to stop.
    pub(crate) fn delete_pod(&mut self, number: u64, id: u32) {
        let (now, Work::Pods(pods)) = (self.now, self.assumptions.work) else { return };
        let Some(job) = self.jobs.get_mut(&number) else { return };
        let grace = Delay::from(job.spec.pod.grace_period);
        let Some(pod) = job.pods.get_mut(id).filter(|pod| pod.deletion.is_none()) else { return };
        let grace = if pod.has_ended() { Delay::default() } else { grace };
        pod.deletion = Some(Deletion { at: now.whole() + grace, grace });
        let stop = if pod.phase == Phase::Running { pods.stop.min(grace) } else { Delay::default() };
        if grace > Delay::default() {
            self.tell_of_pod(number, id, PodEvent::Terminating);
            self.set_timer(now + stop, Timer::Stopped(number, id));
        }
        self.store_pod(number, id);
    }

    /// Lets a pod go: the Job controller has nothing more to do with it.
    pub(crate) fn release_pod(&mut self, number: u64, id: u32) {
        let pod = self.jobs.get_mut(&number).and_then(|job| job.pods.get_mut(id));
        if let Some(pod) = pod.filter(|pod| pod.has_finalizer) {
            pod.has_finalizer = false;
            self.store_pod(number, id);
        }
    }

    /// After a change of a pod: it is told of, and the pod goes when nothing holds it any more.
    pub(crate) fn store_pod(&mut self, number: u64, id: u32) {
        let Some(job) = self.jobs.get_mut(&number) else { return };
        let Some(pod) = job.pods.get(&id) else { return };
        if pod.has_finalizer {
            return self.tell_pod_changed(number, id);
        }
        match pod.deletion {
            Some(Deletion { grace, .. }) if grace == Delay::default() => {
                self.tell_of_pod(number, id, PodEvent::Gone);
                if let Some(job) = self.jobs.get_mut(&number) {
                    job.pods.remove(id);
                }
                self.tell_pod_removed(number);
                self.delete_if_awaited(number);
                self.drop_if_empty(number);
            }
            None if pod.has_ended() => {
                self.tell_pod_changed(number, id);
                self.settle(number, id);
            }
            _ => self.tell_pod_changed(number, id),
        }
    }

    fn settle(&mut self, number: u64, id: u32) {
        if let Some(job) = self.jobs.get_mut(&number)
            && let Some(pod) = job.pods.remove(id)
        {
            job.settled.push(pod.name);
        }
    }
}

fn attempt(job: &mut Job, index: Option<i32>, is_restart: bool) -> Attempt {
    let of_job = job.runs;
    job.runs += 1;
    let of_index = match index {
        None => of_job,
        Some(index) => {
            let counts = job.of_index.entry(index).or_default();
            counts.runs += 1;
            counts.runs - 1
        }
    };
    Attempt { job: job.name.number, index, of_job, of_index, is_restart }
}
