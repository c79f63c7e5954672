//! What a walk has been to.

use crate::yaml::Value;

/// The values of a document that a walk has come to: an alias may stand for one of them many times over.
#[derive(Debug)]
pub(crate) struct Seen {
    /// A bit for each value, by its number.
    bits: Vec<u64>,
}

impl Seen {
    pub(crate) fn new() -> Self {
        Self { bits: Vec::with_capacity(8) }
    }

    /// Notes a value; whether the walk comes to it for the first time.
    pub(crate) fn insert(&mut self, value: Value<'_>) -> bool {
        let (word, bit) = (value.id() as usize / 64, 1 << (value.id() % 64));
        if word >= self.bits.len() {
            self.bits.resize(word + 1, 0);
        }
        let is_new = self.bits[word] & bit == 0;
        self.bits[word] |= bit;
        is_new
    }
}
