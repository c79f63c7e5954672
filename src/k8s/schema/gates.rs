//! Feature gates: what a server can do or leave, and what those of a version do unless they are told otherwise.
//!
//! pkg/features/kube_features.go, as of each release from v1.25 to v1.37; what was on by default has stayed so.

use super::version::Version;

/// `Variant("Name in Kubernetes")`, and the first minor version that has the gate on by default, if one has.
macro_rules! gates {
    ($($gate:ident($name:literal) $(since $minor:literal)?,)*) => {
        /// A feature that Kubernetes can switch off. While it is off, the server drops its fields or refuses them.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        #[non_exhaustive]
pub enum Gate {
            $(#[doc = concat!("`", $name, "`")] $gate,)*
        }

        impl Gate {
            /// Its name in Kubernetes, `JobSuccessPolicy`.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$gate => $name,)*
                }
            }

            /// The first version that has it on by default; none where it is off in all of them.
            #[must_use]
            pub const fn since(self) -> Option<Version> {
                match self {
                    $(Self::$gate => gates!(@since $($minor)?),)*
                }
            }
        }
    };
    (@since) => { None };
    (@since $minor:literal) => { Some(Version::new($minor)) };
}

gates! {
    AppArmorFields("AppArmorFields") since 30,
    AtomicWriteVolumeUserFields("AtomicWriteVolumeUserFields"),
    ClusterTrustBundleProjection("ClusterTrustBundleProjection") since 37,
    ContainerRestartRules("ContainerRestartRules") since 35,
    ContainerStopSignals("ContainerStopSignals"),
    DynamicResourceAllocation("DynamicResourceAllocation") since 34,
    EmptyDirVolumeMode("EmptyDirVolumeMode"),
    EnvFiles("EnvFiles") since 35,
    EvictionRequestApi("EvictionRequestAPI"),
    ExpandedDnsConfig("ExpandedDNSConfig") since 26,
    GenericWorkload("GenericWorkload"),
    GrpcContainerProbeTls("GRPCContainerProbeTLS"),
    H2CContainerProbe("H2CContainerProbe"),
    HostnameOverride("HostnameOverride") since 35,
    ImageVolume("ImageVolume") since 35,
    InPlacePodVerticalScaling("InPlacePodVerticalScaling") since 33,
    JobBackoffLimitPerIndex("JobBackoffLimitPerIndex") since 29,
    JobManagedBy("JobManagedBy") since 32,
    JobPodFailurePolicy("JobPodFailurePolicy") since 26,
    JobPodReplacementPolicy("JobPodReplacementPolicy") since 29,
    JobSuccessPolicy("JobSuccessPolicy") since 31,
    MatchLabelKeysInPodAffinity("MatchLabelKeysInPodAffinity") since 31,
    MatchLabelKeysInPodTopologySpread("MatchLabelKeysInPodTopologySpread") since 27,
    MatchLabelKeysInPodTopologySpreadSelectorMerge("MatchLabelKeysInPodTopologySpreadSelectorMerge") since 34,
    MinDomainsInPodTopologySpread("MinDomainsInPodTopologySpread") since 27,
    MutablePodResourcesForSuspendedJobs("MutablePodResourcesForSuspendedJobs") since 36,
    MutableSchedulingDirectivesForSuspendedJobs("MutableSchedulingDirectivesForSuspendedJobs") since 36,
    NodeInclusionPolicyInPodTopologySpread("NodeInclusionPolicyInPodTopologySpread") since 26,
    PodCertificateRequest("PodCertificateRequest") since 37,
    PodHostIps("PodHostIPs") since 29,
    PodLevelResources("PodLevelResources") since 34,
    PodLifecycleSleepAction("PodLifecycleSleepAction") since 30,
    PodLifecycleSleepActionAllowZero("PodLifecycleSleepActionAllowZero") since 33,
    PodSchedulingReadiness("PodSchedulingReadiness") since 27,
    ProcMountType("ProcMountType") since 33,
    ReadWriteOncePod("ReadWriteOncePod") since 27,
    RecursiveReadOnlyMounts("RecursiveReadOnlyMounts") since 31,
    RelaxedDnsSearchValidation("RelaxedDNSSearchValidation") since 33,
    RelaxedEnvironmentVariableValidation("RelaxedEnvironmentVariableValidation") since 32,
    RestartAllContainersOnContainerExits("RestartAllContainersOnContainerExits") since 36,
    SeLinuxChangePolicy("SELinuxChangePolicy") since 33,
    SeLinuxMount("SELinuxMount") since 37,
    SidecarContainers("SidecarContainers") since 29,
    StrictIpCidrValidation("StrictIPCIDRValidation") since 36,
    SupplementalGroupsPolicy("SupplementalGroupsPolicy") since 33,
    UserNamespacesSupport("UserNamespacesSupport") since 33,
    VolumeAttributesClass("VolumeAttributesClass") since 34,
    VolumeBindMountOptions("VolumeBindMountOptions"),
    WorkloadWithJob("WorkloadWithJob"),
}

impl Gate {
    /// Whether the servers of a version have it on by default.
    #[must_use]
    pub const fn is_on(self, version: Version) -> bool {
        match self.since() {
            Some(since) => since.minor() <= version.minor(),
            None => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Gate, Version};

    #[test]
    fn a_gate_is_on_from_its_first_version_on() {
        for (gate, minor, on) in [
            (Gate::SidecarContainers, 28, false),
            (Gate::SidecarContainers, 29, true),
            (Gate::SidecarContainers, 37, true),
            (Gate::StrictIpCidrValidation, 35, false),
            (Gate::ContainerStopSignals, 37, false),
        ] {
            assert_eq!(gate.is_on(Version::new(minor)), on, "{} in 1.{minor}", gate.name());
        }
    }
}
