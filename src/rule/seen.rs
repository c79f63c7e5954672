//! What a walk has been to.

use crate::hash::HashSet;
use crate::yaml::Value;

/// The values of a document that a walk has come to: an alias may stand for one of them many times over.
#[derive(Debug)]
pub(crate) struct Seen {
    /// A bit for each value, by its number, from `first` words on: an object late in its file costs what the first does.
    bits: Vec<u64>,
    first: Option<usize>,
    /// What aliases lead to before that.
    before: HashSet<u32>,
}

impl Seen {
    pub(crate) fn new() -> Self {
        Self { bits: Vec::with_capacity(8), first: None, before: HashSet::default() }
    }

    /// Notes a value; whether the walk comes to it for the first time.
    pub(crate) fn insert(&mut self, value: Value<'_>) -> bool {
        let (word, bit) = (value.id() as usize / 64, 1 << (value.id() % 64));
        let Some(word) = word.checked_sub(*self.first.get_or_insert(word)) else {
            return self.before.insert(value.id());
        };
        if word >= self.bits.len() {
            self.bits.resize(word + 1, 0);
        }
        let is_new = self.bits[word] & bit == 0;
        self.bits[word] |= bit;
        is_new
    }
}
