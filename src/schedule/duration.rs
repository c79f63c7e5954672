//! Lengths of time in words.

use super::Seconds;

/// A length of time as messages say it: its two largest units, `1 hour 30 minutes`.
pub(crate) fn in_words(length: Seconds) -> String {
    let units = [(86_400, "day"), (3_600, "hour"), (60, "minute"), (1, "second")];
    let mut rest = length.get().max(0);
    let mut words = Vec::new();
    for (length, name) in units {
        let count = rest / length;
        rest %= length;
        if count > 0 && words.len() < 2 {
            words.push(format!("{count} {name}{}", if count == 1 { "" } else { "s" }));
        }
    }
    if words.is_empty() { "0 seconds".to_owned() } else { words.join(" ") }
}

/// Units by their letter.
const UNITS: [(&str, i64); 5] = [("s", 1), ("m", 60), ("h", 3_600), ("d", 86_400), ("w", 7 * 86_400)];

/// A length of time as people write it: `90m`, `2h30m`, `7d`, `2w`.
///
/// # Errors
/// What would be right.
pub(crate) fn read(text: &str) -> Result<Seconds, String> {
    let (mut sum, mut rest, mut shorter) = (0_i64, text, &UNITS[..]);
    while sum == 0 && shorter.len() == UNITS.len() || !rest.is_empty() {
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let (number, behind) = rest.split_at(digits);
        if number.is_empty() {
            return Err("write a number with a unit: 90m, 2h30m, 7d, 2w".to_owned());
        }
        let unit = behind.split(|char: char| char.is_ascii_digit()).next().unwrap_or_default();
        // Smaller units follow larger ones.
        let Some(at) = shorter.iter().position(|(letter, _)| *letter == unit) else {
            return Err(missed(number, unit.trim()));
        };
        // More digits than a number holds are longer than any time, too.
        sum = sum.saturating_add(number.parse().unwrap_or(i64::MAX).saturating_mul(shorter[at].1));
        (shorter, rest) = (&shorter[..at], &behind[unit.len()..]);
    }
    Ok(Seconds::new(sum))
}

/// What was likely meant by a number with another unit.
fn missed(number: &str, unit: &str) -> String {
    let first = unit.get(..1).unwrap_or_default();
    match UNITS.iter().find(|(letter, _)| *letter == first.to_ascii_lowercase()) {
        Some((letter, _)) if number.len() < 10 && !unit.to_ascii_lowercase().starts_with("mo") => {
            format!("did you mean `{number}{letter}`?")
        }
        _ => "write a number with one of the units s, m, h, d and w: 90m, 2h30m, 7d, 2w".to_owned(),
    }
}

/// A length of time for tables: its two largest units, `1h30m`.
pub(crate) fn in_short(length: Seconds) -> String {
    let mut rest = length.get().max(0);
    let mut parts = Vec::new();
    for (letter, each) in UNITS[..4].iter().rev() {
        if rest >= *each && parts.len() < 2 {
            parts.push(format!("{}{letter}", rest / each));
        }
        rest %= each;
    }
    if parts.is_empty() { "0s".to_owned() } else { parts.concat() }
}

/// A length of time as it is written in a configuration: in its largest unit up to days.
pub(crate) fn written(length: Seconds) -> String {
    let fits = |(_, each): &&(&str, i64)| length.get() % each == 0 && length.get() >= *each;
    let (letter, each) = UNITS[..4].iter().rev().find(fits).unwrap_or(&UNITS[0]);
    format!("{}{letter}", length.get() / each)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        for (seconds, text) in [(0, "0s"), (90, "90s"), (120, "2m"), (3_600, "1h"), (86_400, "1d"), (604_800, "7d")] {
            assert_eq!(written(Seconds::new(seconds)), text);
            assert_eq!(read(text), Ok(Seconds::new(seconds)));
        }
    }

    #[test]
    fn larger_units_come_before_smaller_ones() {
        for (text, seconds) in [("2h30m", 9_000), ("1d12h", 129_600), ("1w1s", 604_801), ("0h30m", 1_800)] {
            assert_eq!(read(text), Ok(Seconds::new(seconds)), "{text}");
            assert_eq!(read(&in_short(Seconds::new(seconds))).map(|read| read.get() / 60), Ok(seconds / 60), "{text}");
        }
        for text in ["30m2h", "2h2h", "2h30", "2h 30m", "h"] {
            assert!(read(text).is_err(), "{text}");
        }
        let short = [0, 59, 60, 637, 9_000, 86_400, 90_061].map(|seconds| in_short(Seconds::new(seconds)));
        assert_eq!(short, ["0s", "59s", "1m", "10m37s", "2h30m", "1d", "1d1h"]);
    }

    #[test]
    fn a_duration_is_said_in_its_two_largest_units() {
        for (seconds, words) in [
            (0, "0 seconds"),
            (1, "1 second"),
            (90, "1 minute 30 seconds"),
            (86_400, "1 day"),
            (90_061, "1 day 1 hour"),
        ] {
            assert_eq!(in_words(Seconds::new(seconds)), words);
        }
    }
}
