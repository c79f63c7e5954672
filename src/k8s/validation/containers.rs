//! The containers of a pod, one list after the other, and what each list asks of its own.
//!
//! pkg/apis/core/validation/validation.go, validateContainers, validateInitContainers, validateEphemeralContainers, as
//! of v1.37.

mod ephemeral;
mod init;
mod regular;

use super::Context;
use super::pod::Pod;
use crate::k8s::Path;
use crate::k8s::objects::{Container, Each, Field, PodSpec};
use crate::text::Span;

/// Every container with its list's name and its place there, in the order in which Kubernetes visits them.
pub(super) fn every_container(spec: PodSpec<'_>) -> Vec<(&'static str, usize, Field<'_, Container<'_>>)> {
    let lists = [
        ("initContainers", spec.init_containers()),
        ("containers", spec.containers()),
        ("ephemeralContainers", spec.ephemeral_containers()),
    ];
    let mut every = Vec::with_capacity(lists.iter().map(|(_, list)| list.map_or(0, |list| list.value.len())).sum());
    for (name, list) in lists {
        for (index, container) in list.each() {
            every.push((name, index, container));
        }
    }
    every
}

/// Checks the three lists; `owner` stands for a pod without containers.
pub(super) fn validate_containers(pod: &Pod<'_>, path: &Path<'_>, owner: Span, context: &mut Context) {
    regular::validate(pod, path, owner, context);
    init::validate(pod, &path.field("initContainers"), context);
    ephemeral::validate(pod, &path.field("ephemeralContainers"), context);
}
