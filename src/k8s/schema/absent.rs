//! Which values are the same as none: `0`, `false`, an empty text and an empty object, unless the API keeps the two apart.
//!
//! By reflection over the Go types of k8s.io/api v0.36.2: a pointer tells what is empty from what is not there.

use std::cmp::Ordering;

use super::order::compare;

/// Fields with a number, a text or a truth value of which it is known whether they are set; in the order of the names of
/// fields, then of types.
#[rustfmt::skip]
static TELLING: [(&str, &str); 106] = [
    ("activeDeadlineSeconds", "JobSpec"),
    ("activeDeadlineSeconds", "PodSpec"),
    ("allowPrivilegeEscalation", "SecurityContext"),
    ("apiGroup", "TypedLocalObjectReference"),
    ("apiGroup", "TypedObjectReference"),
    ("automountServiceAccountToken", "PodSpec"),
    ("backoffLimit", "JobSpec"),
    ("backoffLimitPerIndex", "JobSpec"),
    ("blockOwnerDeletion", "OwnerReference"),
    ("cachingMode", "AzureDiskVolumeSource"),
    ("completionMode", "JobSpec"),
    ("completions", "JobSpec"),
    ("containerName", "PodFailurePolicyOnExitCodesRequirement"),
    ("controller", "OwnerReference"),
    ("defaultMode", "ConfigMapVolumeSource"),
    ("defaultMode", "DownwardAPIVolumeSource"),
    ("defaultMode", "ProjectedVolumeSource"),
    ("defaultMode", "SecretVolumeSource"),
    ("deletionGracePeriodSeconds", "ObjectMeta"),
    ("deletionTimestamp", "ObjectMeta"),
    ("enableServiceLinks", "PodSpec"),
    ("expirationSeconds", "ServiceAccountTokenProjection"),
    ("failedJobsHistoryLimit", "CronJobSpec"),
    ("fsGroup", "PodSecurityContext"),
    ("fsGroupChangePolicy", "PodSecurityContext"),
    ("fsType", "AzureDiskVolumeSource"),
    ("fsType", "CSIVolumeSource"),
    ("gmsaCredentialSpec", "WindowsSecurityContextOptions"),
    ("gmsaCredentialSpecName", "WindowsSecurityContextOptions"),
    ("hostProcess", "WindowsSecurityContextOptions"),
    ("hostUsers", "PodSpec"),
    ("hostnameOverride", "PodSpec"),
    ("initiatorName", "ISCSIVolumeSource"),
    ("kind", "AzureDiskVolumeSource"),
    ("localhostProfile", "AppArmorProfile"),
    ("localhostProfile", "SeccompProfile"),
    ("lun", "FCVolumeSource"),
    ("managedBy", "JobSpec"),
    ("manualSelector", "JobSpec"),
    ("maxExpirationSeconds", "PodCertificateProjection"),
    ("maxFailedIndexes", "JobSpec"),
    ("minDomains", "TopologySpreadConstraint"),
    ("mode", "DownwardAPIVolumeFile"),
    ("mode", "KeyToPath"),
    ("mountPropagation", "VolumeMount"),
    ("name", "ClusterTrustBundleProjection"),
    ("namespace", "TypedObjectReference"),
    ("nodeAffinityPolicy", "TopologySpreadConstraint"),
    ("nodeTaintsPolicy", "TopologySpreadConstraint"),
    ("optional", "ClusterTrustBundleProjection"),
    ("optional", "ConfigMapEnvSource"),
    ("optional", "ConfigMapKeySelector"),
    ("optional", "ConfigMapProjection"),
    ("optional", "ConfigMapVolumeSource"),
    ("optional", "FileKeySelector"),
    ("optional", "SecretEnvSource"),
    ("optional", "SecretKeySelector"),
    ("optional", "SecretProjection"),
    ("optional", "SecretVolumeSource"),
    ("parallelism", "JobSpec"),
    ("podGroupName", "PodSchedulingGroup"),
    ("podReplacementPolicy", "JobSpec"),
    ("preemptionPolicy", "PodSpec"),
    ("priority", "PodSpec"),
    ("privileged", "SecurityContext"),
    ("procMount", "SecurityContext"),
    ("readOnly", "AzureDiskVolumeSource"),
    ("readOnly", "CSIVolumeSource"),
    ("readOnlyRootFilesystem", "SecurityContext"),
    ("recursiveReadOnly", "VolumeMount"),
    ("resourceClaimName", "PodResourceClaim"),
    ("resourceClaimTemplateName", "PodResourceClaim"),
    ("restartPolicy", "Container"),
    ("restartPolicy", "EphemeralContainer"),
    ("runAsGroup", "PodSecurityContext"),
    ("runAsGroup", "SecurityContext"),
    ("runAsNonRoot", "PodSecurityContext"),
    ("runAsNonRoot", "SecurityContext"),
    ("runAsUser", "PodSecurityContext"),
    ("runAsUser", "SecurityContext"),
    ("runAsUserName", "WindowsSecurityContextOptions"),
    ("runtimeClassName", "PodSpec"),
    ("seLinuxChangePolicy", "PodSecurityContext"),
    ("service", "GRPCAction"),
    ("setHostnameAsFQDN", "PodSpec"),
    ("shareProcessNamespace", "PodSpec"),
    ("signerName", "ClusterTrustBundleProjection"),
    ("sizeLimit", "EmptyDirVolumeSource"),
    ("startingDeadlineSeconds", "CronJobSpec"),
    ("stopSignal", "Lifecycle"),
    ("storageClassName", "PersistentVolumeClaimSpec"),
    ("succeededCount", "SuccessPolicyRule"),
    ("succeededIndexes", "SuccessPolicyRule"),
    ("successfulJobsHistoryLimit", "CronJobSpec"),
    ("supplementalGroupsPolicy", "PodSecurityContext"),
    ("suspend", "CronJobSpec"),
    ("suspend", "JobSpec"),
    ("terminationGracePeriodSeconds", "PodSpec"),
    ("terminationGracePeriodSeconds", "Probe"),
    ("timeZone", "CronJobSpec"),
    ("tolerationSeconds", "Toleration"),
    ("ttlSecondsAfterFinished", "JobSpec"),
    ("type", "HostPathVolumeSource"),
    ("value", "PodDNSConfigOption"),
    ("volumeAttributesClassName", "PersistentVolumeClaimSpec"),
    ("volumeMode", "PersistentVolumeClaimSpec"),
];

/// Fields with an object that is always there, in that order.
#[rustfmt::skip]
static PRESENT: [(&str, &str); 19] = [
    ("jobTemplate", "CronJobSpec"),
    ("metadata", "CronJob"),
    ("metadata", "Job"),
    ("metadata", "JobTemplateSpec"),
    ("metadata", "PersistentVolumeClaimTemplate"),
    ("metadata", "PodTemplateSpec"),
    ("podAffinityTerm", "WeightedPodAffinityTerm"),
    ("preference", "PreferredSchedulingTerm"),
    ("resources", "Container"),
    ("resources", "EphemeralContainer"),
    ("resources", "PersistentVolumeClaimSpec"),
    ("spec", "CronJob"),
    ("spec", "Job"),
    ("spec", "JobTemplateSpec"),
    ("spec", "PersistentVolumeClaimTemplate"),
    ("spec", "PodTemplateSpec"),
    ("status", "CronJob"),
    ("status", "Job"),
    ("template", "JobSpec"),
];

/// Whether an empty value of a type's field is told from none, by their names: of one that has an object, or not.
pub(crate) fn tells_empty(owner: &str, field: &str, is_object: bool) -> bool {
    let has = |list: &[(&str, &str)]| {
        let order = |(name, of): &(&str, &str)| match compare(name, field) {
            Ordering::Equal => compare(of, owner),
            other => other,
        };
        list.binary_search_by(order).is_ok()
    };
    if is_object { !has(&PRESENT) } else { has(&TELLING) }
}

#[cfg(test)]
mod tests {
    use super::{PRESENT, TELLING};
    use crate::k8s::schema::type_named;

    #[test]
    fn each_is_a_field_and_they_are_in_order() {
        for list in [&TELLING[..], &PRESENT] {
            assert!(list.windows(2).all(|pair| pair[0] < pair[1]), "{list:?}");
            for (field, owner) in list {
                let of = type_named(owner).expect("the type exists");
                assert!(!of.fields_named(field).is_empty(), "{owner}.{field}");
            }
        }
    }
}
