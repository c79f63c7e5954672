//! Which node a pod goes to.

use super::LabelSelector;
use super::collection::List;
use super::object::objects;

objects! {
    /// Which nodes a pod goes to.
    Affinity {
        node_affinity: NodeAffinity<'a> = "nodeAffinity",
        pod_affinity: PodAffinity<'a> = "podAffinity",
        pod_anti_affinity: PodAffinity<'a> = "podAntiAffinity",
    }

    /// Which nodes a pod goes to, by their labels.
    NodeAffinity {
        required: NodeSelector<'a> = "requiredDuringSchedulingIgnoredDuringExecution",
        preferred: List<'a, PreferredSchedulingTerm<'a>> = "preferredDuringSchedulingIgnoredDuringExecution",
    }

    /// Nodes that meet one of the terms.
    NodeSelector {
        node_selector_terms: List<'a, NodeSelectorTerm<'a>> = "nodeSelectorTerms",
    }

    /// Conditions that a node must meet all.
    NodeSelectorTerm {
        match_expressions: List<'a, NodeSelectorRequirement<'a>> = "matchExpressions",
        match_fields: List<'a, NodeSelectorRequirement<'a>> = "matchFields",
    }

    /// A condition on one label or field of a node.
    NodeSelectorRequirement {
        key: &'a str = "key",
        operator: &'a str = "operator",
        values: List<'a, &'a str> = "values",
    }

    /// A wish for nodes.
    PreferredSchedulingTerm {
        weight: i32 = "weight",
        preference: NodeSelectorTerm<'a> = "preference",
    }

    /// Which pods a pod goes to, or keeps away from.
    PodAffinity {
        required: List<'a, PodAffinityTerm<'a>> = "requiredDuringSchedulingIgnoredDuringExecution",
        preferred: List<'a, WeightedPodAffinityTerm<'a>> = "preferredDuringSchedulingIgnoredDuringExecution",
    }

    /// Pods, and what counts as the same place.
    PodAffinityTerm {
        label_selector: LabelSelector<'a> = "labelSelector",
        namespace_selector: LabelSelector<'a> = "namespaceSelector",
        namespaces: List<'a, &'a str> = "namespaces",
        topology_key: &'a str = "topologyKey",
        match_label_keys: List<'a, &'a str> = "matchLabelKeys",
        mismatch_label_keys: List<'a, &'a str> = "mismatchLabelKeys",
    }

    /// A wish for pods.
    WeightedPodAffinityTerm {
        weight: i32 = "weight",
        pod_affinity_term: PodAffinityTerm<'a> = "podAffinityTerm",
    }

    /// A taint that a pod tolerates.
    Toleration {
        key: &'a str = "key",
        operator: &'a str = "operator",
        value: &'a str = "value",
        effect: &'a str = "effect",
        toleration_seconds: i64 = "tolerationSeconds",
    }

    /// How evenly pods are spread.
    TopologySpreadConstraint {
        max_skew: i32 = "maxSkew",
        topology_key: &'a str = "topologyKey",
        when_unsatisfiable: &'a str = "whenUnsatisfiable",
        label_selector: LabelSelector<'a> = "labelSelector",
        min_domains: i32 = "minDomains",
        node_affinity_policy: &'a str = "nodeAffinityPolicy",
        node_taints_policy: &'a str = "nodeTaintsPolicy",
        match_label_keys: List<'a, &'a str> = "matchLabelKeys",
    }
}
