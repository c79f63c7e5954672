//! How many findings of one rule in a document are shown: what is wrong a thousand times over is no clearer for more.

use std::collections::HashMap;
use std::hash::Hash;
use std::num::NonZeroUsize;

/// Findings that are shown, and those that are not.
pub(super) struct Limited<T> {
    pub(super) shown: Vec<T>,
    pub(super) rests: Vec<Rest<T>>,
}

/// Findings of one rule in one document that are not shown.
pub(super) struct Rest<T> {
    pub(super) first: T,
    pub(super) count: usize,
}

/// Shows at most so many of a kind, which is a rule in a document; the first ones.
pub(super) fn limit<T, K: Eq + Hash>(all: Vec<T>, most: Option<NonZeroUsize>, kind: impl Fn(&T) -> K) -> Limited<T> {
    let most = most.map_or(usize::MAX, NonZeroUsize::get);
    let mut rests: Vec<Rest<T>> = Vec::new();
    if all.len() <= most {
        return Limited { shown: all, rests };
    }
    // How many of each kind came, and where their rest is.
    let mut counts: HashMap<K, (usize, usize)> = HashMap::new();
    let mut shown = Vec::new();
    for one in all {
        let (count, rest) = counts.entry(kind(&one)).or_insert((0, rests.len()));
        *count += 1;
        if *count <= most {
            shown.push(one);
        } else if *count == most + 1 {
            *rest = rests.len();
            rests.push(Rest { first: one, count: 1 });
        } else {
            rests[*rest].count += 1;
        }
    }
    Limited { shown, rests }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_of_each_kind_are_shown_and_the_rest_is_counted() {
        let all = vec!["a1", "b1", "a2", "a3", "c1", "b2", "a4", "b3"];
        let kind = |one: &&str| one.as_bytes()[0];
        let Limited { shown, rests } = limit(all.clone(), NonZeroUsize::new(2), kind);
        assert_eq!(shown, ["a1", "b1", "a2", "c1", "b2"]);
        let rests = rests.iter().map(|rest| (rest.first, rest.count));
        assert_eq!(rests.collect::<Vec<_>>(), [("a3", 2), ("b3", 1)]);
        assert_eq!(limit(all.clone(), None, kind).shown, all);
    }
}
