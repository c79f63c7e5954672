//! Kubernetes' feature gates, as far as they decide about a pod: the version from which each is on by default.

use super::Context;

/// A feature that Kubernetes can switch off. While it is off, the server drops its fields or refuses them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Gate {
    ClusterTrustBundleProjection,
    ContainerRestartRules,
    DynamicResourceAllocation,
    EnvFiles,
    ExpandedDnsConfig,
    HostnameOverride,
    ImageVolume,
    InPlacePodVerticalScaling,
    MatchLabelKeysInPodAffinity,
    MatchLabelKeysInPodTopologySpread,
    MatchLabelKeysInPodTopologySpreadSelectorMerge,
    MinDomainsInPodTopologySpread,
    NodeInclusionPolicyInPodTopologySpread,
    PodCertificateRequest,
    PodHostIps,
    PodLevelResources,
    PodLifecycleSleepAction,
    PodLifecycleSleepActionAllowZero,
    PodSchedulingReadiness,
    ProcMountType,
    ReadWriteOncePod,
    RecursiveReadOnlyMounts,
    RelaxedDnsSearchValidation,
    RelaxedEnvironmentVariableValidation,
    RestartAllContainersOnContainerExits,
    SeLinuxChangePolicy,
    SeLinuxMount,
    SidecarContainers,
    StrictIpCidrValidation,
    SupplementalGroupsPolicy,
    UserNamespacesSupport,
    VolumeAttributesClass,
}

impl Gate {
    /// The minor version of the first release that has it on by default.
    const fn since(self) -> u8 {
        match self {
            Self::ExpandedDnsConfig | Self::NodeInclusionPolicyInPodTopologySpread => 26,
            Self::MatchLabelKeysInPodTopologySpread
            | Self::MinDomainsInPodTopologySpread
            | Self::PodSchedulingReadiness
            | Self::ReadWriteOncePod => 27,
            Self::PodHostIps | Self::SidecarContainers => 29,
            Self::PodLifecycleSleepAction => 30,
            Self::MatchLabelKeysInPodAffinity | Self::RecursiveReadOnlyMounts => 31,
            Self::RelaxedEnvironmentVariableValidation => 32,
            Self::InPlacePodVerticalScaling
            | Self::PodLifecycleSleepActionAllowZero
            | Self::ProcMountType
            | Self::RelaxedDnsSearchValidation
            | Self::SeLinuxChangePolicy
            | Self::SupplementalGroupsPolicy
            | Self::UserNamespacesSupport => 33,
            Self::DynamicResourceAllocation
            | Self::MatchLabelKeysInPodTopologySpreadSelectorMerge
            | Self::PodLevelResources
            | Self::VolumeAttributesClass => 34,
            Self::ContainerRestartRules | Self::EnvFiles | Self::HostnameOverride | Self::ImageVolume => 35,
            Self::RestartAllContainersOnContainerExits | Self::StrictIpCidrValidation => 36,
            Self::ClusterTrustBundleProjection | Self::PodCertificateRequest | Self::SeLinuxMount => 37,
        }
    }
}

impl Context {
    /// Whether the server's version has the feature on by default.
    pub(crate) fn enables(&self, gate: Gate) -> bool {
        self.since(gate.since())
    }
}
