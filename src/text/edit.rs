//! Changes of a text, and applying those that do not overlap.

use crate::sort;

use super::Span;

/// One change of a text: the bytes of `span` become `text`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub struct Edit {
    /// The bytes that go; empty for an insertion.
    pub span: Span,
    /// What stands there afterwards.
    pub text: String,
}

/// Two edits that touch the same bytes, or one that lies outside the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EditConflict {
    /// The edit that could not be applied.
    pub span: Span,
}

impl Edit {
    /// Puts `text` in the place of the bytes of `span`.
    #[must_use]
    pub fn replace(span: Span, text: impl Into<String>) -> Self {
        Self { span, text: text.into() }
    }

    /// Inserts `text` before the byte `at`.
    #[must_use]
    pub fn insert(at: u32, text: impl Into<String>) -> Self {
        Self::replace(Span::empty(at), text)
    }

    /// Removes the bytes of `span`.
    #[must_use]
    pub fn delete(span: Span) -> Self {
        Self::replace(span, "")
    }
}

/// Applies all edits at once, or none; an edit that is given twice is applied once.
///
/// # Errors
/// When two of them overlap or one does not lie on character boundaries of `text`.
pub fn apply_edits(text: &str, edits: &[Edit]) -> Result<String, EditConflict> {
    let mut sorted: Vec<&Edit> = edits.iter().collect();
    sort::ascending(&mut sorted);
    sorted.dedup();
    let mut result = String::with_capacity(text.len());
    let mut done = 0;
    for edit in sorted {
        let conflict = EditConflict { span: edit.span };
        let range = edit.span.range();
        result.push_str(text.get(done..range.start).ok_or(conflict)?);
        text.get(range.clone()).ok_or(conflict)?;
        result.push_str(&edit.text);
        done = range.end;
    }
    result.push_str(&text[done..]);
    Ok(result)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edits_apply_together_in_any_order() {
        let edits = [Edit::replace(Span::new(4, 5), "B"), Edit::insert(0, "> "), Edit::delete(Span::new(1, 2))];
        assert_eq!(apply_edits("a1 -b-", &edits).as_deref(), Ok("> a -B-"));
    }

    #[test]
    fn overlapping_edits_are_refused_whole() {
        let edits = [Edit::delete(Span::new(0, 3)), Edit::replace(Span::new(2, 4), "x")];
        assert_eq!(apply_edits("abcdef", &edits), Err(EditConflict { span: Span::new(2, 4) }));
        assert!(apply_edits("é", &[Edit::insert(1, "x")]).is_err());
    }
}
