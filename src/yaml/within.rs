//! Places inside a string: from bytes of the string as Kubernetes reads it to bytes of the source, through quotes,
//! escapes, folded lines and indentation.

use std::ops::Range;

use super::{Style, Value};
use crate::text::{Origins, Span};

/// How many characters there are between two places that are kept.
const STRIDE: usize = 64;

impl Value<'_> {
    /// Where a stretch of this string stands in the source; the whole value's span if it is no string.
    ///
    /// `range` counts bytes of the string as read. A stretch of no bytes gives a place of no bytes.
    #[must_use]
    pub fn span_within(self, range: Range<usize>) -> Span {
        Places::default().span(self, range)
    }

    /// Where each byte of this string stands in the source, if it is one.
    #[must_use]
    pub(crate) fn origins(self) -> Option<Origins> {
        let (source, style, start) = (self.source(), self.style(), self.span().start as usize);
        let is_quoted = matches!(style, Style::SingleQuoted | Style::DoubleQuoted);
        let mut origins = if is_quoted { Origins::escaped() } else { Origins::default() };
        let mut walk = Walk { source, at: opening(style, source), style };
        for char in self.as_str()?.chars() {
            let place = walk.step(char);
            let is_verbatim = source[place.clone()].chars().eq([char]);
            let from = Span::new((start + place.start) as u32, (start + place.end) as u32);
            if is_verbatim { origins.copy(from) } else { origins.stand_for(from, char.len_utf8() as u32) }
        }
        Some(origins)
    }
}

/// Places inside one string. Where one was asked for, others near to it are found without going through all before.
#[derive(Debug, Default)]
pub struct Places {
    /// Bytes of the string and of the source that belong together, in order.
    kept: Vec<(usize, usize)>,
}

impl Places {
    /// Where a stretch of the string stands, as [`Value::span_within`] tells it.
    #[must_use]
    pub fn span(&mut self, value: Value<'_>, range: Range<usize>) -> Span {
        let whole = value.span();
        let (source, style) = (value.source(), value.style());
        let Some(decoded) = value.as_str() else { return whole };
        let known = self.kept.partition_point(|(read, _)| *read <= range.start).checked_sub(1);
        let (from, at) = known.map_or_else(|| (0, opening(style, source)), |known| self.kept[known]);
        let mut walk = Walk { source, at, style };
        let mut start = None;
        let mut end = None;
        for (count, (at, char)) in decoded[from..].char_indices().enumerate() {
            let at = from + at;
            if at >= range.end && end.is_some() {
                break;
            }
            if count % STRIDE == STRIDE - 1 && self.kept.last().is_none_or(|(read, _)| *read < at) {
                self.kept.push((at, walk.at));
            }
            let place = walk.step(char);
            if at >= range.start && start.is_none() {
                start = Some(place.start);
            }
            if at < range.end {
                end = Some(place.end);
            }
        }
        let past = walk.at;
        let start = start.unwrap_or(past);
        let end = if range.is_empty() { start } else { end.unwrap_or(past).max(start) };
        let offset = |at: usize| whole.start + u32::try_from(at).unwrap_or(u32::MAX);
        Span::new(offset(start), offset(end))
    }
}

/// Where the content starts: after the quote, or after a block scalar's header.
fn opening(style: Style, source: &str) -> usize {
    match style {
        Style::SingleQuoted | Style::DoubleQuoted => source.find(['\'', '"']).map_or(0, |quote| quote + 1),
        Style::Literal | Style::Folded if source.starts_with(['|', '>']) => {
            source.find('\n').map_or(source.len(), |line_break| line_break + 1)
        }
        _ => 0,
    }
}

/// Walks a scalar's source one decoded character at a time.
struct Walk<'s> {
    source: &'s str,
    at: usize,
    style: Style,
}

impl Walk<'_> {
    /// The source bytes of the next decoded character.
    fn step(&mut self, decoded: char) -> Range<usize> {
        if !is_blank(decoded) {
            self.skip_blanks();
        }
        let start = self.at;
        let Some(char) = self.source[start..].chars().next() else { return start..start };
        let length = match (self.style, char) {
            (Style::DoubleQuoted, '\\') => escape_length(&self.source[start..]),
            (Style::SingleQuoted, '\'') => 2,
            // A fold made more characters than it has: its further ones stand where it ends.
            _ if is_blank(decoded) && !is_blank(char) => 0,
            _ => char.len_utf8(),
        };
        self.at = (start + length).min(self.source.len());
        start..self.at
    }

    /// Skips what joins two lines: blanks, line breaks, and an escaped line break of a double-quoted text.
    fn skip_blanks(&mut self) {
        loop {
            let rest = &self.source[self.at..];
            let Some(char) = rest.chars().next() else { return };
            let escaped_break =
                self.style == Style::DoubleQuoted && (rest.starts_with("\\\n") || rest.starts_with("\\\r"));
            if !is_blank(char) && !escaped_break {
                return;
            }
            self.at += char.len_utf8();
        }
    }
}

fn is_blank(char: char) -> bool {
    matches!(char, ' ' | '\t' | '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// How many bytes an escape takes: `\n`, `\x41`, `\u00e9`, `\U0001F600`.
fn escape_length(source: &str) -> usize {
    let mut chars = source.chars();
    chars.next();
    match chars.next() {
        Some('x') => 4,
        Some('u') => 6,
        Some('U') => 10,
        Some(char) => 1 + char.len_utf8(),
        None => 1,
    }
}

#[cfg(test)]
mod tests {
    use crate::yaml::parse;

    fn found(yaml: &str, wanted: &str) -> String {
        let file = parse(yaml);
        let value = file.documents[0].root().and_then(|root| root.get("v")).expect("a value").value;
        let string = value.as_str().expect("a string");
        let at = string.find(wanted).expect("it is there");
        value.span_within(at..at + wanted.len()).range().map(|at| yaml.as_bytes()[at] as char).collect()
    }

    #[test]
    fn a_place_in_a_string_is_found_through_every_style() {
        for yaml in [
            "v: 0 24 * * *\n",
            "v: \"0 24 * * *\"\n",
            "v: '0 24 * * *'\n",
            "v: \"0\\x20\\u002024 *\"\n",
            "v: \"0\n\n   24 * * *\"\n",
            "v: \"0 \\\n   24 * * *\"\n",
            "v: >-\n  0\n  24 * *\n  *\n",
            "v: |\n    0 24 * * *\n",
            "v: 0\n  24 *\n  * *\n",
            "v: 'it''s 24'\n",
        ] {
            assert_eq!(found(yaml, "24"), "24", "{yaml}");
        }
        assert_eq!(found("v: \"0 \\x324 * * *\"\n", "24"), "\\x324");
    }

    #[test]
    fn the_end_of_a_string_is_a_place_too() {
        let yaml = "v: \"0 24\"\n";
        let file = parse(yaml);
        let value = file.documents[0].root().and_then(|root| root.get("v")).expect("a value").value;
        assert_eq!(value.span_within(4..4).start, 8);
        assert!(value.span_within(4..4).is_empty());
    }
}
