//! The work queue of a controller: what is to be looked at now, and what later.
//!
//! client-go, util/workqueue/delaying_queue.go, as of v0.36: of the times at which one thing is to be looked at, only the
//! first is kept.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::moment::{Delay, Moment};

/// Things by key, each at most once to be looked at now, and at most once later.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Queue<K> {
    /// In order, each with the moment from which it is.
    ready: VecDeque<(Moment, K)>,
    is_ready: BTreeMap<K, Moment>,
    /// Those that are to be looked at again, as something happened after the worker took them up.
    again: BTreeSet<K>,
    waiting: BTreeSet<(Moment, K)>,
    waits_until: BTreeMap<K, Moment>,
    latency: Delay,
}

impl<K: Copy + Ord> Queue<K> {
    /// A queue whose worker takes things up so long after they were due.
    pub(crate) fn new(latency: Delay) -> Self {
        Self {
            ready: VecDeque::new(),
            is_ready: BTreeMap::new(),
            again: BTreeSet::new(),
            waiting: BTreeSet::new(),
            waits_until: BTreeMap::new(),
            latency,
        }
    }

    /// To be looked at now.
    pub(crate) fn add(&mut self, key: K, now: Moment) {
        self.make_ready(now);
        self.push(key, now);
    }

    fn push(&mut self, key: K, at: Moment) {
        match self.is_ready.get(&key) {
            None => {
                self.is_ready.insert(key, at);
                self.ready.push_back((at, key));
            }
            Some(&taken_up) if taken_up < at => {
                self.again.insert(key);
            }
            Some(_) => {}
        }
    }

    /// Moves what has waited long enough.
    fn make_ready(&mut self, now: Moment) {
        while let Some(&(at, key)) = self.waiting.first()
            && at <= now
        {
            self.waiting.pop_first();
            self.waits_until.remove(&key);
            self.push(key, at);
        }
    }

    /// To be looked at after a while, or sooner, if it was to be.
    pub(crate) fn add_after(&mut self, key: K, delay: Delay, now: Moment) {
        if delay <= Delay::default() {
            return self.add(key, now);
        }
        let at = now + delay;
        if at >= Moment::END {
            return;
        }
        match self.waits_until.get(&key) {
            Some(&sooner) if sooner <= at => return,
            Some(&later) => self.waiting.remove(&(later, key)),
            None => false,
        };
        self.waits_until.insert(key, at);
        self.waiting.insert((at, key));
    }

    /// When something is looked at next.
    pub(crate) fn next(&self) -> Option<Moment> {
        let ready = self.ready.front().map(|(at, _)| *at);
        let waiting = self.waiting.first().map(|(at, _)| *at);
        ready.into_iter().chain(waiting).min().map(|at| at + self.latency)
    }

    /// What is looked at now, if anything, and from when on the worker has not seen any more what happened.
    pub(crate) fn take(&mut self, now: Moment) -> Option<(K, Moment)> {
        self.make_ready(now);
        let &(taken_up, key) = self.ready.front()?;
        if now < taken_up + self.latency {
            return None;
        }
        self.ready.pop_front();
        self.is_ready.remove(&key);
        if self.again.remove(&key) {
            self.push(key, now);
        }
        Some((key, taken_up))
    }

    /// Whether nothing is looked at before a moment, and something then.
    pub(crate) fn waits_until(&self, moment: Moment) -> bool {
        self.ready.is_empty() && self.waiting.first().is_some_and(|(at, _)| *at == moment)
    }

    /// The same queue with other keys, at another time.
    pub(crate) fn mapped(&self, key: impl Fn(K) -> K, at: impl Fn(Moment) -> Moment) -> Self {
        Self {
            ready: self.ready.iter().map(|(since, of)| (at(*since), key(*of))).collect(),
            is_ready: self.is_ready.iter().map(|(of, since)| (key(*of), at(*since))).collect(),
            again: self.again.iter().map(|of| key(*of)).collect(),
            waiting: self.waiting.iter().map(|(until, of)| (at(*until), key(*of))).collect(),
            waits_until: self.waits_until.iter().map(|(of, until)| (key(*of), at(*until))).collect(),
            latency: self.latency,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Delay, Moment, Queue};

    const START: Moment = Moment::from_millis(0);

    #[test]
    fn of_several_times_for_one_thing_the_first_is_kept() {
        let mut queue = Queue::new(Delay::default());
        queue.add_after('a', Delay::from_seconds(3), START);
        queue.add_after('a', Delay::from_seconds(2), START);
        queue.add_after('a', Delay::from_seconds(9), START);
        let due = START + Delay::from_seconds(2);
        assert_eq!((queue.next(), queue.take(START)), (Some(due), None));
        assert_eq!((queue.take(due), queue.take(due), queue.next()), (Some(('a', due)), None, None));
    }

    #[test]
    fn what_is_due_is_looked_at_in_order_and_once() {
        let mut queue = Queue::new(Delay::default());
        for key in ['b', 'a', 'b'] {
            queue.add(key, START);
        }
        let taken = std::iter::from_fn(|| queue.take(START)).map(|(key, _)| key);
        assert_eq!(taken.collect::<String>(), "ba");
    }

    #[test]
    fn what_happens_while_a_worker_is_busy_is_looked_at_afterwards() {
        let mut queue = Queue::new(Delay::from_millis(300));
        queue.add('a', START);
        queue.add('a', START + Delay::from_millis(200));
        let (first, second) = (START + Delay::from_millis(300), START + Delay::from_millis(600));
        assert_eq!((queue.next(), queue.take(first)), (Some(first), Some(('a', START))));
        assert_eq!((queue.next(), queue.take(second)), (Some(second), Some(('a', first))));
    }
}
