//! Where things are after something was typed.

use crate::diagnostic::{Finding, Label, Place};
use crate::text::Span;

/// A text that differs from an earlier one in one stretch, or is taken for it.
pub(super) struct Moved {
    /// The bytes of the stretch in the earlier text.
    stretch: Span,
    /// The bytes that came or went.
    by: i64,
}

impl Moved {
    /// What lies between two texts; nothing, where they are the same.
    pub(super) fn between(then: &str, now: &str) -> Option<Self> {
        if then == now {
            return None;
        }
        let before = alike(then.bytes().zip(now.bytes()));
        let behind = alike(then.bytes().rev().zip(now.bytes().rev()));
        let behind = behind.min(then.len().min(now.len()) - before);
        let stretch = Span::new(before as u32, (then.len() - behind) as u32);
        Some(Self { stretch, by: now.len() as i64 - then.len() as i64 })
    }

    /// Where some bytes are now, if nothing was typed in them.
    fn span(&self, span: Span) -> Option<Span> {
        let shifted = |byte: u32| u32::try_from(i64::from(byte) + self.by).ok();
        if span.end <= self.stretch.start {
            Some(span)
        } else if span.start >= self.stretch.end {
            Some(Span::new(shifted(span.start)?, shifted(span.end)?))
        } else {
            None
        }
    }

    /// A finding where it is now, if it is; its changes are for the earlier text.
    pub(super) fn finding(&self, mut finding: Finding) -> Option<Finding> {
        let label = |Label { place, message }: Label| match place {
            Place::Here(span) => Some(Label::new(self.span(span)?, message)),
            elsewhere @ Place::Elsewhere(_) => Some(Label { place: elsewhere, message }),
        };
        finding.span = self.span(finding.span)?;
        finding.labels = finding.labels.into_iter().filter_map(label).collect();
        finding.fixes.clear();
        Some(finding)
    }
}

/// How many are alike from the first on.
fn alike(pairs: impl Iterator<Item = (u8, u8)>) -> usize {
    pairs.take_while(|(one, other)| one == other).count()
}

#[cfg(test)]
mod tests {
    use super::Moved;
    use crate::text::Span;

    #[test]
    fn what_nothing_was_typed_in_is_found_where_it_is_now() {
        for (then, now, word, is_there) in [
            ("a: x\nword", "a: xyz\nword", "word", true),
            ("word\na: xyz", "word\na:", "word", true),
            ("a\na\nword", "a\nword", "word", true),
            ("aé word", "aè word", "word", true),
            ("a: word", "a: ward", "word", false),
            ("a: word", "", "word", false),
        ] {
            let moved = Moved::between(then, now).expect("they differ");
            let at = then.find(word).expect("it is there");
            let span = moved.span(Span::new(at as u32, (at + word.len()) as u32));
            assert_eq!(span.map(|span| &now[span.range()]), is_there.then_some(word), "{then:?} {now:?}");
        }
        assert!(Moved::between("a", "a").is_none());
    }
}
