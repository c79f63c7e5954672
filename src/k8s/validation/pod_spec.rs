//! The spec of a pod: every part of it in the server's order.
//!
//! pkg/apis/core/validation/validation.go, ValidatePodSpec, validateRestartPolicy, ValidatePreemptionPolicy,
//! validateReadinessGates, validateSchedulingGates, ValidateRuntimeClassName, as of v1.37.

use super::checks::{At, flaws, in_range, not_empty, one_of, place_of};
use super::pod::Pod;
use super::{
    Context, affinity, containers, dns, host, job_restart_policy, object_meta, operating_system, ports, report,
    resource_claims, resources, security_context, tolerations, topology_spread, volumes,
};
use crate::k8s::format::{dns_subdomain, label_key, quote};
use crate::k8s::objects::{Each, PodSpec, RestartPolicy, bits};
use crate::k8s::schema::Gate;
use crate::k8s::validation::names::Names;
use crate::k8s::{Path, Reason, Topic};
use crate::text::Span;

/// Checks a pod's spec; `owner` is the key that stands for it where something is absent.
pub(super) fn validate_pod_spec(pod: &mut Pod<'_>, path: &Path<'_>, owner: Span, context: &mut Context) {
    volumes::validate(pod, &path.field("volumes"), context);
    resource_claims::validate(pod, &path.field("resourceClaims"), context);
    let pod = &*pod;
    containers::validate_containers(pod, path, owner, context);
    validate_own_fields(pod, path, owner, context);
    host::validate_variable_files(pod, path, context);
}

fn validate_restart_policy(spec: PodSpec<'_>, path: &Path<'_>, context: &mut Context) {
    if let Some(policy) = spec.restart_policy()
        && let RestartPolicy::Other(text) = policy.value
        && !text.is_empty()
    {
        let policy = policy.map(|_| text);
        // The Job has its own cause for it, which says the same.
        let (path, allowed) = (path.field("restartPolicy"), job_restart_policy::ALLOWED);
        report::not_one_of(Reason::NotSupported, &path, Some(policy), place_of(&policy), allowed, context)
            .about(Topic::RestartPolicy)
            .in_own_words();
    }
}

/// The pod without its volumes, claims and containers.
fn validate_own_fields(pod: &Pod<'_>, path: &Path<'_>, owner: Span, context: &mut Context) {
    let spec = pod.spec;
    if let Some(requirements) = spec.resources().filter(|_| context.enables(Gate::PodLevelResources)) {
        let path = path.field("resources");
        resources::pod_level::validate(&requirements, pod, At::new(&path, &requirements), context);
    }
    ports::match_host_network(pod, path, context);
    validate_restart_policy(spec, path, context);
    dns::validate(spec, path, owner, context);
    if let Some(labels) = spec.node_selector() {
        object_meta::validate_labels(labels.value, &path.field("nodeSelector"), context);
    }
    validate_security(pod, path, owner, context);
    validate_scheduling(spec, path, context);
    operating_system::validate_host_process(pod, path, owner, context);
    host::validate_host_users(pod, path, context);
    host::validate_hostnames(pod, path, context);
    validate_names(spec, path, context);
    if let Some(deadline) = spec.active_deadline_seconds() {
        in_range(deadline, 1..=i64::from(i32::MAX), &path.field("activeDeadlineSeconds"), context);
    }
    host::validate_aliases(spec, path, context);
    if let Some(policy) = not_empty_or_report(spec, path, context) {
        one_of(policy, &["PreemptLowerPriority", "Never"], &path.field("preemptionPolicy"), context);
    }
    if let Some(overhead) = spec.overhead() {
        let path = path.field("overhead");
        resources::validate_overhead(Some(overhead), At::new(&path, &overhead), context);
    }
    operating_system::validate(pod, path, context);
}

fn not_empty_or_report<'a>(
    spec: PodSpec<'a>,
    path: &Path<'_>,
    context: &mut Context,
) -> Option<super::checks::Text<'a>> {
    let policy = spec.preemption_policy()?;
    if policy.value.is_empty() {
        let message = "`preemptionPolicy` is empty, and may not be";
        context.report(Reason::Required, &path.field("preemptionPolicy"), policy.span, message);
        return None;
    }
    Some(policy)
}

fn validate_security(pod: &Pod<'_>, path: &Path<'_>, owner: Span, context: &mut Context) {
    let security = pod.spec.security_context();
    let path = path.field("securityContext");
    let at = At { path: &path, key: security.map_or(owner, |security| security.key) };
    security_context::pod_level::validate(security.map(|security| security.value), pod.spec, at, context);
}

fn validate_scheduling(spec: PodSpec<'_>, path: &Path<'_>, context: &mut Context) {
    if let Some(affinity) = spec.affinity() {
        affinity::validate(affinity.value, &path.field("affinity"), context);
    }
    let list = path.field("readinessGates");
    for (index, gate) in spec.readiness_gates().each() {
        let path = list.index(index);
        super::checks::label_name(gate.value.condition_type(), "conditionType", At::new(&path, &gate), context);
    }
    validate_gates(spec, &path.field("schedulingGates"), context);
    if let Some(constraints) = spec.topology_spread_constraints() {
        topology_spread::validate(constraints.value, &path.field("topologySpreadConstraints"), context);
    }
    if let Some(list) = spec.tolerations() {
        tolerations::validate(list.value, &path.field("tolerations"), context);
    }
}

fn validate_gates(spec: PodSpec<'_>, path: &Path<'_>, context: &mut Context) {
    if !context.enables(Gate::PodSchedulingReadiness) {
        return;
    }
    let mut seen = Names::default();
    for (index, gate) in spec.scheduling_gates().each() {
        let path = path.index(index);
        let name = gate.value.name();
        let (text, span) = name.map_or(("", gate.key), |name| (name.value, super::checks::place_of(&name)));
        object_meta::report_flaws(label_key(text), text, &path, span, context);
        if !seen.insert(text) {
            let message = format_args!("there is a gate {} already", quote(text));
            context.report(Reason::Duplicate, &path, span, message);
        }
    }
}

/// Names of other objects.
fn validate_names(spec: PodSpec<'_>, path: &Path<'_>, context: &mut Context) {
    const NAMES: u64 =
        bits(&["nodeName", "priorityClassName", "runtimeClassName", "serviceAccount", "serviceAccountName"]);
    if !spec.has_any(NAMES) {
        return;
    }
    // The old name counts where the new one is not set.
    let account = not_empty(spec.service_account_name()).or(not_empty(spec.service_account()));
    let names = [
        ("serviceAccountName", account),
        ("nodeName", not_empty(spec.node_name())),
        ("priorityClassName", not_empty(spec.priority_class_name())),
        ("runtimeClassName", spec.runtime_class_name()),
    ];
    for (name, text) in names {
        if let Some(text) = text {
            flaws(dns_subdomain(text.value), text, &path.field(name), context);
        }
    }
}
