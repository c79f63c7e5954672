use crate::schedule::{LocalTime, Zone};

/// `Fri 2026-11-27`: the local day of an instant (Unix seconds).
pub(crate) fn day(instant: i64, zone: Zone) -> String {
    let date = zone.local(instant).date;
    let weekday = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"][usize::from(date.weekday() % 7)];
    format!("{weekday} {:04}-{:02}-{:02}", date.year, date.month, date.day)
}

/// `02:30`: what the clock shows.
pub(crate) fn clock(local: LocalTime) -> String {
    format!("{:02}:{:02}", local.second_of_day / 3600, local.second_of_day / 60 % 60)
}

/// `a, b and c`.
pub(crate) fn list(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [only] => only.clone(),
        [rest @ .., last] => format!("{} and {last}", rest.join(", ")),
    }
}
