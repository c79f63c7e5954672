//! Text inside XML.

use std::borrow::Cow;

/// The text as it may stand in an element or in an attribute between double quotes. What XML cannot hold in any way is
/// shown as the character that stands for such.
pub(super) fn escaped(text: &str) -> Cow<'_, str> {
    let is_plain = |char: char| !matches!(char, '&' | '<' | '>' | '"' | '\t' | '\n' | '\r') && is_allowed(char);
    if text.chars().all(is_plain) {
        return text.into();
    }
    let mut result = String::with_capacity(text.len() + 16);
    for char in text.chars() {
        match char {
            '&' => result.push_str("&amp;"),
            '<' => result.push_str("&lt;"),
            '>' => result.push_str("&gt;"),
            '"' => result.push_str("&quot;"),
            // Else a reader makes blanks of them in attributes.
            '\t' => result.push_str("&#9;"),
            '\n' => result.push_str("&#10;"),
            '\r' => result.push_str("&#13;"),
            _ if !is_allowed(char) => result.push('\u{fffd}'),
            _ => result.push(char),
        }
    }
    result.into()
}

/// Whether XML 1.0 has the character (its production 2).
fn is_allowed(char: char) -> bool {
    matches!(char, '\t' | '\n' | '\r' | ' '..='\u{fffd}' | '\u{10000}'..)
}

#[cfg(test)]
mod tests {
    use super::escaped;

    #[test]
    fn a_text_is_read_back_as_it_was_unless_xml_has_no_way_to_say_it() {
        assert_eq!(escaped("a <b> & \"c\"\n\u{1b}\u{fffe}é"), "a &lt;b&gt; &amp; &quot;c&quot;&#10;\u{fffd}\u{fffd}é");
        assert_eq!(escaped("]]>"), "]]&gt;");
    }
}
