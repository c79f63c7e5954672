//! Sets of completion indexes.

use std::collections::BTreeMap;

use crate::sort;

/// Completion indexes, kept as intervals: a Job that goes through a million of them in order needs one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Indexes {
    /// The last index of each interval, by its first; no two touch.
    intervals: BTreeMap<i32, i32>,
    /// How many indexes there are.
    count: i32,
}

impl Indexes {
    /// How many there are.
    pub(crate) fn len(&self) -> i32 {
        self.count
    }

    /// Whether it is one of them.
    pub(crate) fn has(&self, index: i32) -> bool {
        self.intervals.range(..=index).next_back().is_some_and(|(_, last)| index <= *last)
    }

    /// Takes one in; whether it was not there.
    pub(crate) fn insert(&mut self, index: i32) -> bool {
        if self.has(index) {
            return false;
        }
        self.count += 1;
        let last = self.intervals.remove(&(index + 1)).unwrap_or(index);
        match self.intervals.range_mut(..index).next_back() {
            Some((_, end)) if *end + 1 == index => *end = last,
            _ => {
                self.intervals.insert(index, last);
            }
        }
        true
    }

    /// Takes one out; whether it was there.
    pub(crate) fn remove(&mut self, index: i32) -> bool {
        let Some((&first, last)) = self.intervals.range_mut(..=index).next_back().filter(|(_, last)| index <= **last)
        else {
            return false;
        };
        self.count -= 1;
        let end = std::mem::replace(last, index - 1);
        if first == index {
            self.intervals.remove(&first);
        }
        if index < end {
            self.intervals.insert(index + 1, end);
        }
        true
    }

    /// How many of them an interval holds.
    pub(crate) fn len_within(&self, first: i32, last: i32) -> i32 {
        let overlaps = self.intervals().map(|(start, end)| end.min(last) - start.max(first) + 1);
        overlaps.filter(|overlap| *overlap > 0).sum()
    }

    /// The intervals in order.
    pub(crate) fn intervals(&self) -> impl Iterator<Item = (i32, i32)> {
        self.intervals.iter().map(|(first, last)| (*first, *last))
    }

    /// The first indexes below an end that are not among them, so many at most.
    pub(crate) fn first_missing(&self, most: usize, end: i32) -> Vec<i32> {
        let mut missing = Vec::new();
        let mut candidate = 0;
        for (first, last) in self.intervals().chain([(end, end)]) {
            missing.extend((candidate..first.min(end)).take(most - missing.len()));
            candidate = last + 1;
        }
        missing
    }

    /// Leaves out those that are not below an end.
    pub(crate) fn truncate(&mut self, end: i32) {
        self.intervals.split_off(&end);
        if let Some(mut last) = self.intervals.last_entry() {
            *last.get_mut() = (*last.get()).min(end - 1);
        }
        self.count = Self::counted(&self.intervals);
    }

    /// All that are in this set or in another.
    pub(crate) fn union(&self, other: &Self) -> Self {
        Self::of(self.intervals().chain(other.intervals()).collect())
    }

    fn of(mut intervals: Vec<(i32, i32)>) -> Self {
        sort::ascending(&mut intervals);
        let mut union: Vec<(i32, i32)> = Vec::new();
        for (first, last) in intervals {
            match union.last_mut().filter(|(_, end)| first - 1 <= *end) {
                Some((_, end)) => *end = last.max(*end),
                None => union.push((first, last)),
            }
        }
        let intervals = union.into_iter().collect();
        Self { count: Self::counted(&intervals), intervals }
    }

    fn counted(intervals: &BTreeMap<i32, i32>) -> i32 {
        intervals.iter().map(|(first, last)| last - first + 1).sum()
    }

    /// Takes others in.
    pub(crate) fn merge(&mut self, others: impl IntoIterator<Item = i32>) {
        for index in others {
            self.insert(index);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Indexes;

    fn of(indexes: &[i32]) -> Indexes {
        let mut set = Indexes::default();
        set.merge(indexes.iter().copied());
        set
    }

    #[test]
    fn neighbours_become_one_interval() {
        let set = of(&[5, 3, 4, 0, 9, 1]);
        assert_eq!(set.intervals().collect::<Vec<_>>(), [(0, 1), (3, 5), (9, 9)]);
        assert_eq!((set.len(), set.len_within(1, 4)), (6, 3));
        assert!(set.has(4) && !set.has(2) && !of(&[4]).has(5));
    }

    #[test]
    fn one_that_is_taken_out_parts_its_interval() {
        let mut set = of(&[0, 1, 2, 3, 7]);
        assert!(set.remove(2) && set.remove(7) && set.remove(0) && !set.remove(2) && !set.remove(9));
        assert_eq!((set.intervals().collect::<Vec<_>>(), set.len()), (vec![(1, 1), (3, 3)], 2));
        set.truncate(3);
        assert_eq!(set, of(&[1]));
    }

    #[test]
    fn a_union_has_what_either_has() {
        let union = of(&[0, 1, 5]).union(&of(&[1, 2, 3, 7, 8]));
        assert_eq!(union, of(&[0, 1, 2, 3, 5, 7, 8]));
        assert_eq!(of(&[3]).union(&of(&[4])).intervals().collect::<Vec<_>>(), [(3, 4)]);
    }

    #[test]
    fn what_is_missing_comes_in_order_and_below_the_end() {
        assert_eq!(of(&[0, 2, 3]).first_missing(3, 9), [1, 4, 5]);
        assert_eq!(of(&[0, 2]).first_missing(9, 4), [1, 3]);
        assert_eq!(of(&[7]).first_missing(2, 3), [0, 1]);
        assert!(of(&[0]).first_missing(0, 9).is_empty() && of(&[0]).first_missing(9, 1).is_empty());
    }
}
