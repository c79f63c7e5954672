//! Which of some words was most likely meant.

/// The candidate that was most likely meant by `name`: the same but for case and separators, else the one the
/// fewest typing slips away, if these are few for its length. The first of equals.
#[must_use]
pub fn nearest<'c>(name: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
    let bare = bare(name);
    let own = counts(&bare);
    let mut best = None;
    for candidate in candidates {
        // Most are told by their length, before anything is made of them.
        let is_far = |letters: usize| letters.abs_diff(bare.len()) > slips(letters);
        if candidate.is_ascii() && is_far(candidate.bytes().filter(|byte| !is_separator(char::from(*byte))).count()) {
            continue;
        }
        let letters = self::bare(candidate);
        if letters == bare {
            return Some(candidate);
        }
        if is_far(letters.len()) {
            continue;
        }
        // Each slip brings at most one letter that the other word does not have, or not as often.
        let other = counts(&letters);
        if surplus(&own, &other).max(surplus(&other, &own)) > slips(letters.len()) {
            continue;
        }
        let distance = strsim::damerau_levenshtein(&bare, &letters);
        if distance <= slips(letters.len()) && best.is_none_or(|(least, _)| distance < least) {
            best = Some((distance, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// How often a word has each ASCII character, of which a few are taken for one another: that tells less and costs less.
fn counts(letters: &str) -> [u8; 32] {
    let mut counts = [0_u8; 32];
    for byte in letters.bytes().filter(u8::is_ascii) {
        let count = &mut counts[usize::from(byte % 32)];
        *count = count.saturating_add(1);
    }
    counts
}

/// How many characters a word has at least that another one lacks.
fn surplus(own: &[u8; 32], other: &[u8; 32]) -> usize {
    own.iter().zip(other).map(|(own, other)| usize::from(own.saturating_sub(*other))).sum()
}

/// Lower case without `-`, `_` and spaces, so that `restart-policy` and `RestartPolicy` are `restartPolicy`.
fn bare(name: &str) -> String {
    if name.is_ascii() {
        let mut bare = String::with_capacity(name.len());
        let letters = name.bytes().map(|byte| char::from(byte.to_ascii_lowercase()));
        bare.extend(letters.filter(|letter| !is_separator(*letter)));
        return bare;
    }
    name.chars().filter(|c| !is_separator(*c)).flat_map(char::to_lowercase).collect()
}

fn is_separator(char: char) -> bool {
    matches!(char, '-' | '_' | ' ')
}

/// How many slips a word of this length forgives: two words of three letters are not each other's misspelling.
fn slips(letters: usize) -> usize {
    match letters {
        0..=2 => 0,
        3..=5 => 1,
        6..=9 => 2,
        _ => 3,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_likeliest_candidate_is_found_and_the_unlikely_is_not() {
        let names = ["image", "imagePullPolicy", "args", "env", "envFrom", "name", "restartPolicy"];
        let meant = |name| nearest(name, names);
        assert_eq!(meant("Image"), Some("image"));
        assert_eq!(meant("imagepullpolicy"), Some("imagePullPolicy"));
        assert_eq!(meant("restart_policy"), Some("restartPolicy"));
        assert_eq!(meant("arg"), Some("args"));
        assert_eq!(meant("evn"), Some("env"));
        assert_eq!(meant("imgae"), Some("image"));
        assert_eq!(meant("restartPolcy"), Some("restartPolicy"));
        assert_eq!(meant("foo"), None);
        assert_eq!(meant(""), None);
        assert_eq!(meant(&"x".repeat(100_000)), None);
    }
}
