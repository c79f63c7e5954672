//! Fields behind feature gates: the server takes such a field and forgets it where its gate is off.

use std::cmp::Ordering;

use super::gates::Gate;
use super::order::compare;

/// Field, type and gate; in the order of the names of fields, then of types.
#[rustfmt::skip]
pub(super) const GATED: [(&str, &str, Gate); 47] = [
    ("backoffLimitPerIndex", "JobSpec", Gate::JobBackoffLimitPerIndex),
    ("bindMountOptions", "VolumeMount", Gate::VolumeBindMountOptions),
    ("claims", "ResourceRequirements", Gate::DynamicResourceAllocation),
    ("clusterTrustBundle", "VolumeProjection", Gate::ClusterTrustBundleProjection),
    ("defaultUser", "ConfigMapVolumeSource", Gate::AtomicWriteVolumeUserFields),
    ("defaultUser", "DownwardAPIVolumeSource", Gate::AtomicWriteVolumeUserFields),
    ("defaultUser", "ProjectedVolumeSource", Gate::AtomicWriteVolumeUserFields),
    ("defaultUser", "SecretVolumeSource", Gate::AtomicWriteVolumeUserFields),
    ("evictionResponders", "PodSpec", Gate::EvictionRequestApi),
    ("fileKeyRef", "EnvVarSource", Gate::EnvFiles),
    ("hostUsers", "PodSpec", Gate::UserNamespacesSupport),
    ("hostnameOverride", "PodSpec", Gate::HostnameOverride),
    ("image", "Volume", Gate::ImageVolume),
    ("managedBy", "JobSpec", Gate::JobManagedBy),
    ("matchLabelKeys", "PodAffinityTerm", Gate::MatchLabelKeysInPodAffinity),
    ("matchLabelKeys", "TopologySpreadConstraint", Gate::MatchLabelKeysInPodTopologySpread),
    ("maxFailedIndexes", "JobSpec", Gate::JobBackoffLimitPerIndex),
    ("minDomains", "TopologySpreadConstraint", Gate::MinDomainsInPodTopologySpread),
    ("mismatchLabelKeys", "PodAffinityTerm", Gate::MatchLabelKeysInPodAffinity),
    ("mode", "EmptyDirVolumeSource", Gate::EmptyDirVolumeMode),
    ("mode", "GRPCAction", Gate::GrpcContainerProbeTls),
    ("nodeAffinityPolicy", "TopologySpreadConstraint", Gate::NodeInclusionPolicyInPodTopologySpread),
    ("nodeTaintsPolicy", "TopologySpreadConstraint", Gate::NodeInclusionPolicyInPodTopologySpread),
    ("podCertificate", "VolumeProjection", Gate::PodCertificateRequest),
    ("podFailurePolicy", "JobSpec", Gate::JobPodFailurePolicy),
    ("podReplacementPolicy", "JobSpec", Gate::JobPodReplacementPolicy),
    ("procMount", "SecurityContext", Gate::ProcMountType),
    ("protocol", "HTTPGetAction", Gate::H2CContainerProbe),
    ("recursiveReadOnly", "VolumeMount", Gate::RecursiveReadOnlyMounts),
    ("resizePolicy", "Container", Gate::InPlacePodVerticalScaling),
    ("resourceClaims", "PodSpec", Gate::DynamicResourceAllocation),
    ("resources", "PodSpec", Gate::PodLevelResources),
    ("restartPolicy", "Container", Gate::SidecarContainers),
    ("restartPolicyRules", "Container", Gate::ContainerRestartRules),
    ("scheduling", "JobSpec", Gate::WorkloadWithJob),
    ("schedulingGates", "PodSpec", Gate::PodSchedulingReadiness),
    ("schedulingGroup", "PodSpec", Gate::GenericWorkload),
    ("seLinuxChangePolicy", "PodSecurityContext", Gate::SeLinuxChangePolicy),
    ("sleep", "LifecycleHandler", Gate::PodLifecycleSleepAction),
    ("stopSignal", "Lifecycle", Gate::ContainerStopSignals),
    ("successPolicy", "JobSpec", Gate::JobSuccessPolicy),
    ("supplementalGroupsPolicy", "PodSecurityContext", Gate::SupplementalGroupsPolicy),
    ("user", "DownwardAPIVolumeFile", Gate::AtomicWriteVolumeUserFields),
    ("user", "KeyToPath", Gate::AtomicWriteVolumeUserFields),
    ("user", "ServiceAccountTokenProjection", Gate::AtomicWriteVolumeUserFields),
    ("volumeAttributesClassName", "PersistentVolumeClaimSpec", Gate::VolumeAttributesClass),
    ("workloadRef", "PodSpec", Gate::GenericWorkload),
];

/// The feature gate of a type's field, by their names.
pub const fn gate_of(owner: &str, field: &str) -> Option<Gate> {
    let (mut low, mut high) = (0, GATED.len());
    while low < high {
        let middle = usize::midpoint(low, high);
        let (name, of, gate) = GATED[middle];
        let order = match compare(name, field) {
            Ordering::Equal => compare(of, owner),
            other => other,
        };
        match order {
            Ordering::Less => low = middle + 1,
            Ordering::Equal => return Some(gate),
            Ordering::Greater => high = middle,
        }
    }
    None
}
