//! The nodes that a pod may run on, or would rather.
//!
//! pkg/apis/core/validation/validation.go, validateNodeAffinity, ValidateNodeSelector, ValidateNodeSelectorTerm,
//! ValidateNodeSelectorRequirement, ValidateNodeFieldSelectorRequirement, ValidatePreferredSchedulingTerms, as of
//! v1.37.

use super::validate_weight;
use crate::k8s::format::{dns_subdomain, label_value, quote};
use crate::k8s::objects::{Each, Field, List, NodeAffinity, NodeSelectorRequirement, NodeSelectorTerm};
use crate::k8s::validation::checks::{At, flaws, label_name, place_of, text_of};
use crate::k8s::validation::{Context, report};
use crate::k8s::{Path, Reason, Topic};

const OPERATORS: &[&str] = &["In", "NotIn", "Exists", "DoesNotExist", "Gt", "Lt"];

type Values<'a> = Option<Field<'a, List<'a, &'a str>>>;

pub(super) fn validate(affinity: NodeAffinity<'_>, path: &Path<'_>, context: &mut Context) {
    if let Some(required) = affinity.required() {
        let path = path.field("requiredDuringSchedulingIgnoredDuringExecution");
        let path = path.field("nodeSelectorTerms");
        let terms = required.value.node_selector_terms();
        if terms.is_none_or(|terms| terms.value.is_empty()) {
            let span = terms.map_or(required.key, |terms| terms.key);
            context.report(
                Reason::Required,
                &path,
                span,
                "`nodeSelectorTerms` is empty, and must have at least one term",
            );
        }
        // The server looks at the values since 1.33.
        let values = context.since(33);
        for (index, term) in terms.each() {
            validate_term(term.value, values, &path.index(index), context);
        }
    }
    let Some(preferred) = affinity.preferred() else { return };
    let path = path.field("preferredDuringSchedulingIgnoredDuringExecution");
    for (index, wish) in preferred.value.iter() {
        let path = path.index(index);
        validate_weight(wish.value.weight(), At::new(&path, &wish), context);
        if let Some(term) = wish.value.preference() {
            validate_term(term.value, false, &path.field("preference"), context);
        }
    }
}

fn validate_term(term: NodeSelectorTerm<'_>, values: bool, path: &Path<'_>, context: &mut Context) {
    let list = path.field("matchExpressions");
    for (index, item) in term.match_expressions().each() {
        let path = list.index(index);
        let at = At::new(&path, &item);
        validate_operator(item.value, at, context);
        label_name(item.value.key(), "key", at, context);
        if values {
            validate_values(item.value.values(), &path.field("values"), context);
        }
    }
    let list = path.field("matchFields");
    for (index, item) in term.match_fields().each() {
        let path = list.index(index);
        validate_field(item.value, At::new(&path, &item), context);
    }
}

fn validate_operator(requirement: NodeSelectorRequirement<'_>, at: At<'_>, context: &mut Context) {
    let operator = requirement.operator();
    let (path, count) = (at.path.field("values"), requirement.values().map_or(0, |values| values.value.len()));
    let span = requirement.values().map_or(at.key, |values| values.key);
    let name = text_of(operator);
    match name {
        "In" | "NotIn" if count == 0 => {
            context.report(Reason::Required, &path, span, format_args!("`{name}` needs at least one value"));
        }
        "Exists" | "DoesNotExist" if count > 0 => {
            context
                .report(Reason::Forbidden, &path, span, format_args!("`{name}` takes no values"))
                .about(Topic::Contradiction);
        }
        "Gt" | "Lt" if count != 1 => {
            context.report(
                Reason::Required,
                &path,
                span,
                format_args!("`{name}` takes one value, and there are {count}"),
            );
        }
        _ if OPERATORS.contains(&name) => {}
        _ => {
            let span = operator.map_or(at.key, |operator| place_of(&operator));
            let path = at.path.field("operator");
            report::not_one_of(Reason::Invalid, &path, operator, span, OPERATORS, context);
        }
    }
}

fn validate_values(values: Values<'_>, path: &Path<'_>, context: &mut Context) {
    for (index, value) in values.each() {
        flaws(label_value(value.value), value, &path.index(index), context);
    }
}

/// A node's only field is its name.
fn validate_field(requirement: NodeSelectorRequirement<'_>, at: At<'_>, context: &mut Context) {
    let (operator, values, path) = (requirement.operator(), requirement.values(), at.path.field("values"));
    match text_of(operator) {
        "In" | "NotIn" => {
            let count = values.map_or(0, |values| values.value.len());
            if count != 1 {
                let span = values.map_or(at.key, |values| values.key);
                let message = format_args!("a condition on a field takes one value, and there are {count}");
                context.report(Reason::Required, &path, span, message);
            }
        }
        _ => {
            let span = operator.map_or(at.key, |operator| place_of(&operator));
            let path = at.path.field("operator");
            report::not_one_of(Reason::Invalid, &path, operator, span, &["In", "NotIn"], context);
        }
    }
    let key = requirement.key();
    if text_of(key) != "metadata.name" {
        let span = key.map_or(at.key, |key| place_of(&key));
        let message = format_args!("a node has no field {} to choose it by, only `metadata.name`", quote(text_of(key)));
        context.report(Reason::Invalid, &at.path.field("key"), span, message).about(Topic::NotSupported);
        return;
    }
    for (index, name) in values.each() {
        flaws(dns_subdomain(name.value), name, &path.index(index), context);
    }
}
