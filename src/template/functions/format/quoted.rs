//! Strings and characters between quotes, as Go writes them.

use super::Flags;
use crate::template::text::{Text, TextWriter};

/// The text between double quotes, with Go's escapes; what needs none keeps its origin.
pub(in crate::template::functions) fn quoted(text: &Text) -> Text {
    with_escapes(text, is_printed)
}

/// The same as the flags have it: `%#q` prefers backticks, `%+q` keeps to ASCII.
pub(super) fn by(text: &Text, flags: Flags) -> Text {
    let string = text.as_str();
    if flags.sharp && string.chars().all(stands_raw) {
        let mut writer = TextWriter::default();
        writer.push_computed("`");
        writer.push_text(text);
        writer.push_computed("`");
        return writer.finish();
    }
    if flags.plus { with_escapes(text, |char| char.is_ascii() && is_printed(char)) } else { quoted(text) }
}

fn stands_raw(char: char) -> bool {
    !matches!(char, '`' | '\u{7f}' | '\u{feff}' | char::REPLACEMENT_CHARACTER) && (char >= ' ' || char == '\t')
}

fn with_escapes(text: &Text, stands: fn(char) -> bool) -> Text {
    let mut writer = TextWriter::default();
    writer.push_computed("\"");
    let string = text.as_str();
    let mut from = 0;
    for (at, char) in string.char_indices().filter(|&(_, char)| matches!(char, '"' | '\\') || !stands(char)) {
        writer.push_slice(text, from..at);
        writer.push_computed(&escape(char, '"'));
        from = at + char.len_utf8();
    }
    writer.push_slice(text, from..string.len());
    writer.push_computed("\"");
    writer.finish()
}

/// A character between single quotes.
pub(super) fn character(char: char, flags: Flags) -> String {
    let stands = is_printed(char) && (char.is_ascii() || !flags.plus) && !matches!(char, '\'' | '\\');
    if stands { format!("'{char}'") } else { format!("'{}'", escape(char, '\'')) }
}

fn escape(char: char, quote: char) -> String {
    match char {
        '\\' => "\\\\".to_owned(),
        _ if char == quote => format!("\\{quote}"),
        '\u{7}' => "\\a".to_owned(),
        '\u{8}' => "\\b".to_owned(),
        '\u{c}' => "\\f".to_owned(),
        '\n' => "\\n".to_owned(),
        '\r' => "\\r".to_owned(),
        '\t' => "\\t".to_owned(),
        '\u{b}' => "\\v".to_owned(),
        _ if (char as u32) < 0x20 || char == '\u{7f}' => format!("\\x{:02x}", char as u32),
        _ if (char as u32) < 0x1_0000 => format!("\\u{:04x}", char as u32),
        _ => format!("\\U{:08x}", char as u32),
    }
}

/// Go's `strconv.IsPrint`: letters, marks, numbers, punctuation, symbols, and of spaces that of ASCII alone. What Rust
/// escapes when it debugs is nearly the same; it leaves out marks that join the character before them.
pub(in crate::template::functions) fn is_printed(char: char) -> bool {
    match char {
        ' '..='~' => true,
        '\u{ad}' => false,
        _ if char.is_whitespace() || char.is_control() => false,
        _ => char.is_alphanumeric() || !char.escape_debug().to_string().starts_with("\\u") || is_mark(char),
    }
}

/// Marks that join the character before them: the blocks of them that are in use.
const fn is_mark(char: char) -> bool {
    matches!(char,
        '\u{300}'..='\u{36f}' | '\u{483}'..='\u{489}' | '\u{591}'..='\u{5c7}' | '\u{610}'..='\u{61a}' |
        '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{6d6}'..='\u{6dc}' | '\u{900}'..='\u{dff}' | '\u{e31}'..='\u{e4e}' |
        '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}' | '\u{20d0}'..='\u{20f0}' | '\u{302a}'..='\u{302f}' |
        '\u{3099}' | '\u{309a}' | '\u{fe00}'..='\u{fe0f}' | '\u{fe20}'..='\u{fe2f}' | '\u{e0100}'..='\u{e01ef}')
}
