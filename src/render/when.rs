//! Instants as people and programs read them.

use crate::schedule::{Date, LocalTime, Zone};

const WEEKDAYS: [&str; 7] = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];

/// RFC 3339 in UTC: `2026-11-21T04:30:00Z`.
#[must_use]
pub fn rfc3339_utc(instant: i64) -> String {
    let local = Zone::utc().local(instant);
    format!("{}T{}Z", iso(local.date), clock_with_seconds(local))
}

/// RFC 3339 in a zone: `2026-11-21T05:30:00+01:00`.
#[must_use]
pub fn rfc3339(instant: i64, zone: Zone) -> String {
    let local = zone.local(instant);
    let (sign, minutes) = (if local.offset < 0 { '-' } else { '+' }, local.offset.unsigned_abs() / 60);
    format!("{}T{}{sign}{:02}:{:02}", iso(local.date), clock_with_seconds(local), minutes / 60, minutes % 60)
}

/// `2026-11-21`
pub(super) fn iso(date: Date) -> String {
    format!("{:04}-{:02}-{:02}", date.year, date.month, date.day)
}

/// `Sat 2026-11-21`
pub(super) fn day(date: Date) -> String {
    format!("{} {}", WEEKDAYS[usize::from(date.weekday())], iso(date))
}

/// `04:30`, or `04:30:15` where there are seconds.
pub(super) fn clock(local: LocalTime) -> String {
    if local.second_of_day % 60 == 0 { minutes(local.second_of_day / 60) } else { clock_with_seconds(local) }
}

/// `04:30` from minutes since midnight.
pub(super) fn minutes(minute: u32) -> String {
    format!("{:02}:{:02}", minute / 60, minute % 60)
}

fn clock_with_seconds(local: LocalTime) -> String {
    let second = local.second_of_day;
    format!("{}:{:02}", minutes(second / 60), second % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn instants_are_written_in_utc_and_in_a_zone() {
        let instant = 1_808_776_800;
        assert_eq!(rfc3339_utc(instant), "2027-04-26T22:00:00Z");
        assert_eq!(rfc3339(instant, Zone::load("Africa/Cairo").expect("it exists")), "2027-04-27T00:00:00+02:00");
        assert_eq!(rfc3339(instant, Zone::load("Asia/Kathmandu").expect("it exists")), "2027-04-27T03:45:00+05:45");
        assert_eq!(day(Zone::utc().local(instant).date), "Mon 2027-04-26");
    }
}
