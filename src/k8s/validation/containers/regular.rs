//! The containers that a pod is there for.
//!
//! pkg/apis/core/validation/validation.go, validateContainers, as of v1.37.

use crate::k8s::validation::checks::{At, text_of};
use crate::k8s::validation::container::{self, restart_policy};
use crate::k8s::validation::names::Names;
use crate::k8s::validation::pod::Pod;
use crate::k8s::validation::{Context, ports, probe};
use crate::k8s::{Path, Reason};
use crate::text::Span;

const LIST: &str = "containers";

pub(super) fn validate(pod: &Pod<'_>, spec_path: &Path<'_>, owner: Span, context: &mut Context) {
    let (list, path) = (pod.spec.containers(), spec_path.field(LIST));
    if list.is_none_or(|list| list.value.is_empty()) {
        let span = list.map_or(owner, |list| list.key);
        context
            .report(Reason::Required, &path, span, "a pod needs at least one container")
            .help("list it under `containers`, with a `name` and an `image`");
        return;
    }
    let mut names = Names::default();
    for (index, item) in pod.containers_of(LIST) {
        let path = path.index(index);
        let (at, container) = (At::new(&path, &item), item.value);
        container::validate(container, pod, at, context);
        if pod.containers.len() > 1 {
            container::unique_name(container, &mut names, at, context);
        }
        ports::validate(container, pod.defaulted.fills_host_ports, &path.field("ports"), context);
        if let Some(lifecycle) = container::lifecycle(container) {
            let path = path.field("lifecycle");
            probe::lifecycle::validate(lifecycle.value, pod, At::new(&path, &lifecycle), context);
        }
        probe::validate_probes(container, at, context);
        restart_policy::validate_regular(container, at, context);
    }
    let every_port = pod.containers_of(LIST).map(|(index, item)| (index, item.value));
    ports::unique_host_ports(every_port, pod, &path, context);
}

/// The names of all regular containers.
pub(super) fn names<'a>(pod: &Pod<'a>) -> Names<'a> {
    let mut names = Names::default();
    for (_, item) in pod.containers_of(LIST) {
        names.insert(text_of(item.value.name()));
    }
    names
}
