//! Texts that cannot steer a terminal.

use std::borrow::Cow;
use std::fmt;

/// The text on one line, with everything that could steer a terminal or mislead a reader written as an escape.
///
/// Names come from the disk and from manifests, and may hold anything: escape sequences, line breaks, characters that
/// turn the direction of writing. What is said of them is a [`Message`](super::Message), which shows them so by itself.
#[must_use]
pub fn visible(text: &str) -> Cow<'_, str> {
    if is_plain(text) || !text.contains(is_hidden) {
        return Cow::Borrowed(text);
    }
    let mut result = String::with_capacity(text.len() + 16);
    for char in text.chars() {
        if is_hidden(char) {
            escape(char, &mut result).expect("a string takes all");
        } else {
            result.push(char);
        }
    }
    Cow::Owned(result)
}

/// Whether it is letters, digits and marks of ASCII alone: most texts are, and all that is said comes by here. Looking at
/// every byte takes less time than stopping early.
pub(crate) fn is_plain(text: &str) -> bool {
    text.bytes().fold(true, |is_plain, byte| is_plain & matches!(byte, b' '..=b'~'))
}

/// Writes a character as an escape.
pub(super) fn escape(char: char, out: &mut impl fmt::Write) -> fmt::Result {
    match char {
        '\n' => out.write_str("\\n"),
        '\r' => out.write_str("\\r"),
        '\t' => out.write_str("\\t"),
        _ => write!(out, "\\u{{{:x}}}", u32::from(char)),
    }
}

/// Whether a character has no picture of its own: controls, line and paragraph separators, marks of direction,
/// characters without width, tags.
#[must_use]
pub fn is_hidden(char: char) -> bool {
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
        assert_eq!(visible("a\nb\tc"), "a\\nb\\tc");
        assert!(matches!(visible("plain: é 日本 `x`"), Cow::Borrowed(_)));
    }
}
