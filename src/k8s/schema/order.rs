//! The order of names, while the compiler runs.

use std::cmp::Ordering;

/// The order of two names.
pub(super) const fn compare(left: &str, right: &str) -> Ordering {
    let (left, right) = (left.as_bytes(), right.as_bytes());
    let mut at = 0;
    loop {
        let difference = match (at < left.len(), at < right.len()) {
            (true, true) => left[at] as i16 - right[at] as i16,
            (some_left, some_right) => some_left as i16 - some_right as i16,
        };
        match difference {
            ..0 => return Ordering::Less,
            0 if at >= left.len() => return Ordering::Equal,
            0 => at += 1,
            1.. => return Ordering::Greater,
        }
    }
}
