//! A pod's spec with the defaults that others depend on.
//!
//! pkg/apis/core/v1/defaults.go, SetDefaults_PodSpec, as of v1.37; defaultHostNetworkPorts as of v1.27.

use crate::k8s::objects::{Field, PodSpec, RestartPolicy};
use crate::k8s::schema::{Gate, Version};

/// A pod's spec after defaulting, and without the fields that its version drops.
#[derive(Debug, Clone, Copy)]
pub struct Pod<'a> {
    /// As written: fields that are not below are the same there.
    pub spec: PodSpec<'a>,
    /// `Always` by default.
    pub restart_policy: RestartPolicy<'a>,
    /// How long its containers have to stop, in seconds: 30 by default.
    pub grace_period: i64,
    /// Whether it is on the node's network.
    pub host_network: bool,
    /// Whether its users are the node's.
    pub host_users: bool,
    /// Whether the ports of a pod on the node's network are filled in: before 1.28, which has a gate for it that is off.
    pub fills_host_ports: bool,
}

impl<'a> Pod<'a> {
    /// What the server makes of a spec.
    #[must_use]
    pub fn of(spec: PodSpec<'a>, version: Version) -> Self {
        let is_set = |field: Option<Field<'a, bool>>| field.is_some_and(|field| field.value);
        let host_network = is_set(spec.host_network());
        let users_are_known = Gate::UserNamespacesSupport.is_on(version);
        Self {
            spec,
            restart_policy: match spec.restart_policy().map(|policy| policy.value) {
                None | Some(RestartPolicy::Other("")) => RestartPolicy::Always,
                Some(policy) => policy,
            },
            grace_period: spec.termination_grace_period_seconds().map_or(30, |period| period.value),
            host_network,
            host_users: !users_are_known || spec.host_users().is_none_or(|users| users.value),
            fills_host_ports: host_network && version < Version::new(28),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Pod, Version};
    use crate::k8s::objects::{FromNode, PodSpec, RestartPolicy};
    use crate::yaml::{Document, parse};

    #[test]
    fn a_silent_pod_restarts_always_and_has_thirty_seconds_to_stop() {
        let pod = Pod::of(PodSpec::absent(), Version::NEWEST);
        assert_eq!((pod.restart_policy, pod.grace_period), (RestartPolicy::Always, 30));
        assert!(!pod.host_network && pod.host_users && !pod.fills_host_ports);
    }

    #[test]
    fn what_the_version_drops_or_fills_in_is_told() {
        let file = parse("{restartPolicy: Never, hostUsers: false, hostNetwork: true}");
        let root = file.documents.first().and_then(Document::root);
        let spec = root.and_then(|root| PodSpec::from_node(root.into())).expect("a spec");
        let facts = |minor: u8| {
            let pod = Pod::of(spec, Version::new(minor));
            (pod.restart_policy, pod.host_users, pod.fills_host_ports)
        };
        assert_eq!(facts(27), (RestartPolicy::Never, true, true));
        assert_eq!(facts(28), (RestartPolicy::Never, true, false));
        assert_eq!(facts(33), (RestartPolicy::Never, false, false));
    }
}
