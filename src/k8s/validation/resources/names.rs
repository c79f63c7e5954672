//! What resources are called, and what follows from their names.
//!
//! pkg/apis/core/validation/validation.go, validateResourceName, ValidateContainerResourceName,
//! validatePodResourceName; pkg/apis/core/helper/helpers.go, IsNativeResource, IsExtendedResourceName,
//! IsOvercommitAllowed, IsStandardResourceName, IsIntegerResourceName, as of v1.37.

use crate::k8s::Path;
use crate::k8s::format::{label_key, quote};
use crate::k8s::schema::nearest;
use crate::k8s::validation::Context;
use crate::k8s::validation::checks::{Text, flaws, one_of};
use crate::k8s::{Reason, Topic};

const HUGE_PAGES: &str = "hugepages-";
const STANDARD: &[&str] = &[
    "cpu",
    "memory",
    "ephemeral-storage",
    "requests.cpu",
    "requests.memory",
    "requests.ephemeral-storage",
    "limits.cpu",
    "limits.memory",
    "limits.ephemeral-storage",
    "pods",
    "resourcequotas",
    "services",
    "replicationcontrollers",
    "secrets",
    "configmaps",
    "persistentvolumeclaims",
    "storage",
    "requests.storage",
    "services.nodeports",
    "services.loadbalancers",
];
const OF_CONTAINERS: [&str; 3] = ["cpu", "memory", "ephemeral-storage"];
const COUNTED: &[&str] = &[
    "pods",
    "resourcequotas",
    "services",
    "replicationcontrollers",
    "secrets",
    "configmaps",
    "persistentvolumeclaims",
    "services.nodeports",
    "services.loadbalancers",
];

/// The size of the pages that a resource is made of.
pub(super) fn huge_page_size(name: &str) -> Option<&str> {
    name.strip_prefix(HUGE_PAGES)
}

/// Names without a domain, and those of Kubernetes' own.
fn is_native(name: &str) -> bool {
    !name.contains('/') || name.contains("kubernetes.io/")
}

fn is_extended(name: &str) -> bool {
    !is_native(name) && !name.starts_with("requests.") && label_key(&format!("requests.{name}")).is_empty()
}

/// Whether requests may be below limits.
pub(super) fn may_be_overcommitted(name: &str) -> bool {
    is_native(name) && !name.starts_with(HUGE_PAGES)
}

/// Whether there are only whole units.
pub(in crate::k8s::validation) fn is_counted(name: &str) -> bool {
    COUNTED.contains(&name) || is_extended(name)
}

/// A name of any resource; tells whether it is one.
fn of_any(name: Text<'_>, path: &Path<'_>, context: &mut Context) -> bool {
    let text = name.value;
    let found = label_key(text);
    if !found.is_empty() {
        flaws(found, name, path, context);
        return false;
    }
    let standard = STANDARD.contains(&text) || text.starts_with(HUGE_PAGES) || text.starts_with("requests.hugepages-");
    if text.contains('/') || standard {
        return true;
    }
    let message =
        format_args!("Kubernetes has no resource {}, and others are named like `example.com/name`", quote(text));
    context.report(Reason::Invalid, path, name.span, message).about(Topic::Resources).help(meant_by(text));
    false
}

/// What a name that no container's resource has was likely to mean.
fn meant_by(name: &str) -> String {
    if matches!(name.to_ascii_lowercase().as_str(), "gpu" | "gpus") {
        return "a GPU has its vendor's name, such as `nvidia.com/gpu`, and stands in `limits`".to_owned();
    }
    match nearest(name, OF_CONTAINERS) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "a container has `cpu`, `memory`, `ephemeral-storage` and huge pages".to_owned(),
    }
}

/// Whether every container has the resource.
pub(super) fn is_of_containers(name: &str) -> bool {
    OF_CONTAINERS.contains(&name)
}

/// A name of a resource that containers have.
pub(super) fn of_container(name: Text<'_>, path: &Path<'_>, context: &mut Context) {
    let text = name.value;
    if is_of_containers(text) {
        return;
    }
    let is_one = of_any(name, path, context);
    if !text.contains('/') {
        if !text.starts_with(HUGE_PAGES) {
            let message = format_args!("a container has no resource {}", quote(text));
            let problem = context.report(Reason::Invalid, path, name.span, message).about(Topic::Resources);
            problem.help(meant_by(text));
            if !is_one {
                problem.echoes(name.span);
            }
        }
    } else if !is_native(text) && !is_extended(text) {
        let message = format_args!("{} is no name of a resource outside Kubernetes' own", quote(text));
        context.report(Reason::Invalid, path, name.span, message).about(Topic::Resources);
    }
}

/// A name of a resource that whole pods have.
pub(super) fn of_pod(name: Text<'_>, path: &Path<'_>, context: &mut Context) {
    if of_any(name, path, context) && !name.value.starts_with(HUGE_PAGES) {
        one_of(name, &["cpu", "hugepages-", "memory"], path, context);
    }
}
