//! What go-yaml writes without quotes.

use super::timestamp::is_timestamp;
use super::{Scalar, plain};

/// Whether go-yaml writes a string without quotes: where that reads as the same string, and no older reader takes it for
/// a number to the base of 60 either.
pub(in crate::yaml) fn stays_string(text: &str) -> bool {
    plain(text) == Scalar::String && !is_timestamp(text) && !is_sexagesimal(text)
}

/// `12:30:45.5`
fn is_sexagesimal(text: &str) -> bool {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    let mut parts = digits.split(':');
    let is_first =
        |part: &str| part.starts_with(|first: char| first.is_ascii_digit()) && part.bytes().all(is_digit_or_underscore);
    if !parts.next().is_some_and(is_first) {
        return false;
    }
    let rest: Vec<&str> = parts.collect();
    let Some((last, others)) = rest.split_last() else { return false };
    let (last, fraction) = last.split_once('.').unwrap_or((last, ""));
    let is_part = |part: &str| matches!(part.as_bytes(), [b'0'..=b'9'] | [b'0'..=b'5', b'0'..=b'9']);
    fraction.bytes().all(is_digit_or_underscore) && others.iter().chain([&last]).all(|part| is_part(part))
}

const fn is_digit_or_underscore(byte: u8) -> bool {
    byte.is_ascii_digit() || byte == b'_'
}
