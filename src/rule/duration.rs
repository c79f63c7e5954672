//! Lengths of time in words.

use crate::schedule::Seconds;

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

#[cfg(test)]
mod tests {
    use super::*;

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
