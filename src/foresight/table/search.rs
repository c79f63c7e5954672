//! Where what happens changes.

use crate::schedule::Seconds;

/// The longest of the lengths up to `most` for which something holds that holds for a second, and for no length beyond
/// some; `None` where it does not hold for a second. Long lengths, which take long to simulate, are tried last.
pub(super) fn longest(most: Seconds, holds: impl Fn(Seconds) -> bool) -> Option<Seconds> {
    let (mut low, mut high) = (Seconds::new(1), most + Seconds::new(1));
    if !holds(low) {
        return None;
    }
    let mut is_known = false;
    while (high - low).get() > 1 {
        let double = low.get().saturating_mul(2).min(most.get());
        let next = if is_known { low.get() + (high - low).get() / 2 } else { double };
        let next = Seconds::new(next);
        if holds(next) {
            low = next;
        } else {
            (high, is_known) = (next, true);
        }
    }
    Some(low)
}

/// Lengths of time that people say, in seconds.
const ROUND: [i64; 29] = [
    10, 20, 30, 60, 90, 120, 180, 300, 420, 600, 900, 1_200, 1_800, 2_400, 3_600, 5_400, 7_200, 10_800, 14_400, 21_600,
    28_800, 36_000, 43_200, 64_800, 86_400, 108_000, 129_600, 172_800, 259_200,
];

/// A round length beyond another: more than twice as long, or where that is half a day, not much longer.
pub(super) fn beyond(length: Seconds) -> Seconds {
    let least = if length.get() < 12 * 3_600 { 2 * length.get() } else { length.get() };
    let round = ROUND.into_iter().find(|round| *round > least);
    Seconds::new(round.unwrap_or_else(|| (length.get() / 86_400 + 1) * 86_400))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_length_is_found_to_the_second() {
        let longest_below =
            |bound: i64, most| longest(Seconds::new(most), |length| length.get() <= bound).map(|found| found.get());
        for bound in [1, 2, 899, 900, 901, 86_400] {
            assert_eq!(longest_below(bound, 86_400), Some(bound));
        }
        assert_eq!((longest_below(0, 10), longest_below(99, 10), longest_below(1, 0)), (None, Some(10), Some(1)));
    }

    #[test]
    fn a_length_beyond_is_one_that_people_say() {
        let beyond = |seconds| super::beyond(Seconds::new(seconds)).get();
        assert_eq!((beyond(60), beyond(900), beyond(3_600)), (180, 2_400, 10_800));
        assert_eq!((beyond(86_400), beyond(7 * 86_400)), (108_000, 8 * 86_400));
    }
}
