//! The one grammar of instants: RFC 3339 with all that people leave out of it, words, and Unix time.

use std::ops::RangeInclusive;

use super::Moment;
use crate::k8s::schema::nearest;
use crate::schedule::{Date, INSTANTS, Instant, LocalSecond, days_in_month};

const WORDS: [(&str, Moment); 4] =
    [("now", Moment::Now), ("today", Moment::Day(0)), ("tomorrow", Moment::Day(1)), ("yesterday", Moment::Day(-1))];
const FORMS: &str = "write 2027-04-26, 2027-04-26T09:30, 2027-04-26T09:30Z, @1808731800, today or now";
const YEARS: &str = "times are told within the years 1 to 9999";

/// Reads an instant.
///
/// # Errors
/// What is there, and what would be right.
pub(super) fn read(text: &str) -> Result<Moment, String> {
    let text = text.trim();
    if let Some(seconds) = text.strip_prefix('@') {
        return unix(seconds);
    }
    if text.starts_with(|char: char| char.is_alphabetic()) {
        return word(text);
    }
    let mut rest = Rest(text);
    let midnight = LocalSecond::from(date(&mut rest)?);
    if rest.is_empty() {
        return Ok(Moment::Local(midnight));
    }
    if !rest.take(&["T", "t", " "]) {
        return Err(FORMS.to_owned());
    }
    let local = LocalSecond::new(midnight.day(), second_of_day(&mut rest)?);
    rest.take(&[" "]);
    if rest.is_empty() {
        return Ok(Moment::Local(local));
    }
    let offset = offset(&mut rest)?;
    if rest.is_empty() { exact(local.instant(offset)) } else { Err(FORMS.to_owned()) }
}

fn word(text: &str) -> Result<Moment, String> {
    let word = text.to_lowercase();
    WORDS.iter().find(|(known, _)| *known == word).map(|(_, moment)| *moment).ok_or_else(|| {
        match nearest(&word, WORDS.map(|(known, _)| known)) {
            Some(nearest) => format!("did you mean `{nearest}`?"),
            None => FORMS.to_owned(),
        }
    })
}

/// Seconds since 1970; a fraction is left out, as it is behind any time.
fn unix(text: &str) -> Result<Moment, String> {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    if !digits(whole.strip_prefix('-').unwrap_or(whole)) || !digits(fraction) {
        return Err("behind @ come the seconds since 1970, such as @1808731800".to_owned());
    }
    // More digits than a number holds are out of range, too.
    whole.parse().map_err(|_| YEARS.to_owned()).and_then(|seconds| exact(Instant::from_unix(seconds)))
}

fn exact(instant: Instant) -> Result<Moment, String> {
    if INSTANTS.contains(&instant) { Ok(Moment::Exact(instant)) } else { Err(YEARS.to_owned()) }
}

fn date(rest: &mut Rest<'_>) -> Result<Date, String> {
    let is_negative = rest.take(&["-"]);
    rest.take(&["+"]);
    let year = rest.number(4..=9).ok_or(FORMS)?;
    let mut part = |most| if rest.take(&["-"]) { rest.number(2..=2) } else { None }.map(|number| (number, most));
    let ((month, months), (day, days)) = (part(12).ok_or(FORMS)?, part(31).ok_or(FORMS)?);
    let Some(year) = i32::try_from(year).ok().filter(|year| !is_negative && (1..=9999).contains(year)) else {
        return Err(YEARS.to_owned());
    };
    let (month, day) = (within("month", month, 1..=months)?, within("day", day, 1..=days)?);
    if day > days_in_month(year, month) {
        return Err(format!("month {month} of {year} has no day {day}"));
    }
    Ok(Date { year, month, day })
}

/// `09:30`, `09:30:15`, `09:30:15.25`
fn second_of_day(rest: &mut Rest<'_>) -> Result<u32, String> {
    let hour = rest.number(2..=2).ok_or(FORMS)?;
    let minute = if rest.take(&[":"]) { rest.number(2..=2) } else { None }.ok_or(FORMS)?;
    let second = if rest.take(&[":"]) { rest.number(2..=2).ok_or(FORMS)? } else { 0 };
    if rest.take(&[".", ","]) {
        rest.number(1..=usize::MAX).ok_or(FORMS)?;
    }
    let hour = u32::from(within("hour", hour, 0..=23)?);
    Ok(hour * 3_600 + u32::from(within("minute", minute, 0..=59)?) * 60 + u32::from(within("second", second, 0..=59)?))
}

/// Seconds east of UTC: `Z`, `+02:00`, `+0200`, `+02`
fn offset(rest: &mut Rest<'_>) -> Result<i32, String> {
    if rest.take(&["Z", "z", "UTC", "GMT"]) {
        return Ok(0);
    }
    let sign = if rest.take(&["-"]) { -1 } else { 1 };
    if sign == 1 && !rest.take(&["+"]) {
        return Err(FORMS.to_owned());
    }
    let before = rest.0.len();
    let number = rest.number(2..=4).ok_or(FORMS)?;
    let (hours, minutes) = match before - rest.0.len() {
        2 if rest.take(&[":"]) => (number, rest.number(2..=2).ok_or(FORMS)?),
        2 => (number, 0),
        4 => (number / 100, number % 100),
        _ => return Err(FORMS.to_owned()),
    };
    let (hours, minutes) = (within("offset of hours", hours, 0..=23)?, within("offset of minutes", minutes, 0..=59)?);
    Ok(sign * (i32::from(hours) * 3_600 + i32::from(minutes) * 60))
}

fn within(what: &str, number: u64, range: RangeInclusive<u64>) -> Result<u8, String> {
    match u8::try_from(number) {
        Ok(small) if range.contains(&number) => Ok(small),
        _ if number < *range.start() => Err(format!("{what} {number} is below the minimum, {}", range.start())),
        _ => Err(format!("{what} {number} is above the maximum, {}", range.end())),
    }
}

/// What is left to read.
struct Rest<'t>(&'t str);

impl Rest<'_> {
    fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Takes the first of the marks that comes next, if one does.
    fn take(&mut self, marks: &[&str]) -> bool {
        let rest = marks.iter().find_map(|mark| self.0.strip_prefix(mark));
        self.0 = rest.unwrap_or(self.0);
        rest.is_some()
    }

    /// Takes all digits in a row, if they are so many; of more than a number holds, the largest.
    fn number(&mut self, digits: RangeInclusive<usize>) -> Option<u64> {
        let count = self.0.bytes().take_while(u8::is_ascii_digit).count();
        let (number, rest) = self.0.split_at(count);
        self.0 = rest;
        digits.contains(&count).then(|| number.parse().unwrap_or(u64::MAX))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_write_is_understood() {
        let local = |second: u32| Ok(Moment::Local(LocalSecond::new(20_454, second)));
        let exact = |unix: i64| Ok(Moment::Exact(Instant::from_unix(unix)));
        let midnight = 1_767_225_600;
        for (text, expected) in [
            ("2026-01-01", local(0)),
            (" 2026-01-01 ", local(0)),
            ("2026-01-01T00:00", local(0)),
            ("2026-01-01 00:00", local(0)),
            ("2026-01-01t09:30:15", local(34_215)),
            ("2026-01-01 09:30:15,999999999999999999999999", local(34_215)),
            ("2026-01-01T00:00Z", exact(midnight)),
            ("2026-01-01 00:00:00.25 UTC", exact(midnight)),
            ("2026-01-01T00:00+02:00", exact(midnight - 7_200)),
            ("2026-01-01T00:00:00 +0200", exact(midnight - 7_200)),
            ("2026-01-01T00:00-02", exact(midnight + 7_200)),
            ("@1767225600", exact(midnight)),
            ("@1767225600.999", exact(midnight)),
            ("@-62135596800", exact(-62_135_596_800)),
            ("9999-12-31T23:59:59Z", exact(253_402_300_799)),
            ("Now", Ok(Moment::Now)),
            ("today", Ok(Moment::Day(0))),
            ("tomorrow", Ok(Moment::Day(1))),
            ("yesterday", Ok(Moment::Day(-1))),
        ] {
            assert_eq!(read(text), expected, "{text}");
        }
    }

    #[test]
    fn what_is_no_instant_is_answered_with_what_would_be_one() {
        for (text, words) in [
            ("", FORMS),
            ("2026", FORMS),
            ("2026-1-1", FORMS),
            ("01/02/2026", FORMS),
            ("2026-01-01T", FORMS),
            ("2026-01-01T9", FORMS),
            ("2026-01-01T00:00X", FORMS),
            ("2026-01-01T00:00+2", FORMS),
            ("2026-01-01T00:00+020", FORMS),
            ("2026-01-01T00:00Z Z", FORMS),
            ("midsummer", FORMS),
            ("tomorow", "did you mean `tomorrow`?"),
            ("2026-13-01", "month 13 is above the maximum, 12"),
            ("2026-00-01", "month 0 is below the minimum, 1"),
            ("2026-02-29", "month 2 of 2026 has no day 29"),
            ("2026-01-01T24:00", "hour 24 is above the maximum, 23"),
            ("2026-01-01 10:60", "minute 60 is above the maximum, 59"),
            ("2026-01-01T00:00+24:00", "offset of hours 24 is above the maximum, 23"),
            ("0000-01-01", YEARS),
            ("-0001-01-01", YEARS),
            ("10000-01-01", YEARS),
            ("+262142-12-31T23:59:59", YEARS),
            ("0001-01-01T00:00+01:00", YEARS),
            ("9999-12-31T23:59:59-00:01", YEARS),
            ("@253402300800", YEARS),
            ("@-62135596801", YEARS),
            ("@99999999999999999", YEARS),
            ("@9223372036854775807", YEARS),
            ("@-99999999999999999999999999", YEARS),
            ("@soon", "behind @ come the seconds since 1970, such as @1808731800"),
        ] {
            assert_eq!(read(text), Err(words.to_owned()), "{text}");
        }
    }
}
