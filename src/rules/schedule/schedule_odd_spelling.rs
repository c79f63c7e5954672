//! `schedule-odd-spelling`

use crate::diagnostic::Fix;
use crate::k8s::objects::CronJobSpec;
use crate::rule::{Check, Findings, Rule};
use crate::schedule::OddityKind;
use crate::text::Edit;

pub(crate) static RULE: Rule =
    Rule::new(include_str!("../../../rules/schedule/schedule-odd-spelling.md"), Check::CronJob(check));

fn check(spec: CronJobSpec<'_>, findings: &mut Findings<'_>) {
    let (Some(written), Some(expression)) = (spec.schedule(), spec.expression()) else { return };
    for oddity in expression.oddities() {
        let span = written.raw.span_within(oddity.span.range());
        let text = written.value.get(oddity.span.range()).unwrap_or_default();
        let (message, plain) = match oddity.kind {
            OddityKind::QuestionMark { .. } => ("`?` is read as `*`, in every field".to_owned(), Some("*")),
            OddityKind::IgnoredAfterStar { .. } => (format!("`{text}` after the star is ignored"), Some("")),
            OddityKind::EmptyListItem { .. } => ("an empty item of the list is left out".to_owned(), None),
            OddityKind::PlusSign { .. } => (format!("`{text}` is read without its plus sign"), None),
            OddityKind::MinusZero { .. } => (format!("`{text}` is read as 0"), None),
            OddityKind::NonAsciiName { .. } => {
                (format!("`{text}` has a letter that only looks like one of a name"), None)
            }
            OddityKind::NonAsciiSpace(_) => {
                ("a blank here is not the plain one, and parts two fields".to_owned(), Some(" "))
            }
            OddityKind::LineBreak => ("a line break parts two fields".to_owned(), None),
        };
        let report = findings.report(span, message).help("Kubernetes takes it by accident; other programs may not");
        if let Some(plain) = plain.filter(|_| !span.is_empty()) {
            report.fix(Fix::safe("write it plainly", vec![Edit::replace(span, plain)]));
        }
    }
}
