//! What a set of names looks like from afar, so that most words are told from all of them without a comparison.

/// The lengths of the names that begin with each letter: a bit for each length, and a few letters taken for one another.
pub(super) struct Outline([u32; 32]);

impl Outline {
    /// That of no name.
    pub(super) const fn empty() -> Self {
        Self([0; 32])
    }

    /// That of these names.
    pub(super) const fn of(names: &[&str]) -> Self {
        let (mut all, mut at) = (Self::empty(), 0);
        while at < names.len() {
            all = all.with(names[at]);
            at += 1;
        }
        all
    }

    /// The same with another name.
    pub(super) const fn with(mut self, name: &str) -> Self {
        let (initial, length) = place(name);
        self.0[initial] |= length;
        self
    }

    /// Whether a word can be one of the names.
    pub(super) const fn fits(&self, word: &str) -> bool {
        let (initial, length) = place(word);
        self.0[initial] & length != 0
    }
}

const fn place(word: &str) -> (usize, u32) {
    let initial = if word.is_empty() { 0 } else { word.as_bytes()[0] % 32 };
    let length = if word.len() < 31 { word.len() } else { 31 };
    (initial as usize, 1 << length)
}

#[cfg(test)]
mod tests {
    use super::Outline;

    #[test]
    fn what_has_another_initial_or_length_is_told_from_names() {
        let long = "x".repeat(100);
        let names = ["", "env", "exec", "time", &long];
        let outline = Outline::of(&names);
        assert!(names.iter().all(|name| outline.fits(name)));
        assert!(["end", "test", "X".repeat(31).as_str()].iter().all(|word| outline.fits(word)));
        assert!(["e", "entry", "exit-0", "a", "tim", "x"].iter().all(|word| !outline.fits(word)));
        assert!(!Outline::empty().fits(""));
    }
}
