//! The containers of a pod, one list after the other, and what each list asks of its own.

mod ephemeral;
mod init;
mod regular;

use super::Context;
use super::pod::Pod;
use crate::k8s::Path;
use crate::k8s::objects::{Container, Field, List, PodSpec};
use crate::text::Span;

/// Every container with its list's name and its place there, in the order in which Kubernetes visits them.
pub(super) fn every_container(spec: PodSpec<'_>) -> Vec<(&'static str, usize, Field<'_, Container<'_>>)> {
    let lists = [
        ("initContainers", spec.init_containers()),
        ("containers", spec.containers()),
        ("ephemeralContainers", spec.ephemeral_containers()),
    ];
    let mut every = Vec::new();
    for (name, list) in lists.into_iter().filter_map(|(name, list)| Some((name, list?.value))) {
        every.extend(list.iter().map(|(index, container)| (name, index, container)));
    }
    every
}

fn items<'a>(
    list: Option<Field<'a, List<'a, Container<'a>>>>,
) -> impl Iterator<Item = (usize, Field<'a, Container<'a>>)> {
    list.into_iter().flat_map(|list| list.value.iter())
}

/// Checks the three lists; `owner` stands for a pod without containers.
pub(super) fn validate_containers(pod: &Pod<'_>, path: &Path<'_>, owner: Span, context: &mut Context) {
    regular::validate(pod, path, owner, context);
    init::validate(pod, &path.field("initContainers"), context);
    ephemeral::validate(pod, &path.field("ephemeralContainers"), context);
}
