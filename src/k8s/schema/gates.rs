//! Feature gates of fields: the server takes a field and forgets it where its gate is off.

use std::cmp::Ordering;

use super::types::compare;

/// The gate is on by default in no version yet.
pub const NEVER: u8 = u8::MAX;

/// Field, type, gate and the first version that has the gate on by default; in the order of the names of fields, then of types.
#[rustfmt::skip]
const GATED: [(&str, &str, &str, u8); 47] = [
    ("backoffLimitPerIndex", "JobSpec", "JobBackoffLimitPerIndex", 29),
    ("bindMountOptions", "VolumeMount", "VolumeBindMountOptions", NEVER),
    ("claims", "ResourceRequirements", "DynamicResourceAllocation", 34),
    ("clusterTrustBundle", "VolumeProjection", "ClusterTrustBundleProjection", 37),
    ("defaultUser", "ConfigMapVolumeSource", "AtomicWriteVolumeUserFields", NEVER),
    ("defaultUser", "DownwardAPIVolumeSource", "AtomicWriteVolumeUserFields", NEVER),
    ("defaultUser", "ProjectedVolumeSource", "AtomicWriteVolumeUserFields", NEVER),
    ("defaultUser", "SecretVolumeSource", "AtomicWriteVolumeUserFields", NEVER),
    ("evictionResponders", "PodSpec", "EvictionRequestAPI", NEVER),
    ("fileKeyRef", "EnvVarSource", "EnvFiles", 35),
    ("hostUsers", "PodSpec", "UserNamespacesSupport", 33),
    ("hostnameOverride", "PodSpec", "HostnameOverride", 35),
    ("image", "Volume", "ImageVolume", 35),
    ("managedBy", "JobSpec", "JobManagedBy", 32),
    ("matchLabelKeys", "PodAffinityTerm", "MatchLabelKeysInPodAffinity", 31),
    ("matchLabelKeys", "TopologySpreadConstraint", "MatchLabelKeysInPodTopologySpread", 27),
    ("maxFailedIndexes", "JobSpec", "JobBackoffLimitPerIndex", 29),
    ("minDomains", "TopologySpreadConstraint", "MinDomainsInPodTopologySpread", 27),
    ("mismatchLabelKeys", "PodAffinityTerm", "MatchLabelKeysInPodAffinity", 31),
    ("mode", "EmptyDirVolumeSource", "EmptyDirVolumeMode", NEVER),
    ("mode", "GRPCAction", "GRPCContainerProbeTLS", NEVER),
    ("nodeAffinityPolicy", "TopologySpreadConstraint", "NodeInclusionPolicyInPodTopologySpread", 26),
    ("nodeTaintsPolicy", "TopologySpreadConstraint", "NodeInclusionPolicyInPodTopologySpread", 26),
    ("podCertificate", "VolumeProjection", "PodCertificateRequest", 37),
    ("podFailurePolicy", "JobSpec", "JobPodFailurePolicy", 26),
    ("podReplacementPolicy", "JobSpec", "JobPodReplacementPolicy", 29),
    ("procMount", "SecurityContext", "ProcMountType", 33),
    ("protocol", "HTTPGetAction", "H2CContainerProbe", NEVER),
    ("recursiveReadOnly", "VolumeMount", "RecursiveReadOnlyMounts", 31),
    ("resizePolicy", "Container", "InPlacePodVerticalScaling", 33),
    ("resourceClaims", "PodSpec", "DynamicResourceAllocation", 34),
    ("resources", "PodSpec", "PodLevelResources", 34),
    ("restartPolicy", "Container", "SidecarContainers", 29),
    ("restartPolicyRules", "Container", "ContainerRestartRules", 35),
    ("scheduling", "JobSpec", "WorkloadWithJob", NEVER),
    ("schedulingGates", "PodSpec", "PodSchedulingReadiness", 27),
    ("schedulingGroup", "PodSpec", "GenericWorkload", NEVER),
    ("seLinuxChangePolicy", "PodSecurityContext", "SELinuxChangePolicy", 33),
    ("sleep", "LifecycleHandler", "PodLifecycleSleepAction", 30),
    ("stopSignal", "Lifecycle", "ContainerStopSignals", NEVER),
    ("successPolicy", "JobSpec", "JobSuccessPolicy", 31),
    ("supplementalGroupsPolicy", "PodSecurityContext", "SupplementalGroupsPolicy", 33),
    ("user", "DownwardAPIVolumeFile", "AtomicWriteVolumeUserFields", NEVER),
    ("user", "KeyToPath", "AtomicWriteVolumeUserFields", NEVER),
    ("user", "ServiceAccountTokenProjection", "AtomicWriteVolumeUserFields", NEVER),
    ("volumeAttributesClassName", "PersistentVolumeClaimSpec", "VolumeAttributesClass", 34),
    ("workloadRef", "PodSpec", "GenericWorkload", NEVER),
];

/// The feature gate of a type's field, by their names, and the first minor version that has it on by default.
pub const fn gate_of(owner: &str, field: &str) -> Option<(&'static str, u8)> {
    let (mut low, mut high) = (0, GATED.len());
    while low < high {
        let middle = usize::midpoint(low, high);
        let (name, of, gate, on) = GATED[middle];
        let order = match compare(name, field) {
            Ordering::Equal => compare(of, owner),
            other => other,
        };
        match order {
            Ordering::Less => low = middle + 1,
            Ordering::Equal => return Some((gate, on)),
            Ordering::Greater => high = middle,
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::{GATED, gate_of};
    use crate::k8s::schema::{Version, type_named, types};

    #[test]
    fn gated_fields_are_sorted_and_exist() {
        assert!(GATED.is_sorted());
        for (field, owner, ..) in GATED {
            let owner = type_named(owner).expect(owner);
            assert!(!owner.fields_named(field).is_empty(), "{}.{field}", owner.name());
        }
    }

    #[test]
    fn a_gate_is_found_by_its_type_and_field() {
        for of in types() {
            for field in of.fields(Version::NEWEST) {
                let mut rows = GATED.iter().filter(|(name, owner, ..)| (*name, *owner) == (field.name, of.name()));
                let expected = rows.next().map(|(.., gate, on)| (*gate, *on));
                assert_eq!(gate_of(of.name(), field.name), expected, "{of:?}.{}", field.name);
            }
        }
    }
}
