//! English.

mod clocks;
mod days;
mod rates;
mod speech;
mod work;

use super::Table;

pub(super) const WORDS: &[Table] = &[rates::WORDS, days::WORDS, clocks::WORDS, work::WORDS, speech::WORDS];
