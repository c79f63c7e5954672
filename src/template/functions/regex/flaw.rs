//! What is wrong with an expression.

use std::fmt;

/// What Go finds wrong with an expression: its words, and the part that they are about.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Flaw {
    words: &'static str,
    part: String,
}

impl fmt::Display for Flaw {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}: `{}`", self.words, self.part)
    }
}

pub(super) fn flaw(words: &'static str, part: impl Into<String>) -> Flaw {
    Flaw { words, part: part.into() }
}
