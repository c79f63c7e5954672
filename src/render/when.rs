//! Instants as programs read them.

use std::fmt::Write as _;

use serde::Serialize;

use crate::controller::Moment;
use crate::schedule::{Instant, LocalTime, Zone};

/// An instant: seconds since 1970, and the same as text.
#[derive(Serialize)]
pub(super) struct When {
    at: i64,
    utc: String,
    /// On the clock of a zone, where one is meant.
    #[serde(skip_serializing_if = "Option::is_none")]
    local: Option<String>,
}

impl When {
    pub(super) fn utc(at: Instant) -> Self {
        Self { at: at.unix(), utc: rfc3339_utc(at), local: None }
    }

    pub(super) fn in_zone(at: Instant, zone: Zone) -> Self {
        Self { local: Some(rfc3339(at, zone)), ..Self::utc(at) }
    }
}

/// RFC 3339 in UTC: `2026-11-21T04:30:00Z`.
#[must_use]
pub fn rfc3339_utc(instant: Instant) -> String {
    let mut text = written(Zone::utc().local(instant));
    text.push('Z');
    text
}

/// RFC 3339 in UTC, with milliseconds where there are any: `2026-11-21T04:30:00.100Z`.
pub(super) fn rfc3339_millis(moment: Moment) -> String {
    let (whole, millis) = (rfc3339_utc(moment.instant()), moment.millis().rem_euclid(1_000));
    if millis == 0 { whole } else { format!("{}.{millis:03}Z", whole.trim_end_matches('Z')) }
}

/// RFC 3339 in a zone: `2026-11-21T05:30:00+01:00`.
#[must_use]
pub fn rfc3339(instant: Instant, zone: Zone) -> String {
    let local = zone.local(instant);
    let minutes = local.offset.unsigned_abs() / 60;
    let mut text = written(local);
    push_two(if local.offset < 0 { '-' } else { '+' }, minutes / 60, &mut text);
    push_two(':', minutes % 60, &mut text);
    text
}

/// `2026-11-21T04:30:15`, digit by digit: a list of runs has two for each.
fn written(LocalTime { date, second_of_day: second, .. }: LocalTime) -> String {
    let mut text = String::with_capacity("2026-11-21T04:30:15+00:00".len());
    write!(text, "{:04}", date.year).expect("a string takes all");
    let parts = [
        ('-', u32::from(date.month)),
        ('-', u32::from(date.day)),
        ('T', second / 3_600),
        (':', second / 60 % 60),
        (':', second % 60),
    ];
    parts.into_iter().for_each(|(mark, number)| push_two(mark, number, &mut text));
    text
}

/// Two digits behind a mark.
fn push_two(mark: char, number: u32, text: &mut String) {
    text.push(mark);
    text.extend([number / 10, number % 10].into_iter().filter_map(|digit| char::from_digit(digit, 10)));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn instants_are_written_in_utc_and_in_a_zone() {
        let instant = Instant::from_unix(1_808_776_800);
        assert_eq!(rfc3339_utc(instant), "2027-04-26T22:00:00Z");
        assert_eq!(rfc3339(instant, Zone::load("Africa/Cairo").expect("it exists")), "2027-04-27T00:00:00+02:00");
        assert_eq!(rfc3339(instant, Zone::load("Asia/Kathmandu").expect("it exists")), "2027-04-27T03:45:00+05:45");
    }
}
