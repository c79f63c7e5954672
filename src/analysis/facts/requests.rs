//! What the scheduler keeps free for a pod, and what a pod may use.
//!
//! component-helpers/resource/helpers.go, PodRequests and PodLimits, as of v1.37.

use crate::k8s::format::Quantity;
use crate::k8s::objects::{Container, Each as _, Field, PodSpec, ResourceRequirements};

/// What a pod requests, for its containers together.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Requests {
    /// CPU, in thousandths of a core.
    pub cpu_millis: i64,
    /// Memory, in bytes.
    pub memory_bytes: i64,
}

/// What is said of a resource.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Amount {
    /// How much is kept free. A resource that is limited and not requested is requested as it is limited.
    Request,
    /// How much may be used.
    Limit,
}

impl Requests {
    /// What a pod requests.
    pub(crate) fn of(pod: PodSpec<'_>) -> Self {
        let whole = |millis: i128| i64::try_from(millis).unwrap_or(i64::MAX);
        let milli = |name| Amount::Request.of_pod(pod, name);
        Self { cpu_millis: whole(milli("cpu")), memory_bytes: whole((milli("memory") + 999).div_euclid(1000)) }
    }
}

impl Amount {
    /// What a container, or a pod by itself, says of a resource.
    #[must_use]
    pub fn of<'a>(
        self,
        resources: Option<Field<'a, ResourceRequirements<'a>>>,
        name: &str,
    ) -> Option<Field<'a, Quantity<'a>>> {
        let resources = resources?.value;
        let limit = || resources.limits().and_then(|limits| limits.value.get(name));
        match self {
            Self::Request => resources.requests().and_then(|requests| requests.value.get(name)).or_else(limit),
            Self::Limit => limit(),
        }
    }

    /// Thousandths of a resource: of the containers together with the sidecars, or of an init container with the sidecars
    /// that run before it, whichever is more.
    #[must_use]
    pub fn of_pod<'a>(self, pod: PodSpec<'a>, name: &str) -> i128 {
        let milli = |resources: Option<Field<'a, ResourceRequirements<'a>>>| {
            self.of(resources, name).map(|amount| amount.value.saturating_milli())
        };
        let overhead =
            pod.overhead().and_then(|overhead| overhead.value.get(name)).map_or(0, |own| own.value.saturating_milli());
        if let Some(own) = milli(pod.resources()) {
            return own.saturating_add(overhead);
        }
        let of = |container: Field<'a, Container<'a>>| milli(container.value.resources()).unwrap_or(0);
        let (mut sidecars, mut most) = (0_i128, 0);
        for (_, container) in pod.init_containers().each() {
            let own = sidecars.saturating_add(of(container));
            most = most.max(own);
            if container.value.restart_policy().is_some_and(|policy| policy.value == "Always") {
                sidecars = own;
            }
        }
        let regular = pod.containers().each().fold(sidecars, |sum, (_, container)| sum.saturating_add(of(container)));
        let together = most.max(regular);
        // What limits nothing is not limited by the pod's own needs.
        if self == Self::Limit && together == 0 { 0 } else { together.saturating_add(overhead) }
    }
}
