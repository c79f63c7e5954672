//! Days and lists in words.

use crate::schedule::{Instant, Zone};

/// `Fri 2026-11-27`: the local day of an instant.
pub(crate) fn day(instant: Instant, zone: Zone) -> String {
    zone.local(instant).date.with_weekday()
}

/// The clock that a schedule without `timeZone` goes by, and on what that rests.
pub(crate) fn controller_clock(told: Option<Zone>) -> String {
    match told {
        Some(zone) => format!("the controller's clock, {} by configuration", zone.name()),
        None => "the controller's clock, mostly UTC".to_owned(),
    }
}

/// `a, b and c`.
pub(crate) fn list(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [only] => only.clone(),
        [rest @ .., last] => format!("{} and {last}", rest.join(", ")),
    }
}
