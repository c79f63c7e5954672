//! Instants as Go's `time.Parse(time.RFC3339, …)` reads them.

use crate::schedule::{Date, Instant};

/// Whether Go reads the text as an instant: `2006-01-02T15:04:05Z`, with a fraction of a second, with an offset.
#[must_use]
pub fn is_rfc3339(text: &str) -> bool {
    instant(text).is_some()
}

/// The second that a text of the API tells, as Go reads it.
#[must_use]
pub fn instant(text: &str) -> Option<Instant> {
    parse(text.as_bytes()).map(Instant::from_unix)
}

fn parse(text: &[u8]) -> Option<i64> {
    let (year, text) = (digits(text, 4)?, text.get(4..)?);
    let (month, text) = two_digits(text.strip_prefix(b"-")?)?;
    let (day, text) = two_digits(text.strip_prefix(b"-")?)?;
    let (hour, text) = hour(text.strip_prefix(b"T")?)?;
    let (minute, text) = two_digits(text.strip_prefix(b":")?)?;
    let (second, text) = two_digits(text.strip_prefix(b":")?)?;
    let text = without_fraction(text);
    let offset = offset(text)?;
    let in_range = (1..=12).contains(&month) && day >= 1 && day <= days(year, month);
    (in_range && hour < 24 && minute < 60 && second < 60).then(|| {
        let date = Date { year: year as i32, month: month as u8, day: day as u8 };
        date.to_days() * 86_400 + i64::from(hour * 3_600 + minute * 60 + second) - offset
    })
}

fn digits(text: &[u8], count: usize) -> Option<u32> {
    let digits = text.get(..count)?;
    digits
        .iter()
        .all(u8::is_ascii_digit)
        .then(|| digits.iter().fold(0, |sum, digit| sum * 10 + u32::from(digit - b'0')))
}

fn two_digits(text: &[u8]) -> Option<(u32, &[u8])> {
    Some((digits(text, 2)?, &text[2..]))
}

/// Go takes an hour of one digit too.
fn hour(text: &[u8]) -> Option<(u32, &[u8])> {
    two_digits(text).or_else(|| Some((digits(text, 1)?, &text[1..])))
}

/// A fraction follows the seconds after a dot or a comma, whatever the layout says.
fn without_fraction(text: &[u8]) -> &[u8] {
    let [b'.' | b',', rest @ ..] = text else { return text };
    let count = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
    if count == 0 { text } else { &rest[count..] }
}

/// In seconds east of UTC.
fn offset(text: &[u8]) -> Option<i64> {
    match text {
        b"Z" => Some(0),
        [sign @ (b'+' | b'-'), rest @ ..] if rest.len() == 5 && rest[2] == b':' => {
            let hours = digits(rest, 2).filter(|hours| *hours <= 24)?;
            let minutes = digits(&rest[3..], 2).filter(|minutes| *minutes <= 60)?;
            let east = i64::from(hours * 3_600 + minutes * 60);
            Some(if *sign == b'-' { -east } else { east })
        }
        _ => None,
    }
}

fn days(year: u32, month: u32) -> u32 {
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

#[cfg(test)]
mod tests {
    use super::is_rfc3339;

    #[test]
    fn instants_are_read_as_go_reads_them() {
        for good in [
            "2024-02-29T00:00:00Z",
            "2024-01-01T1:00:00Z",
            "2024-01-01T00:00:00.5+01:00",
            "2024-01-01T00:00:00,5Z",
            "0000-01-01T00:00:00-24:60",
        ] {
            assert!(is_rfc3339(good), "{good}");
        }
        for bad in [
            "",
            "2023-02-29T00:00:00Z",
            "2024-01-01",
            "2024-01-01T24:00:00Z",
            "2024-01-01T00:00:60Z",
            "2024-01-01t00:00:00z",
            "2024-01-01T00:00:00",
            "2024-01-01T00:00:00.Z",
            "2024-13-01T00:00:00Z",
            "2024-01-01T00:00:00+0100",
            "2024-01-01T00:00:00+01",
            "2024-01-01T00:00:00+01-00",
            "2024-01-01T00:00:00+01:000",
            "２024-01-01T00:00:00Z",
        ] {
            assert!(!is_rfc3339(bad), "{bad}");
        }
    }
}
