//! Which of some words was most likely meant.

/// The candidate that was most likely meant by `name`: the same but for case and separators, else the one the
/// fewest typing slips away, if these are few for its length. The first of equals.
#[must_use]
pub fn nearest<'c>(name: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
    let candidates = candidates.into_iter().map(|candidate| (count(candidate), candidate, Letters::of));
    nearest_of(name, candidates)
}

/// Words that are compared with many names, and so are taken apart once.
#[derive(Debug)]
pub struct Candidates<'c>(Vec<(&'c str, Letters)>);

impl<'c> FromIterator<&'c str> for Candidates<'c> {
    fn from_iter<T: IntoIterator<Item = &'c str>>(words: T) -> Self {
        Self(words.into_iter().map(|word| (word, Letters::of(word))).collect())
    }
}

impl<'c> Candidates<'c> {
    /// As [`nearest`] of all of them.
    #[must_use]
    pub fn nearest(&self, name: &str) -> Option<&'c str> {
        nearest_of(name, self.0.iter().map(|(word, letters)| (letters.count, *word, |_: &str| *letters)))
    }
}

/// Of words with how long each is, and what makes its letters.
fn nearest_of<'c>(
    name: &str,
    candidates: impl Iterator<Item = (usize, &'c str, impl FnOnce(&str) -> Letters)>,
) -> Option<&'c str> {
    let bare = bare(name);
    let own = Letters::of(&bare);
    let mut best = None;
    for (count, candidate, letters) in candidates {
        let slips = slips(count);
        // Most are told by their length, and of the others by their letters, before anything is made of them.
        if own.count.abs_diff(count) > slips {
            continue;
        }
        let letters = letters(candidate);
        if own.surplus(&letters).max(letters.surplus(&own)) > slips {
            continue;
        }
        let other = self::bare(candidate);
        if other == bare {
            return Some(candidate);
        }
        let distance = strsim::damerau_levenshtein(&bare, &other);
        if distance <= slips && best.is_none_or(|(least, _)| distance < least) {
            best = Some((distance, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// What a word is made of, whatever its case and its separators.
#[derive(Debug, Clone, Copy)]
struct Letters {
    /// Bytes, in lower case.
    count: usize,
    /// How often it has each ASCII character, of which a few are taken for one another: that tells less and costs less.
    each: [u8; 32],
}

impl Letters {
    fn of(word: &str) -> Self {
        let mut letters = Self { count: 0, each: [0; 32] };
        if word.is_ascii() {
            word.bytes().filter(|byte| !is_separator(char::from(*byte))).for_each(|byte| letters.add(byte));
        } else {
            bare(word).bytes().for_each(|byte| letters.add(byte));
        }
        letters
    }

    fn add(&mut self, byte: u8) {
        self.count += 1;
        if byte.is_ascii() {
            let each = &mut self.each[usize::from(byte % 32)];
            *each = each.saturating_add(1);
        }
    }

    /// How many characters it has at least that another word lacks. Each slip brings one at the most.
    fn surplus(&self, other: &Self) -> usize {
        self.each.iter().zip(&other.each).map(|(own, other)| usize::from(own.saturating_sub(*other))).sum()
    }
}

/// How many bytes a word has in lower case, without separators.
fn count(word: &str) -> usize {
    if word.is_ascii() {
        return word.len() - word.bytes().filter(|byte| is_separator(char::from(*byte))).count();
    }
    bare(word).len()
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
        let long = "x".repeat(100_000);
        assert_eq!(meant(&long), None);
        let candidates: Candidates<'_> = names.into_iter().collect();
        for name in ["Image", "restart_policy", "evn", "imgae", "foo", "", "names"] {
            assert_eq!(candidates.nearest(name), meant(name), "{name}");
        }
    }
}
