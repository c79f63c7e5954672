//! The order of findings, and that each thing is said once.

use std::collections::HashSet;

use crate::diagnostic::Finding;
use crate::text::Span;

/// Sorts findings by place, then by rule. Of several that say the same of one place in the same words, the first stays:
/// the API server can have several causes for one fault, and each of them is reported, in the order in which it would
/// name them.
pub(super) fn settle(findings: &mut Vec<Finding>) {
    let place = |finding: &Finding| (finding.span, finding.rule);
    findings.sort_by_key(place);
    if !findings.windows(2).any(|pair| place(&pair[0]) == place(&pair[1])) {
        return;
    }
    let mut said = HashSet::new();
    let mut here: Option<(Span, &str)> = None;
    findings.retain(|finding| {
        if here.replace(place(finding)) != Some(place(finding)) {
            said.clear();
        }
        said.insert(finding.message.clone())
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Label, Severity};

    #[test]
    fn what_is_said_twice_of_one_place_is_said_once_and_first_comes_first() {
        let (first, second) = (Span::new(0, 4), Span::new(6, 8));
        let finding = |rule, span, message: &str| Finding::new(rule, "api", Severity::Error, span, message);
        let mut again = finding("b", first, "same");
        again.labels.push(Label::new(second, "there"));
        let mut findings = vec![
            finding("b", second, "same"),
            finding("b", first, "same"),
            finding("b", first, "other"),
            finding("a", first, "same"),
            again,
            finding("b", second, "same"),
        ];
        settle(&mut findings);
        let told = findings.iter().map(|one| (one.rule, one.span, one.message.as_str(), one.labels.len()));
        assert_eq!(
            told.collect::<Vec<_>>(),
            [("a", first, "same", 0), ("b", first, "same", 0), ("b", first, "other", 0), ("b", second, "same", 0)]
        );
    }
}
