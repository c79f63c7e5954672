//! Label selectors: their form, and what they match.
//!
//! k8s.io/apimachinery/pkg/apis/meta/v1/validation/validation.go, ValidateLabelSelector,
//! ValidateLabelSelectorRequirement; k8s.io/apimachinery/pkg/apis/meta/v1/helpers.go, LabelSelectorAsSelector, as of
//! v1.37.

use super::{Context, object_meta, report};
use crate::k8s::format;
use crate::k8s::objects::{Each, Field, LabelSelector, LabelSelectorRequirement};
use crate::k8s::{Path, Reason, Topic};
use crate::text::Span;

/// Checks a selector's keys, operators and values.
pub(super) fn validate_label_selector(selector: LabelSelector<'_>, path: &Path<'_>, context: &mut Context) {
    if let Some(labels) = selector.match_labels() {
        object_meta::validate_labels(labels.value, &path.field("matchLabels"), context);
    }
    let Some(expressions) = selector.match_expressions() else { return };
    let path = path.field("matchExpressions");
    for (index, expression) in expressions.value.iter() {
        validate_requirement(expression, &path.index(index), context);
    }
}

fn validate_requirement(requirement: Field<'_, LabelSelectorRequirement<'_>>, path: &Path<'_>, context: &mut Context) {
    let (owner, requirement) = (requirement.span, requirement.value);
    validate_operator(requirement, owner, path, context);
    let key = requirement.key();
    let (text, span) = key.map_or(("", owner), |key| (key.value, key.span));
    object_meta::report_flaws(format::label_key(text), text, &path.field("key"), span, context);
    // 1.25 looked at the values of `matchLabels` only.
    let Some(values) = requirement.values().filter(|_| context.since(26)) else { return };
    let path = path.field("values");
    for (index, value) in values.value.iter() {
        object_meta::report_flaws(
            format::label_value(value.value),
            value.value,
            &path.index(index),
            value.span,
            context,
        );
    }
}

fn validate_operator(requirement: LabelSelectorRequirement<'_>, owner: Span, path: &Path<'_>, context: &mut Context) {
    let values = requirement.values().filter(|values| !values.value.is_empty());
    let operator = requirement.operator();
    match operator.map_or("", |operator| operator.value) {
        "In" | "NotIn" if values.is_none() => {
            let message = "`In` and `NotIn` compare with `values`, and there are none";
            context.report(Reason::Required, &path.field("values"), owner, message);
        }
        "Exists" | "DoesNotExist" => {
            if let Some(values) = values {
                let message = "`Exists` and `DoesNotExist` take no values";
                context
                    .report(Reason::Forbidden, &path.field("values"), values.key, message)
                    .about(Topic::Contradiction);
            }
        }
        "In" | "NotIn" => {}
        _ => {
            let span = operator.map_or(owner, |operator| operator.span);
            let operators = &["In", "NotIn", "Exists", "DoesNotExist"];
            report::not_one_of(Reason::Invalid, &path.field("operator"), operator, span, operators, context);
        }
    }
}

/// Whether the selector matches an object with these labels; `None` where it is not a selector at all.
pub(super) fn matches<'l>(selector: LabelSelector<'_>, label: impl Fn(&str) -> Option<&'l str>) -> Option<bool> {
    let mut all = true;
    if let Some(labels) = selector.match_labels() {
        for (key, value) in labels.value.iter() {
            if !format::label_key(key).is_empty() || !format::label_value(value.value).is_empty() {
                return None;
            }
            all &= label(key) == Some(value.value);
        }
    }
    if let Some(expressions) = selector.match_expressions() {
        for (_, expression) in expressions.value.iter() {
            all &= requirement_matches(expression.value, &label)?;
        }
    }
    Some(all)
}

fn requirement_matches<'l>(
    requirement: LabelSelectorRequirement<'_>,
    label: &impl Fn(&str) -> Option<&'l str>,
) -> Option<bool> {
    let key = requirement.key().map_or("", |key| key.value);
    let values = || requirement.values().each();
    let proper = values().all(|(_, value)| format::label_value(value.value).is_empty());
    if !proper || !format::label_key(key).is_empty() {
        return None;
    }
    let (actual, any) = (label(key), values().next().is_some());
    let among = values().any(|(_, value)| actual == Some(value.value));
    match requirement.operator()?.value {
        "In" if any => Some(among),
        "NotIn" if any => Some(!among),
        "Exists" if !any => Some(actual.is_some()),
        "DoesNotExist" if !any => Some(actual.is_none()),
        _ => None,
    }
}
