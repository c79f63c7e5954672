//! The pods of a Job: makes those that are wanted, stops those that are not.
//!
//! pkg/controller/job/job_controller.go, manageJob, and indexed_job_utils.go, as of v1.36.

use std::collections::BTreeMap;

use super::view::View;
use super::{back_off, count, counts_per_index, policy};
use crate::controller::cluster::{BATCH, BackOff, Cluster, IndexFailures, Phase, Pod};
use crate::controller::moment::{Delay, Moment};

/// How many pods are made or stopped at a look.
const MOST: usize = 500;

/// Stops all pods of a Job that has ended; they count.
pub(super) fn delete_active(cluster: &mut Cluster<'_>, view: &mut View) {
    view.pods = cluster.jobs[&view.number].pods.iter().map(|(id, pod)| (*id, pod.clone())).collect();
    for (pod, is_ready) in active(cluster, view) {
        cluster.delete_pod(view.number, pod);
        view.note_stopped(is_ready);
    }
}

/// The active pods, and whether they are ready.
fn active(cluster: &Cluster<'_>, view: &View) -> Vec<(u32, bool)> {
    cluster.jobs[&view.number].active_pods().map(|(id, pod)| (id, pod.is_ready())).collect()
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
        let all = active(cluster, view);
        return stop(cluster, view, all);
    }
    let wanted = view.wanted();
    let unwanted = unwanted(cluster, view, usize::try_from(view.active - wanted).unwrap_or(0));
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
    let replaced = if counts_per_index(&view.spec) { to_replace(view) } else { BTreeMap::new() };
    let mut indexes = pending_indexes(view, missing);
    if per_index {
        let left = |index: &i32| replaced.get(index).map_or(Delay::default(), |(_, pod)| left_of_index(pod, now));
        let shortest = indexes.iter().map(left).min();
        if let Some(shortest) = shortest.filter(|shortest| *shortest > Delay::default()) {
            return look_later(cluster, view, shortest);
        }
        indexes.retain(|index| left(index) == Delay::default());
    }
    for index in indexes {
        let failures =
            replaced.get(&index).map_or_else(IndexFailures::default, |(_, pod)| policy::failures_with(&view.spec, pod));
        cluster.create_pod(view.number, Some(index), failures);
        view.active += 1;
    }
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

/// The first indexes that no pod has, and that have not ended.
fn pending_indexes(view: &View, most: usize) -> Vec<i32> {
    let ended =
        view.failed_indexes.as_ref().map_or_else(|| view.completed.clone(), |failed| view.completed.union(failed));
    let stopping = view.pods.iter().filter(|(_, pod)| view.spec.replaces_only_failed && pod.is_terminating());
    let stopping = stopping.filter_map(|(_, pod)| pod.name.index);
    let taken = ended.with(view.active_indexes.iter().copied().chain(stopping));
    taken.first_missing(most, view.completions())
}

/// The pods that failed last of each index that is to have another: they are kept until then, since the next pod
/// carries on their count.
pub(super) fn to_replace(view: &View) -> BTreeMap<i32, (u32, Pod)> {
    let ended = |index| {
        let failed = view.failed_indexes.as_ref().is_some_and(|failed| failed.has(index));
        failed || view.completed.has(index) || view.active_indexes.binary_search(&index).is_ok()
    };
    let mut replaced: BTreeMap<i32, (u32, Pod)> = BTreeMap::new();
    for (id, pod) in &view.pods {
        let Some(index) = pod.name.index.filter(|_| pod.has_finalizer && view.has_place(pod)) else { continue };
        if !view.has_failed(pod) || ended(index) {
            continue;
        }
        let failures = |pod: &Pod| pod.index_failures.counted + pod.index_failures.ignored;
        let is_later = |other: &Pod| failures(other) <= failures(pod) && other.finished() <= pod.finished();
        if replaced.get(&index).is_none_or(|(_, other)| is_later(other)) {
            replaced.insert(index, (*id, pod.clone()));
        }
    }
    replaced
}

/// The pods to stop, at least so many: of an index all but one, and those of indexes that there are no more; then those
/// that have run the shortest, of several such those with the lowest index. Of pods without an index Kubernetes takes any,
/// mostly those that were made first.
fn unwanted(cluster: &Cluster<'_>, view: &View, at_least: usize) -> Vec<(u32, bool)> {
    if at_least == 0 && !has_surplus(view) {
        return Vec::new();
    }
    let mut active: Vec<(u32, &Pod)> = cluster.jobs[&view.number].active_pods().collect();
    active.sort_by_key(|(id, pod)| (rank(pod), pod.name.index, *id));
    let mut of_index: BTreeMap<i32, usize> = BTreeMap::new();
    for index in active.iter().filter_map(|(_, pod)| pod.name.index) {
        *of_index.entry(index).or_default() += 1;
    }
    let mut is_surplus = |pod: &Pod| {
        let pods = pod.name.index.and_then(|index| of_index.get_mut(&index));
        !view.has_place(pod) || pods.is_some_and(|pods| std::mem::replace(pods, *pods - 1) > 1)
    };
    let (mut unwanted, left): (Vec<_>, Vec<_>) =
        active.into_iter().partition(|(_, pod)| view.spec.is_indexed && is_surplus(pod));
    let more = at_least.saturating_sub(unwanted.len());
    unwanted.extend(left.into_iter().take(more));
    unwanted.into_iter().take(MOST).map(|(id, pod)| (id, pod.is_ready())).collect()
}

/// Whether pods are active whose index another has, too, or that there is no more.
fn has_surplus(view: &View) -> bool {
    if !view.spec.is_indexed {
        return false;
    }
    let indexes = &view.active_indexes;
    indexes.windows(2).any(|pair| pair[0] == pair[1]) || indexes.last().is_some_and(|last| *last >= view.completions())
}

type Rank = (Phase, bool, std::cmp::Reverse<Option<Moment>>, std::cmp::Reverse<i32>, std::cmp::Reverse<Moment>);

/// Which are stopped first: those that have not started, are not ready, are ready for the shortest time, were restarted
/// most often, are youngest. pkg/controller/controller_utils.go, ActivePods.
fn rank(pod: &Pod) -> Rank {
    use std::cmp::Reverse;
    let ready = pod.ready.filter(|(ready, _)| *ready).map(|(_, since)| since);
    (pod.phase, pod.is_ready(), Reverse(ready), Reverse(pod.restarts), Reverse(pod.created))
}
