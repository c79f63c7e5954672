//! Names that differ by one slip of a finger. Each is known by what is left of it without one letter, so that many names cost
//! no more than their letters.

use crate::hash::HashMap;

/// Longer ones are no names of people's making, and shorter ones are soon alike.
const LENGTHS: std::ops::RangeInclusive<usize> = 5..=63;

/// Names that there are.
#[derive(Default)]
pub(super) struct Names<'a> {
    by_rest: HashMap<u64, Vec<&'a str>>,
}

impl<'a> Names<'a> {
    pub(super) fn add(&mut self, name: &'a str) {
        for rest in rests(name) {
            let names = self.by_rest.entry(rest).or_default();
            // Of many that are alike any will do.
            if names.len() < 4 && !names.contains(&name) {
                names.push(name);
            }
        }
    }

    /// The one name of which another one is a misspelling; none where two could be meant.
    pub(super) fn near(&self, name: &str) -> Option<&'a str> {
        let found = rests(name).into_iter().filter_map(|rest| self.by_rest.get(&rest)).flatten();
        let mut near = found.copied().filter(|other| is_slip(name, other));
        let first = near.next()?;
        near.all(|other| other == first).then_some(first)
    }
}

/// What is left of a name, and of it without each of its letters in turn.
fn rests(name: &str) -> Vec<u64> {
    // What is no name that an object can have is nothing's.
    let is_letter = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'-' | b'.');
    if !LENGTHS.contains(&name.len()) || !name.bytes().all(is_letter) {
        return Vec::new();
    }
    // A text is a number whose digits are its letters, so that each rest costs one step. Who is near is compared again.
    const BASE: u64 = 0x9e37_79b9_7f4a_7c15;
    let mut whole = 0_u64;
    let mut before = Vec::with_capacity(name.len());
    for byte in name.bytes() {
        before.push(whole);
        whole = whole.wrapping_mul(BASE).wrapping_add(u64::from(byte));
    }
    let (mut rests, mut behind, mut place) = (vec![whole], 0_u64, 1_u64);
    for (before, byte) in before.into_iter().zip(name.bytes()).rev() {
        rests.push(before.wrapping_mul(place).wrapping_add(behind));
        behind = behind.wrapping_add(place.wrapping_mul(u64::from(byte)));
        place = place.wrapping_mul(BASE);
    }
    rests
}

/// Whether one is the other with one slip, and not with another number: `db-1` and `db-2` are two things.
fn is_slip(name: &str, other: &str) -> bool {
    let letters = |text: &str| text.chars().filter(|char| !char.is_ascii_digit()).collect::<String>();
    name != other && letters(name) != letters(other) && strsim::damerau_levenshtein(name, other) == 1
}

#[cfg(test)]
mod tests {
    use super::Names;

    #[test]
    fn one_slip_is_near_and_another_number_is_not() {
        let mut names = Names::default();
        for name in ["report-settings", "db-credentials", "cache-1", "worker-a", "worker-b"] {
            names.add(name);
        }
        for (name, near) in [
            ("report-setings", Some("report-settings")),
            ("report-settigns", Some("report-settings")),
            ("report-settinks", Some("report-settings")),
            ("reportsettings", Some("report-settings")),
            ("db-credential", Some("db-credentials")),
            ("db-credentials", None),
            ("cache-2", None),
            ("cache-", None),
            ("worker-c", None),
            ("db-secrets", None),
            ("report", None),
        ] {
            assert_eq!(names.near(name), near, "{name}");
        }
    }
}
