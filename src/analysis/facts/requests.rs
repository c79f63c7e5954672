//! What the scheduler keeps free for a pod.
//!
//! component-helpers/resource/helpers.go, PodRequests, as of v1.37.

use crate::k8s::objects::{Container, Each as _, Field, PodSpec, ResourceRequirements};

/// What a pod requests, for its containers together.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[non_exhaustive]
pub struct Requests {
    /// CPU, in thousandths of a core.
    pub cpu_millis: i64,
    /// Memory, in bytes.
    pub memory_bytes: i64,
}

impl Requests {
    /// What a pod requests. A resource that is limited and not requested is requested as it is limited.
    pub(crate) fn of(pod: PodSpec<'_>) -> Self {
        let whole = |millis: i128| i64::try_from(millis).unwrap_or(i64::MAX);
        Self {
            cpu_millis: whole(milli(pod, "cpu")),
            memory_bytes: whole((milli(pod, "memory") + 999).div_euclid(1000)),
        }
    }
}

/// Thousandths of a resource: of the containers together with the sidecars, or of an init container with the sidecars
/// that run before it, whichever is more.
fn milli(pod: PodSpec<'_>, name: &str) -> i128 {
    let overhead =
        pod.overhead().and_then(|overhead| overhead.value.get(name)).map_or(0, |own| own.value.saturating_milli());
    if let Some(own) = requested(pod.resources(), name) {
        return own.saturating_add(overhead);
    }
    let of = |container: Field<'_, Container<'_>>| requested(container.value.resources(), name).unwrap_or(0);
    let (mut sidecars, mut most) = (0_i128, 0);
    for (_, container) in pod.init_containers().each() {
        let own = sidecars.saturating_add(of(container));
        most = most.max(own);
        if container.value.restart_policy().is_some_and(|policy| policy.value == "Always") {
            sidecars = own;
        }
    }
    let regular = pod.containers().each().fold(sidecars, |sum, (_, container)| sum.saturating_add(of(container)));
    most.max(regular).saturating_add(overhead)
}

fn requested(resources: Option<Field<'_, ResourceRequirements<'_>>>, name: &str) -> Option<i128> {
    let resources = resources?.value;
    let amount = resources.requests().and_then(|requests| requests.value.get(name));
    let amount = amount.or_else(|| resources.limits().and_then(|limits| limits.value.get(name)));
    amount.map(|amount| amount.value.saturating_milli())
}
