//! Habits from which harm follows are told as that harm, and not once more.

use std::sync::LazyLock;

use crate::diagnostic::Finding;
use crate::hash::HashSet;
use crate::rule::Entry;
use crate::rules;

/// Rules of habits, each with one of its harm.
static HARMS: LazyLock<Vec<(&'static str, &'static str)>> = LazyLock::new(|| {
    let harms = |entry: &'static Entry| entry.rule.page.harms().map(|harm| (entry.name, harm));
    rules::all().flat_map(harms).collect()
});

/// For each finding whether it is of a habit whose harm is told of the same part of the object; empty where none is.
pub(super) fn told_as_harm(findings: &[Finding]) -> Vec<bool> {
    let is_harm = |finding: &&Finding| HARMS.iter().any(|(_, harm)| *harm == finding.rule);
    let told: HashSet<_> = findings.iter().filter(is_harm).map(|finding| (finding.rule, part(finding))).collect();
    if told.is_empty() {
        return Vec::new();
    }
    let is_told = |finding: &Finding| {
        HARMS.iter().any(|(habit, harm)| *habit == finding.rule && told.contains(&(*harm, part(finding))))
    };
    findings.iter().map(is_told).collect()
}

/// The object that a finding is about, and the part of it that has the field.
fn part(finding: &Finding) -> (Option<u32>, &str) {
    let field = finding.field.as_deref().unwrap_or_default();
    (finding.object.as_ref().map(|object| object.start), field.rsplit_once('.').map_or("", |(part, _)| part))
}

#[cfg(test)]
mod tests {
    use super::told_as_harm;
    use crate::diagnostic::{Finding, Severity};
    use crate::text::Span;

    #[test]
    fn a_habit_is_told_as_its_harm_where_both_are_of_one_part() {
        let finding = |rule, field: &str| {
            let field = Some(field.to_owned());
            Finding { field, ..Finding::new(rule, "pod", Severity::Advice, Span::new(0, 4), "words") }
        };
        let habits = ["spec.containers[0].image", "spec.containers[1].image"].map(|at| finding("image-not-pinned", at));
        assert!(told_as_harm(&habits).is_empty());
        let [first, second] = habits;
        let harm = finding("moving-image-kept", "spec.containers[1].imagePullPolicy");
        assert_eq!(told_as_harm(&[first, harm, second]), [false, false, true]);
    }
}
