//! A manifest's text inside a message.

use std::fmt;

/// A text as a message shows it: in backticks, on one line, and not longer than a message bears.
#[must_use]
pub fn quote(text: &str) -> impl fmt::Display + '_ {
    Quoted(text)
}

struct Quoted<'t>(&'t str);

const LONGEST: usize = 48;

impl fmt::Display for Quoted<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        use fmt::Write;
        out.write_char('`')?;
        for (count, char) in self.0.chars().enumerate() {
            if count == LONGEST {
                out.write_char('…')?;
                break;
            }
            if char.is_control() {
                write!(out, "{}", char.escape_default())?;
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
