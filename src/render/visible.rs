//! Texts that cannot steer a terminal.

use std::borrow::Cow;
use std::fmt::Write as _;

/// The text on one line, with everything that could steer a terminal or mislead a reader written as an escape.
///
/// Messages quote manifests, and a manifest may hold anything: escape sequences, line breaks, characters that turn
/// the direction of writing.
#[must_use]
pub fn visible(text: &str) -> Cow<'_, str> {
    escaped(text, is_hidden)
}

/// As [`visible`], but line breaks stay.
#[must_use]
pub fn visible_lines(text: &str) -> Cow<'_, str> {
    escaped(text, |char| char != '\n' && is_hidden(char))
}

fn escaped(text: &str, hidden: impl Fn(char) -> bool) -> Cow<'_, str> {
    if !text.contains(&hidden) {
        return Cow::Borrowed(text);
    }
    let mut result = String::with_capacity(text.len() + 16);
    for char in text.chars() {
        match char {
            '\n' | '\r' | '\t' if hidden(char) => result.extend(char.escape_default()),
            _ if hidden(char) => drop(write!(result, "\\u{{{:x}}}", u32::from(char))),
            _ => result.push(char),
        }
    }
    Cow::Owned(result)
}

/// Whether a character has no picture of its own: controls, line and paragraph separators, marks of direction,
/// characters without width, tags.
pub(super) fn is_hidden(char: char) -> bool {
    char.is_control()
        || matches!(char, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}')
        || matches!(char, '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_steers_a_terminal_is_written_out() {
        assert_eq!(visible("a \u{1b}[31mred\r\n"), "a \\u{1b}[31mred\\r\\n");
        assert_eq!(visible("\u{202e}txt\u{9b}1m\0"), "\\u{202e}txt\\u{9b}1m\\u{0}");
        assert_eq!(visible_lines("a\nb\tc"), "a\nb\\tc");
        assert!(matches!(visible("plain: é 日本 `x`"), Cow::Borrowed(_)));
    }
}
