//! Ephemeral containers, which are there to look into a running pod.
//!
//! pkg/apis/core/validation/validation.go, validateEphemeralContainers, validateContainerOnlyForPod,
//! validateFieldAllowList, as of v1.37.

use super::regular;
use crate::k8s::format::quote;
use crate::k8s::objects::{Container, VolumeMount};
use crate::k8s::schema::Gate;
use crate::k8s::validation::checks::{At, not_empty, place_of, text_of};
use crate::k8s::validation::pod::Pod;
use crate::k8s::validation::{Context, container, ports};
use crate::k8s::{Path, Reason, Topic};
use crate::text::Span;

const LIST: &str = "ephemeralContainers";

/// A template may not have them at all, and the server looks at each all the same.
pub(super) fn validate(pod: &Pod<'_>, path: &Path<'_>, context: &mut Context) {
    if pod.containers_of(LIST).next().is_none() {
        return;
    }
    let mut others = regular::names(pod);
    let mut names = regular::names(pod);
    for (_, item) in pod.containers_of("initContainers") {
        others.insert(text_of(item.value.name()));
        names.insert(text_of(item.value.name()));
    }
    for (index, item) in pod.containers_of(LIST) {
        let path = path.index(index);
        let (at, container) = (At::new(&path, &item), item.value);
        container::validate(container, pod, at, context);
        ports::validate(container, false, &path.field("ports"), context);
        if let Some(image) = container.image().filter(|image| image.value.trim() != image.value) {
            let message = format_args!("{} has spaces around it", quote(image.value));
            context.report(Reason::Invalid, &path.field("image"), place_of(&image), message);
        }
        container::unique_name(container, &mut names, at, context);
        if let Some(target) = not_empty(container.target_container_name())
            && !others.contains(target.value)
        {
            let message = format_args!("the pod has no container {}", quote(target.value));
            context.report(Reason::NotFound, &path.field("targetContainerName"), place_of(&target), message);
        }
        forbid_fields(container, at, context);
        forbid_sub_paths(pod, container, at, context);
    }
}

fn forbid_fields(container: Container<'_>, at: At<'_>, context: &mut Context) {
    let resources = container.resources().filter(|resources| {
        let set = resources.value;
        let claims = set.claims().filter(|_| context.enables(Gate::DynamicResourceAllocation));
        set.limits().is_some() || set.requests().is_some() || claims.is_some()
    });
    let resize = container.resize_policy().filter(|_| context.enables(Gate::InPlacePodVerticalScaling));
    // Since 1.34, which came with the gate, both fields are dropped while it is off.
    let rules_are_known = !context.since(34) || context.enables(Gate::ContainerRestartRules);
    let present: [(&str, Option<Span>); 9] = [
        ("ports", container.ports().map(|field| field.key)),
        ("resources", resources.map(|field| field.key)),
        ("resizePolicy", resize.map(|field| field.key)),
        ("restartPolicy", container.restart_policy().filter(|_| rules_are_known).map(|field| field.key)),
        ("restartPolicyRules", container.restart_policy_rules().filter(|_| rules_are_known).map(|field| field.key)),
        ("livenessProbe", container.liveness_probe().map(|field| field.key)),
        ("readinessProbe", container.readiness_probe().map(|field| field.key)),
        ("startupProbe", container.startup_probe().map(|field| field.key)),
        ("lifecycle", container::lifecycle(container).map(|field| field.key)),
    ];
    for (name, key) in present {
        if let Some(key) = key {
            let message = format_args!("an ephemeral container has no `{name}`");
            context.report(Reason::Forbidden, &at.path.field(name), key, message).about(Topic::ContainerField);
        }
    }
}

fn forbid_sub_paths(pod: &Pod<'_>, container: Container<'_>, at: At<'_>, context: &mut Context) {
    let path = at.path.field("volumeMounts");
    for (index, mount) in pod.mounts(container) {
        let (path, mount): (_, VolumeMount<'_>) = (path.index(index), mount.value);
        for (name, sub_path) in [("subPath", mount.sub_path()), ("subPathExpr", mount.sub_path_expr())] {
            if let Some(sub_path) = not_empty(sub_path) {
                let message = format_args!("an ephemeral container's mounts have no `{name}`");
                context
                    .report(Reason::Forbidden, &path.field(name), sub_path.key, message)
                    .about(Topic::ContainerField);
            }
        }
    }
}
