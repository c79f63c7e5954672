//! Lengths of time and counts as arguments.

use std::str::FromStr;

use crate::rule::duration;
use crate::schedule::Seconds;

/// A length of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Length(pub(super) Seconds);

const HUNDRED_YEARS: i64 = 100 * 366 * 86_400;

impl FromStr for Length {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let seconds = duration::read(text)?.get();
        match seconds {
            0 => Err("must be longer than nothing".to_owned()),
            _ if seconds > HUNDRED_YEARS => Err("a hundred years is the most, such as 5217w".to_owned()),
            _ => Ok(Self(Seconds::new(seconds))),
        }
    }
}

/// How many of something to list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Count(pub(super) usize);

/// More than anybody reads; all of them are held at once.
const MOST: usize = 1_000_000;

impl FromStr for Count {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        match text.parse() {
            _ if !is_number => Err("write a whole number, such as 20".to_owned()),
            Ok(count) if count <= MOST => Ok(Self(count)),
            _ => Err(format!("{MOST} is the most")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_length_has_a_number_and_a_unit() {
        let read = |text: &str| text.parse::<Length>().map(|length| length.0.get());
        assert_eq!((read("90m"), read("7d"), read("2w")), (Ok(5_400), Ok(604_800), Ok(1_209_600)));
        assert_eq!(read("5217w"), Ok(5_217 * 604_800));
        for (text, words) in [
            ("", "write a number"),
            ("x", "write a number"),
            ("-1d", "write a number"),
            ("7", "write a number with one of the units"),
            ("2mo", "write a number with one of the units"),
            ("1y", "write a number with one of the units"),
            ("7é", "write a number with one of the units"),
            ("7 days", "did you mean `7d`?"),
            ("90min", "did you mean `90m`?"),
            ("24H", "did you mean `24h`?"),
            ("0h", "must be longer than nothing"),
            ("5300w", "a hundred years is the most"),
            ("99999999999d", "a hundred years is the most"),
            ("99999999999999999999999999s", "a hundred years is the most"),
        ] {
            assert!(read(text).is_err_and(|why| why.starts_with(words)), "{text}: {:?}", read(text));
        }
    }

    #[test]
    fn a_count_is_a_number_that_can_be_held() {
        let read = |text: &str| text.parse::<Count>().map(|count| count.0);
        assert_eq!((read("0"), read("1000000")), (Ok(0), Ok(1_000_000)));
        for text in ["1000001", "18446744073709551615", "99999999999999999999999999"] {
            assert_eq!(read(text), Err("1000000 is the most".to_owned()), "{text}");
        }
        for text in ["", "abc", "-1", "+1", "1.5", "5 "] {
            assert_eq!(read(text), Err("write a whole number, such as 20".to_owned()), "{text}");
        }
    }
}
