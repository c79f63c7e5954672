//! How evenly pods are spread.
//!
//! pkg/apis/core/validation/validation.go, validateTopologySpreadConstraints, ValidateSpreadConstraintNotRepeat,
//! validateMinDomains, validateNodeInclusionPolicy, ValidateMatchLabelKeysInTopologySpread, as of v1.37.

use super::affinity::{LabelKeys, validate_label_keys};
use super::checks::{At, one_of, one_of_at, place_of, required, text_of};
use super::names::Names;
use super::{Context, object_meta, selector};
use crate::hash::HashMap;
use crate::k8s::format::{label_key, quote};
use crate::k8s::objects::{Each, Field, List, TopologySpreadConstraint};
use crate::k8s::schema::Gate;
use crate::k8s::{Path, Reason, Topic};

/// Checks a pod's spread constraints.
pub(super) fn validate(constraints: List<'_, TopologySpreadConstraint<'_>>, path: &Path<'_>, context: &mut Context) {
    let mut last = HashMap::default();
    for (index, item) in constraints.iter() {
        last.insert(kind(item.value), index);
    }
    for (index, item) in constraints.iter() {
        let path = path.index(index);
        let (at, constraint) = (At::new(&path, &item), item.value);
        positive(constraint.max_skew(), "maxSkew", at, context);
        required(constraint.topology_key(), "topologyKey", at, context);
        let actions = &["DoNotSchedule", "ScheduleAnyway"];
        one_of_at(constraint.when_unsatisfiable(), actions, "whenUnsatisfiable", at, context);
        // The server names the earlier one of two, by the pair that is the same.
        if last.get(&kind(constraint)).is_some_and(|last| *last > index) {
            let message = "another constraint below has the same `topologyKey` and `whenUnsatisfiable`";
            context.report(Reason::Duplicate, &path.field("{topologyKey, whenUnsatisfiable}"), item.key, message);
        }
        validate_min_domains(constraint, at, context);
        if context.enables(Gate::NodeInclusionPolicyInPodTopologySpread) {
            let policies = [
                ("nodeAffinityPolicy", constraint.node_affinity_policy()),
                ("nodeTaintsPolicy", constraint.node_taints_policy()),
            ];
            for (name, policy) in policies {
                if let Some(policy) = policy {
                    one_of(policy, &["Honor", "Ignore"], &path.field(name), context);
                }
            }
        }
        validate_keys(constraint, &path, context);
        // 1.26 and older did not look at it.
        if let Some(labels) = constraint.label_selector().filter(|_| context.since(27)) {
            selector::validate_label_selector(labels.value, &path.field("labelSelector"), context);
        }
    }
}

fn kind<'a>(constraint: TopologySpreadConstraint<'a>) -> (&'a str, &'a str) {
    (text_of(constraint.topology_key()), text_of(constraint.when_unsatisfiable()))
}

fn positive(number: Option<Field<'_, i32>>, name: &str, at: At<'_>, context: &mut Context) {
    let value = number.map_or(0, |number| number.value);
    if value <= 0 {
        let span = number.map_or(at.key, |number| place_of(&number));
        let message = match number {
            Some(_) => format!("`maxSkew` is {value}, below the minimum, 1"),
            None => format!("`{name}` is not set, and must be at least 1"),
        };
        context.report(Reason::Invalid, &at.path.field(name), span, message).about(Topic::OutOfRange);
    }
}

fn validate_min_domains(constraint: TopologySpreadConstraint<'_>, at: At<'_>, context: &mut Context) {
    let Some(domains) = constraint.min_domains().filter(|_| context.enables(Gate::MinDomainsInPodTopologySpread))
    else {
        return;
    };
    positive(Some(domains), "minDomains", at, context);
    if text_of(constraint.when_unsatisfiable()) != "DoNotSchedule" {
        let message = "`minDomains` needs `whenUnsatisfiable: DoNotSchedule`";
        context.report(Reason::Invalid, &at.path.field("minDomains"), domains.key, message).about(Topic::Contradiction);
    }
}

fn validate_keys(constraint: TopologySpreadConstraint<'_>, path: &Path<'_>, context: &mut Context) {
    if !context.enables(Gate::MatchLabelKeysInPodTopologySpread) {
        return;
    }
    if context.enables(Gate::MatchLabelKeysInPodTopologySpreadSelectorMerge) {
        let keys = LabelKeys { matching: constraint.match_label_keys(), mismatching: None };
        validate_label_keys(keys, constraint.label_selector(), path, context);
        return;
    }
    let Some(keys) = constraint.match_label_keys().filter(|keys| !keys.value.is_empty()) else { return };
    let path = path.field("matchLabelKeys");
    let mut selected = Names::default();
    match constraint.label_selector() {
        Some(labels) => {
            for (key, _) in labels.value.match_labels().each() {
                selected.insert(key);
            }
            for (_, expression) in labels.value.match_expressions().each() {
                selected.insert(text_of(expression.value.key()));
            }
        }
        None => {
            let message = "keys narrow a `labelSelector`, and there is none";
            context.report(Reason::Forbidden, &path, keys.key, message).about(Topic::Contradiction);
        }
    }
    for (index, key) in keys.value.iter() {
        let path = path.index(index);
        object_meta::report_flaws(label_key(key.value), key.value, &path, key.span, context);
        if selected.contains(key.value) {
            let message = format_args!("{} is in `matchLabelKeys` and in the selector", quote(key.value));
            context.report(Reason::Invalid, &path, key.span, message).about(Topic::Contradiction);
        }
    }
}
