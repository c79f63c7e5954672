//! Lengths of time and counts as arguments.

use std::str::FromStr;

use crate::schedule::Seconds;

/// A length of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Length(pub(super) Seconds);

/// Units by their letter.
const UNITS: [(&str, i64); 5] = [("s", 1), ("m", 60), ("h", 3_600), ("d", 86_400), ("w", 7 * 86_400)];
const HUNDRED_YEARS: i64 = 100 * 366 * 86_400;

impl FromStr for Length {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let digits = text.bytes().take_while(u8::is_ascii_digit).count();
        let (number, unit) = text.split_at(digits);
        if number.is_empty() {
            return Err("write a number with a unit: 90m, 24h, 7d, 2w".to_owned());
        }
        let Some((_, each)) = UNITS.iter().find(|(letter, _)| *letter == unit) else {
            return Err(missed(number, unit.trim()));
        };
        // More digits than a number holds are longer than any time, too.
        let seconds = number.parse().unwrap_or(i64::MAX).saturating_mul(*each);
        match seconds {
            0 => Err("must be longer than nothing".to_owned()),
            _ if seconds > HUNDRED_YEARS => Err("a hundred years is the most, such as 5217w".to_owned()),
            _ => Ok(Self(Seconds::new(seconds))),
        }
    }
}

/// What was likely meant by a number with another unit.
fn missed(number: &str, unit: &str) -> String {
    let first = unit.get(..1).unwrap_or_default();
    match UNITS.iter().find(|(letter, _)| *letter == first.to_ascii_lowercase()) {
        Some((letter, _)) if number.len() < 10 && !unit.to_ascii_lowercase().starts_with("mo") => {
            format!("did you mean `{number}{letter}`?")
        }
        _ => "write a number with one of the units s, m, h, d and w: 90m, 24h, 7d, 2w".to_owned(),
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
