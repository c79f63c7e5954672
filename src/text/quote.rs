//! A manifest's text inside a message.

use std::fmt;

use super::visible::{escape, is_hidden, is_plain};

/// Characters of a text that are shown.
const LONGEST: usize = 48;

/// A text as a message shows it: in backticks, on one line, and not longer than a message bears.
#[must_use]
pub fn quote(text: &str) -> impl fmt::Display + '_ {
    Quoted(text)
}

struct Quoted<'t>(&'t str);

impl fmt::Display for Quoted<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        use fmt::Write;
        // Most are names, and there may be many.
        if self.0.len() <= LONGEST && is_plain(self.0) {
            return write!(out, "`{}`", self.0);
        }
        out.write_char('`')?;
        for (count, char) in self.0.chars().enumerate() {
            if count == LONGEST {
                out.write_char('…')?;
                break;
            }
            if is_hidden(char) {
                escape(char, out)?;
            } else {
                out.write_char(char)?;
            }
        }
        out.write_char('`')
    }
}

#[cfg(test)]
mod tests {
    use super::quote;

    #[test]
    fn a_quoted_text_stays_on_one_short_line() {
        assert_eq!(quote("a b").to_string(), "`a b`");
        assert_eq!(quote("a\nb\u{1b}").to_string(), "`a\\nb\\u{1b}`");
        assert_eq!(quote(&"é".repeat(60)).to_string(), format!("`{}…`", "é".repeat(48)));
    }
}
