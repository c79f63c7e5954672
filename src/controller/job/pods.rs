//! The pods of a Job: makes those that are wanted, stops those that are not.
//!
//! pkg/controller/job/job_controller.go, manageJob, and indexed_job_utils.go, as of v1.36.

use std::collections::BTreeMap;

use super::view::View;
use super::{back_off, count};
use crate::controller::cluster::{BATCH, BackOff, Cluster, IndexFailures, Job, Pod};
use crate::controller::moment::{Delay, Moment};
use crate::controller::policy;
use crate::sort;

/// How many pods are made or stopped at a look.
const MOST: usize = 500;

/// Stops all pods of a Job that has ended; they count.
pub(super) fn delete_active(cluster: &mut Cluster<'_>, view: &mut View) {
    for (pod, is_ready) in active(view) {
        cluster.delete_pod(view.number, pod);
        view.note_stopped(is_ready);
    }
}

/// The active pods in the order in which they were made, and whether they are ready.
fn active(view: &View) -> Vec<(u32, bool)> {
    let mut active: Vec<(u32, bool)> = view.census.active_pods().map(|(id, _, is_ready)| (id, is_ready)).collect();
    sort::ascending(&mut active);
    active
}

/// Stops pods that are not wanted any more; they do not count.
fn stop(cluster: &mut Cluster<'_>, view: &mut View, pods: Vec<(u32, bool)>) {
    for (pod, is_ready) in pods {
        cluster.release_pod(view.number, pod);
        cluster.delete_pod(view.number, pod);
        view.note_stopped(is_ready);
    }
}

impl View {
    fn note_stopped(&mut self, was_ready: bool) {
        self.active -= 1;
        self.terminating += 1;
        self.ready -= i32::from(was_ready);
    }

    /// How many pods are to be active.
    fn wanted(&self) -> i32 {
        match self.spec.completions {
            None if self.succeeded > 0 => self.active,
            None => self.spec.parallelism,
            Some(completions) => (completions - self.succeeded).min(self.spec.parallelism).max(0),
        }
    }
}

/// Makes pods or stops some, never both at one look.
pub(super) fn manage(cluster: &mut Cluster<'_>, view: &mut View) {
    if view.spec.is_suspended {
        let all = active(view);
        return stop(cluster, view, all);
    }
    let wanted = view.wanted();
    let unwanted = unwanted(view, usize::try_from(view.active - wanted).unwrap_or(0));
    if !unwanted.is_empty() {
        return stop(cluster, view, unwanted);
    }
    let held = if view.spec.replaces_only_failed { view.terminating } else { 0 };
    if let Ok(missing @ 1..) = usize::try_from(wanted - held - view.active) {
        make(cluster, view, missing);
    }
}

fn make(cluster: &mut Cluster<'_>, view: &mut View, missing: usize) {
    let now = cluster.now;
    let per_index = view.spec.backoff_limit_per_index.is_some();
    if !per_index {
        let left = back_off::left(view.back_off, now);
        if left > Delay::default() {
            return look_later(cluster, view, left);
        }
    }
    let missing = missing.min(MOST);
    if !view.spec.is_indexed {
        for _ in 0..missing {
            cluster.create_pod(view.number, None, IndexFailures::default());
        }
        view.active += count(missing);
        return;
    }
    let mut indexes = view.census.of_indexes.pending(missing, view.completions());
    if per_index {
        let job = &cluster.jobs[&view.number];
        let left = |index: &i32| replaced(job, view, *index).map_or(Delay::default(), |pod| left_of_index(pod, now));
        let shortest = indexes.iter().map(left).min();
        if let Some(shortest) = shortest.filter(|shortest| *shortest > Delay::default()) {
            return look_later(cluster, view, shortest);
        }
        indexes.retain(|index| left(index) == Delay::default());
    }
    for index in indexes {
        let failed = replaced(&cluster.jobs[&view.number], view, index);
        let failures = failed.map_or_else(IndexFailures::default, |pod| policy::failures_with(&view.spec, pod));
        cluster.create_pod(view.number, Some(index), failures);
        view.active += 1;
    }
}

/// The pod that failed last of an index that is to have another.
fn replaced<'a>(job: &'a Job, view: &View, index: i32) -> Option<&'a Pod> {
    job.pods.get(&view.census.of_indexes.kept(index)?)
}

/// Nothing is made yet; of pods that are active nothing is said in the status then.
fn look_later(cluster: &mut Cluster<'_>, view: &mut View, left: Delay) {
    view.active = 0;
    if let Some(controllers) = &mut cluster.controllers {
        controllers.jobs.add_after(view.number, left.max(BATCH), cluster.now);
    }
}

fn left_of_index(pod: &Pod, now: Moment) -> Delay {
    let IndexFailures { counted, ignored } = pod.index_failures;
    back_off::left(BackOff { failures: counted + ignored + 1, last: Some(pod.finished()) }, now)
}

/// The pods to stop, at least so many: of an index all but one, and those of indexes that there are no more; then those
/// that have run the shortest, of several such those with the lowest index. Of pods without an index Kubernetes takes any,
/// mostly those that were made first.
fn unwanted(view: &View, at_least: usize) -> Vec<(u32, bool)> {
    let census = &view.census;
    let has_surplus = census.of_indexes.has_surplus();
    if at_least == 0 && !has_surplus {
        return Vec::new();
    }
    let mut left_of_index: BTreeMap<i32, i32> = BTreeMap::new();
    let mut is_surplus = |index: i32| {
        let left = left_of_index.entry(index).or_insert_with(|| census.of_indexes.active(index));
        index >= view.completions() || std::mem::replace(left, *left - 1) > 1
    };
    let (mut unwanted, mut others) = (Vec::new(), Vec::new());
    for (id, index, is_ready) in census.active_pods() {
        if has_surplus && index.is_none_or(&mut is_surplus) {
            unwanted.push((id, is_ready));
        } else if others.len() < at_least.min(MOST) {
            others.push((id, is_ready));
        } else if !has_surplus {
            break;
        }
        if unwanted.len() == MOST {
            break;
        }
    }
    let more = at_least.saturating_sub(unwanted.len());
    unwanted.extend(others.into_iter().take(more));
    unwanted.truncate(MOST);
    unwanted
}
