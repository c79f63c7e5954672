//! Days and lists in words.

use crate::schedule::{Instant, Zone};

/// `Fri 2026-11-27`: the local day of an instant.
pub(crate) fn day(instant: Instant, zone: Zone) -> String {
    zone.local(instant).date.with_weekday()
}

/// `a, b and c`.
pub(crate) fn list(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [only] => only.clone(),
        [rest @ .., last] => format!("{} and {last}", rest.join(", ")),
    }
}
