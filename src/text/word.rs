//! Words of the program's own text, read back from where they were written down.

use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

use serde::{Deserialize, Deserializer};

/// A word of the program's own text: a rule's name, a reason of Kubernetes. Under this name, serde takes it for no part of
/// what is read.
pub(crate) type Word = &'static str;

/// The words that were read, each of which is kept once and for good: there are few of them.
static READ: Mutex<BTreeSet<Word>> = Mutex::new(BTreeSet::new());

/// A text as a word.
pub(crate) fn kept(text: String) -> Word {
    let mut read = READ.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(word) = read.get(text.as_str()) {
        return word;
    }
    let word: Word = Box::leak(text.into_boxed_str());
    read.insert(word);
    word
}

/// Reads a word.
pub(crate) fn word<'de, D: Deserializer<'de>>(from: D) -> Result<Word, D::Error> {
    String::deserialize(from).map(kept)
}

/// Reads a word that may be absent.
pub(crate) fn some_word<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Word>, D::Error> {
    Ok(Option::<String>::deserialize(from)?.map(kept))
}

#[cfg(test)]
mod tests {
    use super::kept;

    #[test]
    fn a_word_is_kept_once() {
        let (one, other) = (kept("a rule".to_owned()), kept("a rule".to_owned()));
        assert!(std::ptr::eq(one, other));
    }
}
