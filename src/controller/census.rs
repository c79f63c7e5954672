//! An account of the pods of a Job: it is brought up to date with the pods that changed, so that a look of the Job
//! controller costs what is new, and not what is there.

mod ends;
mod entry;
mod of_indexes;
mod pods;

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::pod::Pod;
use super::policy::Progress;
use super::spec;
pub(crate) use ends::Ends;
use entry::{Entry, Held, Rank};
pub(crate) use of_indexes::EndedIndexes;
use of_indexes::{Kept, OfIndexes};
pub(crate) use pods::Pods;

/// What the Job controller asks of the pods of a Job.
#[derive(Debug, PartialEq)]
pub(crate) struct Census {
    spec: Rc<spec::Job>,
    /// As what each is counted.
    entries: BTreeMap<u32, Entry>,
    pub(crate) active: i32,
    pub(crate) ready: i32,
    pub(crate) terminating: i32,
    /// How often the containers were restarted of pods that have not ended.
    pub(crate) restarts: i32,
    /// The active pods, those first that are stopped first, with their indexes.
    by_rank: BTreeSet<(Rank, Option<i32>, u32)>,
    /// The pods that have succeeded and are not counted in the status yet.
    pub(crate) succeeded: Ends,
    /// Those that have failed.
    pub(crate) failed: Ends,
    /// How many of these count.
    pub(crate) failures: i32,
    /// How many pods fail the Job.
    pub(crate) fatal: i32,
    /// The pods that are to be counted in the status, in order.
    pub(crate) to_count: BTreeSet<u32>,
    pub(crate) of_indexes: OfIndexes,
    /// The indexes that have ended.
    pub(crate) ended: EndedIndexes,
    pub(crate) news: News,
    /// How far each success rule is met.
    progress: Vec<Progress>,
}

/// What of the indexes that have ended is not in the status yet.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct News {
    /// Those of pods that were not looked at.
    unseen: BTreeSet<(i32, u32, bool)>,
    /// Those that have succeeded, in order.
    pub(crate) succeeded: Vec<i32>,
    /// Those that have failed.
    pub(crate) failed: Vec<i32>,
    /// Whether all of it is another one.
    pub(crate) is_whole: bool,
}

impl Census {
    fn of(spec: &Rc<spec::Job>, pods: &BTreeMap<u32, Pod>, in_status: &EndedIndexes) -> Self {
        let ended = in_status.within(spec);
        let mut census = Self {
            spec: Rc::clone(spec),
            entries: BTreeMap::new(),
            active: 0,
            ready: 0,
            terminating: 0,
            restarts: 0,
            by_rank: BTreeSet::new(),
            succeeded: Ends::default(),
            failed: Ends::default(),
            failures: 0,
            fatal: 0,
            to_count: BTreeSet::new(),
            of_indexes: OfIndexes::of(&ended),
            news: News { is_whole: ended != *in_status, ..News::default() },
            progress: Progress::of(spec, &ended.succeeded),
            ended,
        };
        pods.iter().for_each(|(id, pod)| census.note(*id, Some(pod)));
        census.see();
        census
    }

    /// Counts a pod as what it is now.
    fn note(&mut self, id: u32, pod: Option<&Pod>) {
        let now = pod.map(|pod| Entry::of(&self.spec, pod));
        let before = match now {
            Some(entry) => self.entries.insert(id, entry),
            None => self.entries.remove(&id),
        };
        if before == now {
            return;
        }
        for (entry, by) in before.into_iter().map(|entry| (entry, -1)).chain(now.map(|entry| (entry, 1))) {
            self.add(id, &entry, by);
        }
        if let Some(index) = now.or(before).and_then(|entry| entry.index) {
            self.settle(index);
        }
    }

    fn add(&mut self, id: u32, entry: &Entry, by: i32) {
        if let Some(rank) = entry.rank {
            self.active += by;
            self.ready += if entry.is_ready() { by } else { 0 };
            put(&mut self.by_rank, (rank, entry.index, id), by);
        }
        self.terminating += if entry.is_terminating { by } else { 0 };
        self.restarts += by * entry.restarts;
        if let Some(index) = entry.index {
            self.of_indexes.add(&self.spec, index, (id, entry), by);
        }
        let Some(end) = entry.end else { return };
        self.fatal += if end.fails_job { by } else { 0 };
        let Some(held) = end.held else { return };
        put(&mut self.to_count, id, by);
        match held {
            Held::WithoutPlace => {}
            Held::Succeeded => {
                self.succeeded.add(end.at, by);
                self.note_index(entry.index, (id, true), by);
            }
            Held::Failed { counts, fails_index, .. } => {
                self.failed.add(end.at, by);
                self.failures += if counts { by } else { 0 };
                self.note_index(entry.index.filter(|_| fails_index), (id, false), by);
            }
        }
    }

    /// An index ends with a pod, and is seen to have at the next look.
    fn note_index(&mut self, index: Option<i32>, (id, has_succeeded): (u32, bool), by: i32) {
        if let Some(index) = index {
            put(&mut self.news.unseen, (index, id, has_succeeded), by);
        }
    }

    /// After a change of an index: of its pods that failed one may be kept.
    fn settle(&mut self, index: i32) {
        let Kept { before, now } = self.of_indexes.settle(&self.spec, index, &self.ended);
        if before == now {
            return;
        }
        let is_held = |id: &u32| self.entries.get(id).is_some_and(|entry| entry.held().is_some());
        self.to_count.extend(before.filter(is_held));
        if let Some(id) = now {
            self.to_count.remove(&id);
        }
    }

    /// Sees which indexes have ended.
    fn see(&mut self) {
        for (index, _, has_succeeded) in std::mem::take(&mut self.news.unseen) {
            let ended = &mut self.ended;
            if has_succeeded && ended.succeeded.insert(index) {
                self.news.succeeded.push(index);
                self.progress
                    .iter_mut()
                    .zip(&self.spec.success_rules)
                    .for_each(|(progress, rule)| progress.add(rule, index));
                self.settle(index);
            } else if !has_succeeded && ended.failed.as_mut().is_some_and(|failed| failed.insert(index)) {
                self.news.failed.push(index);
                self.settle(index);
            }
        }
    }

    /// The active pods, those first that are stopped first: each with its index, and whether it is ready.
    pub(crate) fn active_pods(&self) -> impl Iterator<Item = (u32, Option<i32>, bool)> {
        self.by_rank.iter().map(|((_, is_ready, ..), index, id)| (*id, *index, *is_ready))
    }

    /// Whether the indexes that have succeeded are enough.
    pub(crate) fn is_enough(&self) -> bool {
        let succeeded = self.ended.succeeded.len();
        let mut rules = self.progress.iter().zip(&self.spec.success_rules);
        succeeded > 0 && rules.any(|(progress, rule)| progress.is_enough(rule, succeeded))
    }
}

/// Puts something into a set, or takes it out.
fn put<T: Ord>(set: &mut BTreeSet<T>, what: T, by: i32) {
    if by > 0 {
        set.insert(what);
    } else {
        set.remove(&what);
    }
}
