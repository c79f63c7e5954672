//! Pods: the template that a Job makes them from, and their spec.

use super::collection::{Each as _, List, Map};
use super::object::objects;
use super::{Affinity, Container, Field, ObjectMeta, ObjectName, PodSecurityContext, ResourceRequirements};
use super::{RestartPolicy, Toleration, TopologySpreadConstraint, Volume};
use crate::k8s::format::Quantity;

objects! {
    /// The pods that a Job makes.
    PodTemplateSpec {
        metadata: ObjectMeta<'a> = "metadata",
        spec: PodSpec<'a> = "spec",
    }

    /// What a pod runs.
    PodSpec {
        restart_policy: RestartPolicy<'a> = "restartPolicy",
        /// In seconds, from the pod's start.
        active_deadline_seconds: i64 = "activeDeadlineSeconds",
        /// In seconds, from the order to stop.
        termination_grace_period_seconds: i64 = "terminationGracePeriodSeconds",
        init_containers: List<'a, Container<'a>> = "initContainers",
        containers: List<'a, Container<'a>> = "containers",
        ephemeral_containers: List<'a, Container<'a>> = "ephemeralContainers",
        volumes: List<'a, Volume<'a>> = "volumes",
        resources: ResourceRequirements<'a> = "resources",
        overhead: Map<'a, Quantity<'a>> = "overhead",
        resource_claims: List<'a, PodResourceClaim<'a>> = "resourceClaims",
        security_context: PodSecurityContext<'a> = "securityContext",
        service_account_name: &'a str = "serviceAccountName",
        /// The old name of `serviceAccountName`.
        service_account: &'a str = "serviceAccount",
        automount_service_account_token: bool = "automountServiceAccountToken",
        node_name: &'a str = "nodeName",
        node_selector: Map<'a, &'a str> = "nodeSelector",
        affinity: Affinity<'a> = "affinity",
        tolerations: List<'a, Toleration<'a>> = "tolerations",
        topology_spread_constraints: List<'a, TopologySpreadConstraint<'a>> = "topologySpreadConstraints",
        scheduler_name: &'a str = "schedulerName",
        scheduling_gates: List<'a, PodSchedulingGate<'a>> = "schedulingGates",
        readiness_gates: List<'a, PodReadinessGate<'a>> = "readinessGates",
        priority_class_name: &'a str = "priorityClassName",
        preemption_policy: &'a str = "preemptionPolicy",
        runtime_class_name: &'a str = "runtimeClassName",
        host_network: bool = "hostNetwork",
        host_pid: bool = "hostPID",
        host_ipc: bool = "hostIPC",
        host_users: bool = "hostUsers",
        share_process_namespace: bool = "shareProcessNamespace",
        hostname: &'a str = "hostname",
        hostname_override: &'a str = "hostnameOverride",
        subdomain: &'a str = "subdomain",
        set_hostname_as_fqdn: bool = "setHostnameAsFQDN",
        image_pull_secrets: List<'a, ObjectName<'a>> = "imagePullSecrets",
        host_aliases: List<'a, HostAlias<'a>> = "hostAliases",
        dns_policy: &'a str = "dnsPolicy",
        dns_config: PodDnsConfig<'a> = "dnsConfig",
        os: PodOs<'a> = "os",
    }

    /// Names of an address in the pod's `/etc/hosts`.
    HostAlias {
        ip: &'a str = "ip",
        hostnames: List<'a, &'a str> = "hostnames",
    }

    /// How the pod resolves names.
    PodDnsConfig {
        nameservers: List<'a, &'a str> = "nameservers",
        searches: List<'a, &'a str> = "searches",
        options: List<'a, PodDnsConfigOption<'a>> = "options",
    }

    /// An option of the pod's resolver.
    PodDnsConfigOption {
        name: &'a str = "name",
        value: &'a str = "value",
    }

    /// The operating system of the pod's nodes.
    PodOs {
        name: &'a str = "name",
    }

    /// A condition that a pod must meet to be ready.
    PodReadinessGate {
        condition_type: &'a str = "conditionType",
    }

    /// What must be opened before a pod is scheduled.
    PodSchedulingGate {
        name: &'a str = "name",
    }

    /// A resource that the pod's containers can use by its name.
    PodResourceClaim {
        name: &'a str = "name",
        resource_claim_name: &'a str = "resourceClaimName",
        resource_claim_template_name: &'a str = "resourceClaimTemplateName",
    }
}

impl<'a> PodSpec<'a> {
    /// Its init containers, then its containers.
    pub fn all_containers(self) -> impl Iterator<Item = Field<'a, Container<'a>>> {
        self.init_containers().each().chain(self.containers().each()).map(|(_, container)| container)
    }
}
