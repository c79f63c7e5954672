//! Labels of nodes that have another name now, and selectors that match nothing.
//!
//! pkg/api/pod/warnings.go, warningsForPodSpecAndMeta, warningsForPodAffinityTerms,
//! warningsForWeightedPodAffinityTerms; pkg/api/node/util.go, GetNodeLabelDeprecatedMessage,
//! GetWarningsForNodeSelectorTerm, as of v1.37.

use super::super::Context;
use crate::k8s::format;
use crate::k8s::objects::{Each, Field, LabelSelector, List, NodeSelectorTerm, PodAffinity, PodSpec};
use crate::k8s::{Path, Topic};
use crate::text::Span;

/// Deprecated labels, and what took their place.
const DEPRECATED: [(&str, &str); 8] = [
    ("app.kubernetes.io/created-by", ""),
    ("beta.kubernetes.io/arch", "kubernetes.io/arch"),
    ("beta.kubernetes.io/instance-type", "node.kubernetes.io/instance-type"),
    ("beta.kubernetes.io/os", "kubernetes.io/os"),
    ("failure-domain.beta.kubernetes.io/region", "topology.kubernetes.io/region"),
    ("failure-domain.beta.kubernetes.io/zone", "topology.kubernetes.io/zone"),
    ("node-role.kubernetes.io/master", "node-role.kubernetes.io/control-plane"),
    ("scheduler.alpha.kubernetes.io/preferAvoidPods", ""),
];

pub(super) fn warn(spec: PodSpec<'_>, path: &Path<'_>, context: &mut Context) {
    if let Some(selector) = spec.node_selector() {
        let path = path.field("nodeSelector");
        for (key, value) in selector.value.iter() {
            deprecated(key, value.key, &path.key(key), context);
        }
    }
    if let Some(affinity) = spec.affinity().map(|affinity| affinity.value) {
        let path = path.field("affinity");
        if let Some(nodes) = affinity.node_affinity() {
            let path = path.field("nodeAffinity");
            let required = path.field("requiredDuringSchedulingIgnoredDuringExecution");
            let terms = nodes.value.required().and_then(|required| required.value.node_selector_terms());
            for (index, term) in terms.each() {
                node_term(term.value, &required.field("nodeSelectorTerms").index(index), context);
            }
            let preferred = path.field("preferredDuringSchedulingIgnoredDuringExecution");
            for (index, term) in nodes.value.preferred().each() {
                let path = preferred.index(index);
                let Some(term) = term.value.preference() else { continue };
                node_term(term.value, &path.field("preference"), context);
                node_values(term.value, &path.field("preference"), context);
            }
        }
        for (name, pods) in
            [("podAffinity", affinity.pod_affinity()), ("podAntiAffinity", affinity.pod_anti_affinity())]
        {
            if let Some(pods) = pods {
                pod_terms(pods.value, &path.field(name), context);
            }
        }
    }
    spread_constraints(spec, &path.field("topologySpreadConstraints"), context);
}

fn deprecated(key: &str, span: Span, path: &Path<'_>, context: &mut Context) {
    let Ok(found) = DEPRECATED.binary_search_by_key(&key, |(old, _)| old) else { return };
    let problem = context.warn(path, span, format_args!("the label `{key}` is deprecated")).about(Topic::Deprecated);
    match DEPRECATED[found].1 {
        "" => {}
        new => {
            problem.help(format_args!("use `{new}`"));
        }
    }
}

fn node_term(term: NodeSelectorTerm<'_>, path: &Path<'_>, context: &mut Context) {
    let path = path.field("matchExpressions");
    for (index, expression) in term.match_expressions().each() {
        if let Some(key) = expression.value.key() {
            deprecated(key.value, key.span, &path.index(index).field("key"), context);
        }
    }
}

/// Values that no label has: required terms are refused for them, preferred ones just never fit. 1.32
/// and older say nothing of them.
fn node_values(term: NodeSelectorTerm<'_>, path: &Path<'_>, context: &mut Context) {
    if !context.since(33) {
        return;
    }
    let path = path.field("matchExpressions");
    for (index, expression) in term.match_expressions().each() {
        let path = path.index(index);
        let path = path.field("values");
        for (index, value) in expression.value.values().each() {
            for flaw in format::label_value(value.value) {
                context.warn(&path.index(index), value.span, flaw.describe(value.value));
            }
        }
    }
}

fn pod_terms(pods: PodAffinity<'_>, path: &Path<'_>, context: &mut Context) {
    let required = path.field("requiredDuringSchedulingIgnoredDuringExecution");
    for (index, term) in pods.required().each() {
        let path = required.index(index);
        null_selector(term.value.label_selector(), term.start(), &path.field("labelSelector"), context);
    }
    let preferred = path.field("preferredDuringSchedulingIgnoredDuringExecution");
    for (index, term) in pods.preferred().each() {
        let (path, inner) = (preferred.index(index), term.value.pod_affinity_term());
        let path = path.field("podAffinityTerm");
        let span = inner.map_or(term.start(), |inner| inner.key);
        let selector = inner.and_then(|inner| inner.value.label_selector());
        null_selector(selector, span, &path.field("labelSelector"), context);
    }
}

/// 1.26 and older say nothing of it.
fn null_selector(selector: Option<Field<'_, LabelSelector<'_>>>, span: Span, path: &Path<'_>, context: &mut Context) {
    if selector.is_none() && context.since(27) {
        context
            .warn(path, span, "without `labelSelector` this matches no pod")
            .help("write `labelSelector: {}` for all pods");
    }
}

fn spread_constraints(spec: PodSpec<'_>, path: &Path<'_>, context: &mut Context) {
    let constraints = spec.topology_spread_constraints().map(|constraints| constraints.value);
    for (index, constraint) in constraints.into_iter().flat_map(List::iter) {
        let path = path.index(index);
        if let Some(key) = constraint.value.topology_key() {
            deprecated(key.value, key.span, &path.field("topologyKey"), context);
        }
        null_selector(constraint.value.label_selector(), constraint.start(), &path.field("labelSelector"), context);
    }
}

#[cfg(test)]
mod tests {
    use super::DEPRECATED;

    #[test]
    fn deprecated_labels_are_sorted() {
        assert!(DEPRECATED.is_sorted());
    }
}
