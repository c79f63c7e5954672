//! What all languages write.

use super::{Meaning, Table};
use crate::schedule::claims::rate::Unit;

pub(super) const WORDS: Table = &[
    (Meaning::Morning, &["am", "a. m", "a. m."]),
    (Meaning::Afternoon, &["pm", "p. m", "p. m."]),
    (Meaning::LetterH, &["h"]),
    (Meaning::Unit(Unit::Minute), &["min", "mins"]),
    (Meaning::Times, &["x"]),
    (Meaning::Hush, &["todo", "fixme", "xxx", "wip", "deprecated"]),
];
