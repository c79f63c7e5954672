//! `schedule-odd-spelling`

use crate::controller::Timetable;
use crate::diagnostic::Fix;
use crate::rule::{Check, Findings, Rule, Within, page};
use crate::schedule::OddityKind;

pub(crate) static RULE: Rule = Rule::new(page!("schedule/schedule-odd-spelling"), Check::Schedule(check));

fn check(timetable: Within<'_, Timetable<'_>>, findings: &mut Findings<'_>) {
    for oddity in timetable.expression.oddities() {
        let span = timetable.place(oddity.span);
        let text = timetable.written.value.get(oddity.span.range()).unwrap_or_default();
        let (message, plain) = match oddity.kind {
            // The documentation names it.
            OddityKind::QuestionMark { .. } => continue,
            OddityKind::IgnoredAfterStar { .. } => (format!("`{text}` after the star is ignored"), Some("")),
            OddityKind::EmptyListItem { .. } => ("an empty item of the list is left out".to_owned(), None),
            OddityKind::PlusSign { .. } => (format!("`{text}` is read without its plus sign"), None),
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
            let change = timetable.written.raw.splice(oddity.span.range(), plain);
            report.fix(Fix::safe("write it plainly", change));
        }
    }
}
