//! The order of findings, and that each thing is said once.

use std::collections::HashMap;

use crate::diagnostic::{Finding, ServerCause};
use crate::text::Message;

/// Sorts findings by place, then by rule. Of several that say the same of one place in the same words, the first stays:
/// the API server can have several causes for one fault, and each of them is reported, in the order in which it would
/// name them; the one that stays carries them all.
pub(super) fn settle(findings: &mut Vec<Finding>) {
    let place = |finding: &Finding| (finding.span, finding.rule);
    findings.sort_by_key(place);
    if !findings.windows(2).any(|pair| place(&pair[0]) == place(&pair[1])) {
        return;
    }
    let mut said: HashMap<Message, usize> = HashMap::new();
    let mut kept: Vec<Finding> = Vec::with_capacity(findings.len());
    for finding in findings.drain(..) {
        if kept.last().is_none_or(|last| place(last) != place(&finding)) {
            said.clear();
        }
        match said.get(&finding.message) {
            Some(&first) => merge(&mut kept[first], finding),
            None => {
                said.insert(finding.message.clone(), kept.len());
                kept.push(finding);
            }
        }
    }
    *findings = kept;
}

/// Keeps of a finding that is said already what the server names besides.
fn merge(first: &mut Finding, again: Finding) {
    if let Some(other) = again.server {
        ServerCause::join(&mut first.server, other);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Label, Severity};
    use crate::text::Span;

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

    #[test]
    fn what_the_server_names_besides_is_kept() {
        let finding = |field: Option<&str>| {
            let mut finding = Finding::new("a", "api", Severity::Error, Span::new(0, 4), "same");
            finding.server = field.map(|field| ServerCause::new("validation", Some("FieldValueInvalid"), field));
            finding
        };
        let mut findings = ["labels", "template", "labels"].map(|field| finding(Some(field))).to_vec();
        settle(&mut findings);
        let cause = findings[0].server.as_ref().expect("the server has one");
        assert_eq!((findings.len(), cause.field.as_str()), (1, "labels"));
        assert_eq!(cause.also.iter().map(|cause| cause.field.as_str()).collect::<Vec<_>>(), ["template"]);
        let mut findings = vec![finding(None), finding(Some("labels"))];
        settle(&mut findings);
        assert_eq!(findings[0].server.as_ref().map(|cause| cause.field.as_str()), Some("labels"));
    }
}
