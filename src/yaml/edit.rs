//! Changes of a mapping that keep its style: indentation, brackets, line endings, comments; and the comment beside a
//! value.

mod entry;
mod lines;
mod scalar;
mod tree;
mod verify;

pub use scalar::New;

use lines::line_start;

use super::{Entry, Style, Value};
use crate::text::{Edit, Span};

impl<'a> Value<'a> {
    /// The comment on the line where this value ends: its bytes, and its text from the `#` on.
    #[must_use]
    pub fn comment_beside(self) -> Option<(Span, &'a str)> {
        let end = self.span().end as usize;
        let rest = self.document.text().get(end..)?.lines().next()?;
        let comment = rest.trim_start_matches([' ', '\t']);
        if !comment.starts_with('#') || comment.len() == rest.len() {
            return None;
        }
        let start = u32::try_from(end + rest.len() - comment.len()).ok()?;
        let comment = comment.trim_end();
        Some((Span::new(start, start + u32::try_from(comment.len()).ok()?), comment))
    }

    /// Puts a new key before one of this mapping's own; `value` is a plain scalar, which JSON
    /// quotes if it is no number.
    ///
    /// `None` where the key is not written here: it came in by a merge or an alias.
    #[must_use]
    pub fn insert_before(self, sibling: Entry<'_>, key: &str, value: &str) -> Option<Edit> {
        if !self.span().contains(sibling.key_span) {
            return None;
        }
        let text = self.document.text();
        let at = sibling.key_span.start;
        if self.style() == Style::Flow {
            let json = text[sibling.key_span.range()].starts_with('"');
            if !json {
                return Some(Edit::insert(at, format!("{key}: {value}, ")));
            }
            let is_number = value.bytes().all(|byte| byte.is_ascii_digit());
            let value = if is_number { value.to_owned() } else { format!("\"{value}\"") };
            return Some(Edit::insert(at, format!("\"{key}\": {value}, ")));
        }
        let line = line_start(text, at as usize);
        let indent: String = text[line..at as usize].chars().map(|_| ' ').collect();
        let line_break = if text[..line].ends_with("\r\n") { "\r\n" } else { "\n" };
        Some(Edit::insert(at, format!("{key}: {value}{line_break}{indent}")))
    }

    /// Takes a key with its scalar, and the comment beside it, out of this mapping.
    ///
    /// `None` where the lines do not belong to that entry alone.
    #[must_use]
    pub fn remove(self, entry: Entry<'_>) -> Option<Edit> {
        let text = self.document.text();
        if self.style() != Style::Block || !self.span().contains(entry.key_span) || self.entries().len() < 2 {
            return None;
        }
        let start = line_start(text, entry.key_span.start as usize);
        let end = entry.key_span.cover(entry.value.span()).end as usize;
        let rest = text[end..].find('\n').map_or(text.len(), |line_break| end + line_break + 1);
        let alone = text[start..entry.key_span.start as usize].trim().is_empty();
        let after = text[end..rest].trim();
        if !alone || !(after.is_empty() || after.starts_with('#')) {
            return None;
        }
        Some(Edit::delete(Span::new(u32::try_from(start).ok()?, u32::try_from(rest).ok()?)))
    }
}

#[cfg(test)]
mod tests {
    use crate::text::apply_edits;
    use crate::yaml::parse;

    fn inserted(yaml: &str) -> String {
        let file = parse(yaml);
        let spec = file.documents[0].root().and_then(|root| root.get("spec")).expect("a spec").value;
        let first = spec.entries().next().expect("an entry");
        apply_edits(yaml, &[spec.insert_before(first, "new", "1").expect("an edit")]).expect("it applies")
    }

    #[test]
    fn a_new_key_takes_the_style_of_its_mapping() {
        assert_eq!(inserted("spec:\n    a: 2\n"), "spec:\n    new: 1\n    a: 2\n");
        assert_eq!(inserted("spec:\r\n  a: 2\r\n"), "spec:\r\n  new: 1\r\n  a: 2\r\n");
        assert_eq!(inserted("spec: {a: 2}\n"), "spec: {new: 1, a: 2}\n");
        assert_eq!(inserted("{\"spec\": {\"a\": 2}}\n"), "{\"spec\": {\"new\": 1, \"a\": 2}}\n");
    }

    #[test]
    fn an_entry_goes_with_its_comment_and_nothing_else() {
        let removed = |yaml: &str| {
            let file = parse(yaml);
            let spec = file.documents[0].root().and_then(|root| root.get("spec")).expect("a spec").value;
            let edit = spec.remove(spec.get("a").expect("an entry"))?;
            Some(apply_edits(yaml, &[edit]).expect("it applies"))
        };
        assert_eq!(removed("spec:\n  a: 2 # two\n  b: 3\n").as_deref(), Some("spec:\n  b: 3\n"));
        assert_eq!(removed("spec:\n  b: 3\n  a: 2").as_deref(), Some("spec:\n  b: 3\n"));
        assert_eq!(removed("spec:\n  a: 2\n"), None);
        assert_eq!(removed("spec: {a: 2, b: 3}\n"), None);
    }
}
