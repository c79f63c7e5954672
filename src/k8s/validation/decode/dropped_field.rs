//! Fields that the server takes and forgets, because its version has their feature gate off.

use super::Decoder;
use crate::k8s::schema::{Field, Type};
use crate::k8s::{Path, Problem, Stage, Topic};
use crate::yaml::{Entry, Kind};

/// Of no version yet.
const NEVER: u8 = u8::MAX;

/// Field, type, gate and the first version that has the gate on by default; in the order of the fields' names.
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

/// Reports a field of the type that the server's version has and drops.
pub(super) fn report(
    entry: Entry<'_>,
    of: &'static Type,
    field: &'static Field,
    path: &Path<'_>,
    decoder: &mut Decoder<'_, '_>,
) {
    let version = decoder.context.version();
    // Most fields came before every version there is, and none of those has its gate off since 1.33.
    if field.since().is_none() && version.minor() >= 33 {
        return;
    }
    let start = GATED.partition_point(|(name, ..)| *name < entry.key);
    let found =
        GATED[start..].iter().take_while(|(name, ..)| *name == entry.key).find(|(_, owner, ..)| *owner == of.name());
    let Some((name, _, gate, on)) = found.filter(|(.., on)| version.minor() < *on) else { return };
    if is_default(entry) {
        return;
    }
    let message =
        format!("Kubernetes {version} drops `{name}` without a word: the feature gate {gate} is off by default");
    let mut problem = Problem::before_validation(Topic::DroppedField, Stage::Validation, path, entry.key_span, message);
    problem.help(match *on {
        NEVER => "leave it out, unless the cluster has the gate on".to_owned(),
        on => format!("leave it out, unless the cluster has the gate on, which is the default since 1.{on}"),
    });
    decoder.context.add(problem);
}

/// Whether the field says what the server does without it.
fn is_default(entry: Entry<'_>) -> bool {
    match entry.value.kind() {
        Kind::Null => true,
        Kind::Bool(value) => value,
        Kind::String(text) => text.is_empty() || text == "Default",
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::GATED;
    use crate::k8s::schema::type_named;

    #[test]
    fn gated_fields_are_sorted_and_exist() {
        assert!(GATED.is_sorted());
        for (field, owner, ..) in GATED {
            let owner = type_named(owner).expect(owner);
            assert!(!owner.fields_named(field).is_empty(), "{}.{field}", owner.name());
        }
    }
}
