//! Strings that YAML reads as they were.

use std::fmt::Write as _;

/// A string between quotes.
pub(super) fn quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for char in text.chars() {
        match char {
            '"' | '\\' => quoted.extend(['\\', char]),
            char if is_unsafe(char) => drop(write!(quoted, "\\U{:08x}", u32::from(char))),
            char => quoted.push(char),
        }
    }
    quoted.push('"');
    quoted
}

/// Whether YAML takes a character in a string for something else.
pub(super) fn is_unsafe(char: char) -> bool {
    char.is_control() || matches!(char, '\u{85}' | '\u{2028}' | '\u{2029}' | '\u{feff}')
}
