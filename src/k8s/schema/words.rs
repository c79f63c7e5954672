//! The texts that a field takes, where it takes a few.

use super::types::Type;

/// Type, field, and what the API server knows there; what people want most stands first.
#[rustfmt::skip]
const WORDS: [(&str, &str, &[&str]); 41] = [
    ("AppArmorProfile", "type", &["RuntimeDefault", "Localhost", "Unconfined"]),
    ("Container", "imagePullPolicy", &["IfNotPresent", "Always", "Never"]),
    ("Container", "restartPolicy", &["Always"]),
    ("Container", "terminationMessagePolicy", &["FallbackToLogsOnError", "File"]),
    ("ContainerPort", "protocol", &["TCP", "UDP", "SCTP"]),
    ("ContainerResizePolicy", "resourceName", &["cpu", "memory"]),
    ("ContainerResizePolicy", "restartPolicy", &["NotRequired", "RestartContainer"]),
    ("CronJob", "apiVersion", &["batch/v1"]),
    ("CronJob", "kind", &["CronJob", "Job"]),
    ("CronJobSpec", "concurrencyPolicy", &["Forbid", "Replace", "Allow"]),
    ("EmptyDirVolumeSource", "medium", &["Memory"]),
    ("HTTPGetAction", "scheme", &["HTTP", "HTTPS"]),
    ("HostPathVolumeSource", "type", &["Directory", "DirectoryOrCreate", "File", "FileOrCreate", "Socket", "CharDevice", "BlockDevice"]),
    ("Job", "apiVersion", &["batch/v1"]),
    ("Job", "kind", &["Job", "CronJob"]),
    ("JobSpec", "completionMode", &["Indexed", "NonIndexed"]),
    ("JobSpec", "podReplacementPolicy", &["Failed", "TerminatingOrFailed"]),
    ("LabelSelectorRequirement", "operator", &["In", "NotIn", "Exists", "DoesNotExist"]),
    ("NodeSelectorRequirement", "operator", &["In", "NotIn", "Exists", "DoesNotExist", "Gt", "Lt"]),
    ("ObjectFieldSelector", "fieldPath", &["metadata.name", "metadata.namespace", "metadata.labels['batch.kubernetes.io/job-name']", "metadata.annotations['batch.kubernetes.io/job-completion-index']", "metadata.uid", "spec.nodeName", "spec.serviceAccountName", "status.hostIP", "status.podIP"]),
    ("PersistentVolumeClaimSpec", "volumeMode", &["Filesystem", "Block"]),
    ("PodFailurePolicyOnExitCodesRequirement", "operator", &["In", "NotIn"]),
    ("PodFailurePolicyOnPodConditionsPattern", "status", &["True", "False", "Unknown"]),
    ("PodFailurePolicyOnPodConditionsPattern", "type", &["DisruptionTarget"]),
    ("PodFailurePolicyRule", "action", &["FailJob", "Ignore", "FailIndex", "Count"]),
    ("PodOS", "name", &["linux", "windows"]),
    ("PodSecurityContext", "fsGroupChangePolicy", &["OnRootMismatch", "Always"]),
    ("PodSecurityContext", "supplementalGroupsPolicy", &["Merge", "Strict"]),
    ("PodSpec", "dnsPolicy", &["ClusterFirst", "ClusterFirstWithHostNet", "Default", "None"]),
    ("PodSpec", "preemptionPolicy", &["Never", "PreemptLowerPriority"]),
    // Of a Job's pods no other is taken.
    ("PodSpec", "restartPolicy", &["Never", "OnFailure"]),
    ("SeccompProfile", "type", &["RuntimeDefault", "Localhost", "Unconfined"]),
    ("SecurityContext", "procMount", &["Default", "Unmasked"]),
    ("Toleration", "effect", &["NoSchedule", "PreferNoSchedule", "NoExecute"]),
    ("Toleration", "operator", &["Exists", "Equal"]),
    ("TopologySpreadConstraint", "nodeAffinityPolicy", &["Honor", "Ignore"]),
    ("TopologySpreadConstraint", "nodeTaintsPolicy", &["Honor", "Ignore"]),
    ("TopologySpreadConstraint", "topologyKey", &["kubernetes.io/hostname", "topology.kubernetes.io/zone", "topology.kubernetes.io/region"]),
    ("TopologySpreadConstraint", "whenUnsatisfiable", &["ScheduleAnyway", "DoNotSchedule"]),
    ("VolumeMount", "mountPropagation", &["None", "HostToContainer", "Bidirectional"]),
    ("VolumeMount", "recursiveReadOnly", &["Disabled", "IfPossible", "Enabled"]),
];

impl Type {
    /// The texts that a field takes, if it takes a few, or those that people want most; else none.
    #[must_use]
    pub fn words(&self, field: &str) -> &'static [&'static str] {
        let found = WORDS.binary_search_by_key(&(self.name(), field), |(owner, name, _)| (owner, name));
        found.ok().and_then(|at| WORDS.get(at)).map_or(&[], |(.., words)| words)
    }
}

#[cfg(test)]
mod tests {
    use super::WORDS;
    use crate::k8s::schema::{Kind, type_named};

    #[test]
    fn words_are_of_fields_that_take_texts_and_in_order() {
        assert!(WORDS.is_sorted_by_key(|(owner, field, _)| (owner, field)));
        for (owner, field, words) in WORDS {
            let of = type_named(owner).unwrap_or_else(|| panic!("no type is named {owner}"));
            let kind = of.fields_named(field).last().map(|field| field.kind);
            assert_eq!(kind, Some(Kind::String), "{owner}.{field}");
            assert_eq!(of.words(field), words);
        }
        assert_eq!(type_named("PodSpec").map(|pod| pod.words("containers")), Some(&[][..]));
    }
}
