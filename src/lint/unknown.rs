//! What is not to be said where nobody knows what stands there.

use crate::diagnostic::{Basis, Finding, Place};
use crate::k8s::{Problem, steps};
use crate::yaml::{File, Value};

/// Whether a finding is about what nobody knows, or may owe itself to that.
pub(super) fn touches(file: &File, finding: &Finding) -> bool {
    let may_be_whole = |document| finding.rule == "yaml-syntax" && file.has_unknown(document);
    let labels = finding.labels.iter().filter_map(|label| match &label.place {
        Place::Here(span) => Some(*span),
        Place::Elsewhere(_) => None,
    });
    labels.chain([finding.span]).any(|span| file.is_unknown(span))
        || may_be_whole(finding.document.unwrap_or(usize::MAX))
}

/// Whether a problem of an object may not be one, by what nobody knows of it: of what rests on one place, that decides.
pub(super) fn decides(root: Value<'_>, problem: &Problem) -> bool {
    if problem.holds_of_part() {
        return false;
    }
    let rests_on_relation = problem.topic.rests_on() == Basis::Relation;
    let mut at = root;
    for step in steps(&problem.field) {
        if at.is_unknown() || is_sought_in(at, problem) {
            return true;
        }
        let next = match step.parse::<usize>() {
            Ok(index) if at.is_sequence() => at.items().nth(index),
            _ => at.get(step).map(|entry| entry.value),
        };
        match next {
            Some(next) if next.is_unknown() => return true,
            Some(_) if rests_on_relation && is_partly_unknown(at) => return true,
            Some(next) => at = next,
            None => return at.is_open() || rests_on_relation && is_partly_unknown(at),
        }
    }
    at.is_unknown() || at.is_open()
}

/// Whether the list that has nothing of a name may have it.
fn is_sought_in(mapping: Value<'_>, problem: &Problem) -> bool {
    let Some(list) = problem.aside().sought_in.filter(|_| mapping.is_mapping()) else { return false };
    mapping.get(list).is_some_and(|list| list.value.is_open() || list.value.items().any(is_partly_unknown))
}

/// Whether nobody knows a value, or one that stands in it, or what else does.
fn is_partly_unknown(value: Value<'_>) -> bool {
    value.is_unknown()
        || value.is_open()
        || value.items().any(Value::is_unknown)
        || value.entries().any(|entry| entry.value.is_unknown())
}
