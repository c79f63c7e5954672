//! One sort for whatever there is to sort. The standard library's is compiled anew for each type, seven kilobytes a time;
//! here that is done once, for places, and what is told of a type is how two of it compare. It is stable, as that one is.

use std::cmp::Ordering;

/// By what `compare` says of two.
pub fn by<T>(items: &mut [T], mut compare: impl FnMut(&T, &T) -> Ordering) {
    if let Some(order) = order(items.len(), &mut |one, other| compare(&items[one], &items[other])) {
        follow(order, &mut |one, other| items.swap(one, other));
    }
}

/// By a key, which is asked for again at each comparison.
pub fn by_key<T, K: Ord>(items: &mut [T], mut key: impl FnMut(&T) -> K) {
    by(items, |one, other| key(one).cmp(&key(other)));
}

/// By a key, which is asked for once.
pub fn by_cached_key<T, K: Ord>(items: &mut [T], key: impl FnMut(&T) -> K) {
    let keys: Vec<K> = items.iter().map(key).collect();
    if let Some(order) = order(items.len(), &mut |one, other| keys[one].cmp(&keys[other])) {
        follow(order, &mut |one, other| items.swap(one, other));
    }
}

/// The least first.
pub fn ascending<T: Ord>(items: &mut [T]) {
    by(items, T::cmp);
}

/// Which of the items comes first, which second, and so on; `None` where they stand so already.
fn order(count: usize, compare: &mut dyn FnMut(usize, usize) -> Ordering) -> Option<Vec<usize>> {
    if (1..count).all(|place| compare(place - 1, place).is_le()) {
        return None;
    }
    let mut order: Vec<usize> = (0..count).collect();
    order.sort_by(|one, other| compare(*one, *other));
    Some(order)
}

/// Moves the items to where they belong, round by round: each takes its place and makes room for the next.
fn follow(mut order: Vec<usize>, swap: &mut dyn FnMut(usize, usize)) {
    for start in 0..order.len() {
        let mut place = start;
        while order[place] != start {
            let next = order[place];
            swap(place, next);
            order[place] = place;
            place = next;
        }
        order[place] = place;
    }
}

#[cfg(test)]
mod tests {
    use super::{ascending, by_cached_key, by_key};

    #[test]
    fn every_order_of_few_is_sorted_as_the_standard_library_does() {
        for number in 0..4_u32.pow(6) {
            let items: Vec<(u32, usize)> =
                (0..6).map(|place| (number / 4_u32.pow(place) % 4, place as usize)).collect();
            let mut expected = items.clone();
            expected.sort_by_key(|item| item.0);
            let mut sorted = items.clone();
            by_key(&mut sorted, |item| item.0);
            assert_eq!(sorted, expected);
            let mut cached = items;
            by_cached_key(&mut cached, |item| item.0);
            assert_eq!(cached, expected);
        }
    }

    #[test]
    fn many_are_sorted_and_nothing_is_lost() {
        let mut items: Vec<u64> =
            (0..5000).map(|number: u64| number.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 50).collect();
        let mut expected = items.clone();
        expected.sort_unstable();
        ascending(&mut items);
        assert_eq!(items, expected);
        ascending(&mut items);
        assert_eq!(items, expected, "in order already");
    }
}
