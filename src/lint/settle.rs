//! The order of findings, and that each thing is said once.

use crate::diagnostic::{Finding, ServerCause};
use crate::sort;
use crate::text::Span;

/// Sorts findings by place, then by rule. Of several that say the same of one place in the same words, the first stays:
/// the API server can have several causes for one fault, and each of them is reported, in the order in which it would
/// name them; the one that stays carries them all.
pub(super) fn settle(findings: &mut Vec<Finding>) {
    sort::by_key(findings, place);
    let again = said_again(findings);
    for (first, again) in &again {
        // What the server names besides is kept.
        if let Some(other) = findings[*again].server.take() {
            ServerCause::join(&mut findings[*first].server, other);
        }
    }
    let (mut again, mut at) = (again.into_iter().map(|(_, again)| again).peekable(), 0);
    findings.retain(|_| {
        at += 1;
        again.next_if_eq(&(at - 1)).is_none()
    });
}

/// The findings that say what one before them says of the same place, each behind that one, in their order.
fn said_again(findings: &[Finding]) -> Vec<(usize, usize)> {
    let mut again = Vec::new();
    let mut start = 0;
    for of_one in findings.chunk_by(|one, next| place(one) == place(next)) {
        if of_one.len() > 1 {
            let mut by_words: Vec<usize> = (start..start + of_one.len()).collect();
            sort::by_key(&mut by_words, |at| &findings[*at].message);
            for alike in by_words.chunk_by(|one, next| findings[*one].message == findings[*next].message) {
                again.extend(alike[1..].iter().map(|at| (alike[0], *at)));
            }
        }
        start += of_one.len();
    }
    sort::by_key(&mut again, |(_, again)| *again);
    again
}

fn place(finding: &Finding) -> (Span, &'static str) {
    (finding.span, finding.rule)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Label, Severity};

    #[test]
    fn what_is_said_twice_of_one_place_is_said_once_and_first_comes_first() {
        let (first, second) = (Span::new(0, 4), Span::new(6, 8));
        let finding = |rule, span, message: &'static str| Finding::new(rule, "api", Severity::Error, span, message);
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
