//! Changes of what was printed, as changes of what is written.

use super::origin::FileId;
use super::place::{Kind, Part, Places};
use super::text::Text;
use crate::text::{Edit, Span};

impl Places<'_> {
    /// The same edit where all of its bytes are written one to one: text of a template, or a scalar of a values file.
    /// Whether it does the same is seen when the chart is rendered again.
    pub(crate) fn rewritten(&self, text: &Text, edit: &Edit) -> Option<(FileId, Edit)> {
        if edit.text.contains("{{") {
            return None;
        }
        if edit.span.is_empty() {
            return self.inserted(text, edit);
        }
        let (span, words) = self.without_quotes(text, edit);
        let parts = self.exact(text, span);
        let is_one =
            |kind: Kind| matches!(kind, Kind::Template | Kind::Value(_)) && parts.iter().all(|part| part.kind == kind);
        let (file, first) = parts.first().filter(|part| is_one(part.kind)).and_then(|part| self.own(part))?;
        let mut whole = Span::empty(first.start);
        for part in &parts {
            let (other, own) = self.own(part)?;
            if other != file || own.start != whole.end {
                return None;
            }
            whole.end = own.end;
        }
        // Of a scalar that is written otherwise than it prints, nobody knows which bytes to change.
        (whole.len() == span.len()).then(|| (file, Edit::replace(whole, words)))
    }

    /// Lines and words that are put between two bytes of a template.
    fn inserted(&self, text: &Text, edit: &Edit) -> Option<(FileId, Edit)> {
        let at = edit.span.start;
        let end = u32::try_from(text.as_str().len()).ok()?;
        let next = (at < end).then(|| self.own_byte(text, at)).flatten();
        let last = at.checked_sub(1).and_then(|last| self.own_byte(text, last));
        let (file, byte) = match (last, next) {
            (_, Some((file, next))) => (file, next.start),
            (Some((file, last)), None) => (file, last.end),
            (None, None) => return None,
        };
        Some((file, Edit::insert(byte, edit.text.clone())))
    }

    /// Where a byte of a template's own text is written.
    fn own_byte(&self, text: &Text, at: u32) -> Option<(FileId, Span)> {
        match self.exact(text, Span::new(at, at + 1)).as_slice() {
            [part @ Part { kind: Kind::Template, .. }] => self.own(part),
            _ => None,
        }
    }

    /// The edit without quotes that an action put around a value, where it leaves them as they are.
    fn without_quotes<'e>(&self, text: &Text, edit: &'e Edit) -> (Span, &'e str) {
        let Span { start, end } = edit.span;
        let quote = text.as_str().get(edit.span.range()).and_then(|old| old.chars().next());
        let inner = quote.filter(|quote| matches!(quote, '"' | '\'')).and_then(|quote| {
            let is_made = |at| self.exact(text, Span::new(at, at + 1)).iter().all(|part| part.kind == Kind::Made);
            let words = edit.text.strip_prefix(quote)?.strip_suffix(quote)?;
            (edit.span.len() > 2 && is_made(start) && is_made(end - 1)).then_some(words)
        });
        inner.map_or((edit.span, &*edit.text), |words| (Span::new(start + 1, end - 1), words))
    }
}
