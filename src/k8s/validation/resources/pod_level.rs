//! Resources of a whole pod, and whether its containers keep within them.
//!
//! pkg/apis/core/validation/validation.go, validatePodResources, validatePodResourceRequirements,
//! validatePodResourceConsistency, as of v1.37.

use std::collections::BTreeMap;

use super::{Quantities, names};
use crate::k8s::format::quote;
use crate::k8s::objects::{Container, Each, Field, ResourceRequirements};
use crate::k8s::validation::Context;
use crate::k8s::validation::checks::{At, place_of};
use crate::k8s::validation::pod::{Pod, is_sidecar};
use crate::k8s::{Reason, Topic};

/// Amounts in thousandths, by resource.
type Sums<'a> = BTreeMap<&'a str, i128>;

pub(in crate::k8s::validation) fn validate(
    resources: &Field<'_, ResourceRequirements<'_>>,
    pod: &Pod<'_>,
    at: At<'_>,
    context: &mut Context,
) {
    if pod.os() == Some("windows") {
        context
            .report(Reason::Forbidden, at.path, resources.key, "a Windows pod has no resources of its own")
            .about(Topic::OperatingSystem);
        return;
    }
    let requirements = resources.value;
    if let Some(claims) = requirements.claims() {
        let message = "claims are of containers, not of the whole pod";
        context.report(Reason::Forbidden, &at.path.field("claims"), claims.key, message).about(Topic::Resources);
    }
    super::validate(requirements, names::of_pod, at, context);
    super::claims::validate(requirements, &pod.claims, &at.path.field("claims"), context);
    requests_cover_containers(requirements, pod, at, context);
    limits_cover_huge_pages(requirements, pod, at, context);
    limits_cover_each_container(requirements, pod, at, context);
}

fn requests_cover_containers(requirements: ResourceRequirements<'_>, pod: &Pod<'_>, at: At<'_>, context: &mut Context) {
    let Some(requests) = requirements.requests() else { return };
    let path = at.path.field("requests");
    for (resource, sum) in sums(pod, |resources| resources.requests(), context) {
        let Some(request) = requests.value.get(resource) else { continue };
        if sum > request.value.clone().round_up_to_milli().saturating_milli() {
            let shown = request.value.canonical();
            let message =
                format!("the pod's request of {} is {shown}, less than its containers' together", quote(resource));
            context.report(Reason::Invalid, &path.key(resource), place_of(&request), message).about(Topic::Resources);
        }
    }
}

fn limits_cover_huge_pages(requirements: ResourceRequirements<'_>, pod: &Pod<'_>, at: At<'_>, context: &mut Context) {
    let Some(limits) = requirements.limits() else { return };
    let path = at.path.field("limits");
    for (resource, sum) in sums(pod, |resources| resources.limits(), context) {
        let Some(limit) = limits.value.get(resource).filter(|_| names::huge_page_size(resource).is_some()) else {
            continue;
        };
        if sum > limit.value.clone().round_up_to_milli().saturating_milli() {
            let shown = limit.value.canonical();
            let message =
                format!("the pod's limit of {} is {shown}, less than its containers' together", quote(resource));
            context.report(Reason::Invalid, &path.key(resource), place_of(&limit), message).about(Topic::Resources);
        }
    }
}

/// The server's path for this is one of its own making.
fn limits_cover_each_container(
    requirements: ResourceRequirements<'_>,
    pod: &Pod<'_>,
    at: At<'_>,
    context: &mut Context,
) {
    let Some(limits) = requirements.limits() else { return };
    let path = at.path.field("containers");
    for (index, container) in pod.containers_of("containers") {
        let own = container.value.resources().and_then(|resources| resources.value.limits());
        let path = path.index(index);
        for (resource, limit) in own.each() {
            let Some(most) = limits.value.get(resource) else { continue };
            if limit.value.clone().round_up_to_milli() > most.value.clone().round_up_to_milli() {
                let (shown, most_shown) = (limit.value.canonical(), most.value.canonical());
                let message =
                    format!("the limit of {} is {shown}, above the whole pod's, {most_shown}", quote(resource));
                let path = path.key(resource);
                let problem = context
                    .report(Reason::Invalid, &path.field("limits"), place_of(&limit), message)
                    .about(Topic::Resources);
                problem.label(most.span, "the pod's limit");
            }
        }
    }
}

/// What the containers take together at their most: sidecars count from their start, init containers one by one.
fn sums<'a>(pod: &Pod<'a>, of: impl Fn(ResourceRequirements<'a>) -> Quantities<'a>, context: &Context) -> Sums<'a> {
    let own = |container: Container<'a>| {
        let quantities = container.resources().and_then(|resources| of(resources.value));
        quantities.each()
    };
    let add = |sums: &mut Sums<'a>, container: Container<'a>| {
        for (resource, quantity) in own(container) {
            let sum = sums.entry(resource).or_insert(0);
            *sum = sum.saturating_add(quantity.value.round_up_to_milli().saturating_milli());
        }
    };
    let mut sums = Sums::new();
    for (_, container) in pod.containers_of("containers") {
        add(&mut sums, container.value);
    }
    let (mut sidecars, mut peak) = (Sums::new(), Sums::new());
    for container in pod.containers_of("initContainers").map(|(_, container)| container.value) {
        let mut now = sidecars.clone();
        add(&mut now, container);
        if is_sidecar(container, context) {
            add(&mut sums, container);
            sidecars.clone_from(&now);
        }
        raise(&mut peak, &now);
    }
    raise(&mut sums, &peak);
    sums
}

fn raise<'a>(sums: &mut Sums<'a>, others: &Sums<'a>) {
    for (resource, other) in others {
        let sum = sums.entry(resource).or_insert(*other);
        *sum = (*sum).max(*other);
    }
}
