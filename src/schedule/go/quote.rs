//! Quoting as Go's `strconv.Quote` does it.

use std::fmt::Write;

use super::printable::is_printable;

/// `text` in double quotes, with Go's escapes for everything that Go does not hold printable.
pub(crate) fn quote(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for char in text.chars() {
        match char {
            '"' | '\\' => quoted.extend(['\\', char]),
            _ if is_printable(char) => quoted.push(char),
            '\x07' => quoted.push_str("\\a"),
            '\x08' => quoted.push_str("\\b"),
            '\x0c' => quoted.push_str("\\f"),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            '\x0b' => quoted.push_str("\\v"),
            _ => escape(&mut quoted, u32::from(char)),
        }
    }
    quoted.push('"');
    quoted
}

fn escape(quoted: &mut String, code: u32) {
    let written = match code {
        0..0x20 | 0x7f => write!(quoted, "\\x{code:02x}"),
        0..0x1_0000 => write!(quoted, "\\u{code:04x}"),
        _ => write!(quoted, "\\U{code:08x}"),
    };
    debug_assert!(written.is_ok(), "writing to a String does not fail");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_are_those_of_go() {
        assert_eq!(quote("a\"\\\t\u{1}\u{7f}"), r#""a\"\\\t\x01\x7f""#);
        assert_eq!(quote("\u{a0}\u{ad}é\u{200b}\u{3000}"), r#""\u00a0\u00adé\u200b\u3000""#);
        assert_eq!(quote("\x07\x08\x0c\n\r\t\x0b"), r#""\a\b\f\n\r\t\v""#);
        assert_eq!(quote("\u{fffd}😀\u{e0001}"), "\"\u{fffd}😀\\U000e0001\"");
    }
}
