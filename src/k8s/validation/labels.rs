//! Labels, annotations and the selectors that look at labels.

use super::Context;
use super::checks::{At, Text, flaws, place_of, text_of};
use crate::k8s::format::{annotation_key, label_key, label_value, quote};
use crate::k8s::objects::{Field, LabelSelector, LabelSelectorRequirement, List, Map};
use crate::k8s::{Path, Reason};

/// All annotations of an object together.
const ANNOTATIONS_SIZE: usize = 256 * 1024;

/// Labels, or whatever has their form: one cause at the map for each flaw of a key or value.
pub(super) fn labels(labels: Option<Field<'_, Map<'_, &str>>>, path: &Path<'_>, context: &mut Context) {
    let Some(labels) = labels else { return };
    for (key, value) in labels.value.iter() {
        flaws(label_key(key), Text { value: key, span: value.key, ..value }, path, context);
        flaws(label_value(value.value), value, path, context);
    }
}

/// A label's key in a field of its own.
pub(super) fn label_name(key: Option<Text<'_>>, name: &str, at: At<'_>, context: &mut Context) {
    for flaw in label_key(text_of(key)) {
        let span = key.map_or(at.key, |key| place_of(&key));
        context.report(Reason::Invalid, &at.path.field(name), span, flaw.describe(text_of(key)));
    }
}

/// Annotations: their keys, and their size together. Those of `ignored` are dropped on the way in.
pub(super) fn annotations(
    annotations: Option<Field<'_, Map<'_, &str>>>,
    ignored: &[&str],
    path: &Path<'_>,
    context: &mut Context,
) {
    let Some(annotations) = annotations else { return };
    let mut size = 0usize;
    for (key, value) in annotations.value.iter().filter(|(key, _)| !ignored.contains(key)) {
        size = size.saturating_add(key.len()).saturating_add(value.value.len());
        flaws(annotation_key(key), Text { value: key, span: value.key, ..value }, path, context);
    }
    if size > ANNOTATIONS_SIZE {
        let message = format!("the annotations are {size} bytes long together, {ANNOTATIONS_SIZE} at most");
        context.report(Reason::TooLong, path, annotations.key, message);
    }
}

/// A condition on labels.
pub(super) fn label_selector(selector: Option<Field<'_, LabelSelector<'_>>>, path: &Path<'_>, context: &mut Context) {
    let Some(selector) = selector else { return };
    labels(selector.value.match_labels(), &path.field("matchLabels"), context);
    let Some(expressions) = selector.value.match_expressions() else { return };
    let expressions_path = path.field("matchExpressions");
    for (index, expression) in expressions.value.iter() {
        let path = expressions_path.index(index);
        requirement(expression.value, At::new(&path, &expression), context);
    }
}

fn requirement(requirement: LabelSelectorRequirement<'_>, at: At<'_>, context: &mut Context) {
    operator(requirement.operator(), requirement.values(), at, context);
    label_name(requirement.key(), "key", at, context);
    // Before 1.26 nobody looked at the values.
    if context.since(26) {
        label_values(requirement.values(), at, context);
    }
}

fn operator(
    operator: Option<Text<'_>>,
    values: Option<Field<'_, List<'_, &str>>>,
    at: At<'_>,
    context: &mut Context,
) {
    match text_of(operator) {
        "In" | "NotIn" | "Exists" | "DoesNotExist" => values_for(operator, values, at, context),
        _ => unknown_operator(operator, &["In", "NotIn", "Exists", "DoesNotExist"], at, context),
    }
}

/// `In` and `NotIn` need values, `Exists` and `DoesNotExist` have none.
pub(super) fn values_for(
    operator: Option<Text<'_>>,
    values: Option<Field<'_, List<'_, &str>>>,
    at: At<'_>,
    context: &mut Context,
) {
    let (name, path) = (text_of(operator), at.path.field("values"));
    let wants = matches!(name, "In" | "NotIn");
    let given = values.filter(|values| !values.value.is_empty());
    match given {
        None if wants => {
            let message = format!("`{name}` needs at least one value");
            context.report(Reason::Required, &path, values.map_or(at.key, |values| place_of(&values)), message);
        }
        Some(values) if !wants => {
            context.report(Reason::Forbidden, &path, values.key, format!("`{name}` takes no values"));
        }
        _ => {}
    }
}

/// Reports an operator that is none; the server calls that a wrong value.
pub(super) fn unknown_operator(operator: Option<Text<'_>>, known: &[&str], at: At<'_>, context: &mut Context) {
    let path = at.path.field("operator");
    let Some(operator) = operator else {
        context.report(Reason::Invalid, &path, at.key, "`operator` is not set, and must be");
        return;
    };
    let message = format!("{} is not {}", quote(operator.value), super::checks::alternatives(known));
    context.report(Reason::Invalid, &path, place_of(&operator), message);
}

/// One cause for each flaw of a list of label values.
pub(super) fn label_values(values: Option<Field<'_, List<'_, &str>>>, at: At<'_>, context: &mut Context) {
    let Some(values) = values else { return };
    let path = at.path.field("values");
    for (index, value) in values.value.iter() {
        flaws(label_value(value.value), value, &path.index(index), context);
    }
}
