//! The pods that a pod goes to, or keeps away from.
//!
//! pkg/apis/core/validation/validation.go, validatePodAffinity, validatePodAntiAffinity, validatePodAffinityTerm,
//! validateWeightedPodAffinityTerms, ValidateMatchLabelKeysAndMismatchLabelKeys, validateLabelKeys, as of v1.37.

use super::validate_weight;
use crate::hash::HashMap;
use crate::k8s::format::{dns_label, quote};
use crate::k8s::objects::{Each, Field, LabelSelector, List, PodAffinity, PodAffinityTerm};
use crate::k8s::schema::Gate;
use crate::k8s::validation::checks::{At, flaws, label_name, required, text_of};
use crate::k8s::validation::names::Names;
use crate::k8s::validation::{Context, object_meta, selector};
use crate::k8s::{Path, Reason, Topic};

type Keys<'a> = Option<Field<'a, List<'a, &'a str>>>;

/// Keys of labels whose values are taken from the pod itself.
#[derive(Debug, Clone, Copy)]
pub(in crate::k8s::validation) struct LabelKeys<'a> {
    /// Those that must match.
    pub(in crate::k8s::validation) matching: Keys<'a>,
    /// Those that must not.
    pub(in crate::k8s::validation) mismatching: Keys<'a>,
}

pub(super) fn validate(affinity: PodAffinity<'_>, path: &Path<'_>, context: &mut Context) {
    let list = path.field("requiredDuringSchedulingIgnoredDuringExecution");
    for (index, term) in affinity.required().each() {
        let path = list.index(index);
        validate_term(term.value, At::new(&path, &term), context);
    }
    let list = path.field("preferredDuringSchedulingIgnoredDuringExecution");
    for (index, wish) in affinity.preferred().each() {
        let path = list.index(index);
        validate_weight(wish.value.weight(), At::new(&path, &wish), context);
        let term = wish.value.pod_affinity_term();
        let path = path.field("podAffinityTerm");
        let key = term.map_or(wish.key, |term| term.key);
        let term = term.map_or_else(PodAffinityTerm::absent, |term| term.value);
        validate_term(term, At { path: &path, key }, context);
    }
}

fn validate_term(term: PodAffinityTerm<'_>, at: At<'_>, context: &mut Context) {
    for (name, labels) in [("labelSelector", term.label_selector()), ("namespaceSelector", term.namespace_selector())] {
        if let Some(labels) = labels {
            selector::validate_label_selector(labels.value, &at.path.field(name), context);
        }
    }
    // The server's own path: one namespace, no place in the list.
    let path = at.path.field("namespace");
    for (_, namespace) in term.namespaces().each() {
        flaws(dns_label(namespace.value), namespace, &path, context);
    }
    if context.enables(Gate::MatchLabelKeysInPodAffinity) {
        let keys = LabelKeys { matching: term.match_label_keys(), mismatching: term.mismatch_label_keys() };
        validate_label_keys(keys, term.label_selector(), at.path, context);
    }
    required(term.topology_key(), "topologyKey", at, context);
    label_name(term.topology_key(), "topologyKey", at, context);
}

/// Checks keys, beside the `labelSelector` that they narrow.
pub(in crate::k8s::validation) fn validate_label_keys(
    LabelKeys { matching, mismatching }: LabelKeys<'_>,
    labels: Option<Field<'_, LabelSelector<'_>>>,
    path: &Path<'_>,
    context: &mut Context,
) {
    for (name, keys) in [("matchLabelKeys", matching), ("mismatchLabelKeys", mismatching)] {
        validate_keys(keys, labels.is_some(), &path.field(name), context);
    }
    let Some(matching) = matching else { return };
    if let Some(labels) = labels {
        refuse_selected_twice(matching.value, labels.value, path, context);
    }
    let mut other = Names::default();
    for (_, key) in mismatching.each() {
        other.insert(key.value);
    }
    let path = path.field("matchLabelKeys");
    for (index, key) in matching.value.iter().filter(|(_, key)| other.contains(key.value)) {
        let message = format_args!("{} must match and must not match", quote(key.value));
        context.report(Reason::Invalid, &path.index(index), key.span, message).about(Topic::Contradiction);
    }
}

fn validate_keys(keys: Keys<'_>, has_selector: bool, path: &Path<'_>, context: &mut Context) {
    let Some(keys) = keys.filter(|keys| !keys.value.is_empty()) else { return };
    if !has_selector {
        let message = "keys narrow a `labelSelector`, and there is none";
        // Without the keys nothing is selected at all.
        context
            .report(Reason::Forbidden, path, keys.key, message)
            .about(Topic::Contradiction)
            .help("add the `labelSelector`")
            .keep();
        return;
    }
    for (index, key) in keys.value.iter() {
        let found = crate::k8s::format::label_key(key.value);
        object_meta::report_flaws(found, key.value, &path.index(index), key.span, context);
    }
}

/// The server adds the keys to the selector itself, so that a single expression about one is its own.
fn refuse_selected_twice(keys: List<'_, &str>, labels: LabelSelector<'_>, path: &Path<'_>, context: &mut Context) {
    if keys.is_empty() || labels.match_expressions().is_none() {
        return;
    }
    let places: HashMap<&str, usize> = keys.iter().map(|(index, key)| (key.value, index)).collect();
    let mut selected = Names::default();
    for (key, _) in labels.match_labels().each() {
        selected.insert(key);
    }
    for (_, expression) in labels.match_expressions().each() {
        let key = text_of(expression.value.key());
        let new = selected.insert(key);
        if let Some(index) = places.get(key).filter(|_| !new) {
            let message = format_args!("{} is in `matchLabelKeys` and in the selector", quote(key));
            context
                .report(Reason::Invalid, &path.index(*index), expression.key, message)
                .about(Topic::Contradiction)
                .once_for(key);
        }
    }
}
