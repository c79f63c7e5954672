//! Init containers and sidecars.
//!
//! pkg/apis/core/validation/validation.go, validateInitContainers, as of v1.37.

use super::regular;
use crate::k8s::objects::Container;
use crate::k8s::schema::Gate;
use crate::k8s::validation::checks::{At, place_of, text_of};
use crate::k8s::validation::container::{self, restart_policy};
use crate::k8s::validation::pod::{Pod, is_sidecar};
use crate::k8s::validation::{Context, ports, probe};
use crate::k8s::{Path, Reason, Topic};

const LIST: &str = "initContainers";

pub(super) fn validate(pod: &Pod<'_>, path: &Path<'_>, context: &mut Context) {
    if pod.containers_of(LIST).next().is_none() {
        return;
    }
    let mut names = regular::names(pod);
    for (index, item) in pod.containers_of(LIST) {
        let path_of_item = path.index(index);
        let (at, container) = (At::new(&path_of_item, &item), item.value);
        container::validate(container, pod, at, context);
        ports::validate(container, pod.defaulted.fills_host_ports, &path_of_item.field("ports"), context);
        restart_policy::validate_init(container, at, context);
        if !text_of(container.name()).is_empty() {
            container::unique_name(container, &mut names, at, context);
        } else if names.contains("") {
            container::repeated_name(container, at, context);
        }
        // They run one by one, so each has its ports to itself; the server names the first one whichever it is.
        ports::unique_host_ports([(0, container)].into_iter(), pod, path, context);
        if is_sidecar(container, context) {
            validate_sidecar(container, pod, at, context);
        } else {
            forbid_running_checks(container, at, context);
            forbid_restarting_resizes(container, at, context);
        }
    }
}

fn validate_sidecar(container: Container<'_>, pod: &Pod<'_>, at: At<'_>, context: &mut Context) {
    if let Some(lifecycle) = container::lifecycle(container) {
        let path = at.path.field("lifecycle");
        probe::lifecycle::validate(lifecycle.value, pod, At::new(&path, &lifecycle), context);
    }
    probe::validate_probes(container, at, context);
}

fn forbid_running_checks(container: Container<'_>, at: At<'_>, context: &mut Context) {
    let present = [
        ("lifecycle", container::lifecycle(container).map(|field| field.key)),
        ("livenessProbe", container.liveness_probe().map(|field| field.key)),
        ("readinessProbe", container.readiness_probe().map(|field| field.key)),
        ("startupProbe", container.startup_probe().map(|field| field.key)),
    ];
    for (name, key) in present {
        if let Some(key) = key {
            let message = format_args!("an init container runs to its end and has no `{name}`");
            let problem =
                context.report(Reason::Forbidden, &at.path.field(name), key, message).about(Topic::ContainerField);
            problem.help("with `restartPolicy: Always` it is a sidecar, which has one");
        }
    }
}

/// Sidecars only can be restarted for a resize. 1.35 and older did not look at it.
fn forbid_restarting_resizes(container: Container<'_>, at: At<'_>, context: &mut Context) {
    if !context.enables(Gate::InPlacePodVerticalScaling) || !context.since(36) {
        return;
    }
    let Some(policies) = container.resize_policy() else { return };
    let path = at.path.field("resizePolicy");
    for (index, policy) in policies.value.iter() {
        let Some(restart) = policy.value.restart_policy().filter(|restart| restart.value == "RestartContainer") else {
            continue;
        };
        let path = path.index(index);
        let message = "only a sidecar's resize may restart it: an init container takes `NotRequired`";
        context
            .report(Reason::Invalid, &path.field("restartPolicy"), place_of(&restart), message)
            .about(Topic::Contradiction);
    }
}
