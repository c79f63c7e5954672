//! What a rule finds one behind the other in a text, so that it can be taken in before all of it is there.

use crate::diagnostic::Finding;
use crate::text::Span;

/// The findings of a rule as long as each stands behind the one before.
#[derive(Debug)]
pub(super) struct Row {
    rule: &'static str,
    last: Option<Span>,
    is_broken: bool,
}

impl Row {
    /// That of a rule which has found nothing yet.
    pub(super) const fn of(rule: &'static str) -> Self {
        Self { rule, last: None, is_broken: false }
    }

    /// Whether what the rule found among these goes on where the last of it stood, and so did all before that.
    pub(super) fn goes_on_with(&mut self, findings: &[Finding]) -> bool {
        let places = findings.iter().filter(|finding| finding.rule == self.rule).map(|finding| finding.span);
        for place in places.take(if self.is_broken { 0 } else { usize::MAX }) {
            self.is_broken |= self.last.replace(place).is_some_and(|last| last >= place);
        }
        !self.is_broken
    }
}

#[cfg(test)]
mod tests {
    use super::Row;
    use crate::diagnostic::{Finding, Severity};
    use crate::text::Span;

    #[test]
    fn a_row_goes_on_until_something_stands_before_the_last() {
        let finding = |(rule, at)| Finding::new(rule, "yaml", Severity::Error, Span::empty(at), "words");
        let found = |all: &[(&'static str, u32)]| all.iter().copied().map(finding).collect::<Vec<_>>();
        let mut row = Row::of("a");
        assert!(row.goes_on_with(&found(&[("b", 9), ("a", 1), ("a", 4), ("b", 2)])));
        assert!(row.goes_on_with(&found(&[("a", 5)])));
        assert!(!row.goes_on_with(&found(&[("a", 6), ("a", 6)])));
        assert!(!row.goes_on_with(&found(&[("a", 7)])));
    }
}
