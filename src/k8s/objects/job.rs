//! Jobs, and their policies on failure and success.

use super::collection::List;
use super::object::objects;
use super::{CompletionMode, LabelSelector, ObjectMeta, PodReplacementPolicy, PodTemplateSpec};

objects! {
    /// A Job.
    Job {
        kind: &'a str = "kind",
        metadata: ObjectMeta<'a> = "metadata",
        spec: JobSpec<'a> = "spec",
    }

    /// What a Job does.
    JobSpec {
        parallelism: i32 = "parallelism",
        completions: i32 = "completions",
        completion_mode: CompletionMode<'a> = "completionMode",
        /// In seconds, from the Job's start.
        active_deadline_seconds: i64 = "activeDeadlineSeconds",
        backoff_limit: i32 = "backoffLimit",
        backoff_limit_per_index: i32 = "backoffLimitPerIndex",
        max_failed_indexes: i32 = "maxFailedIndexes",
        /// In seconds, from the Job's end.
        ttl_seconds_after_finished: i32 = "ttlSecondsAfterFinished",
        suspend: bool = "suspend",
        managed_by: &'a str = "managedBy",
        manual_selector: bool = "manualSelector",
        selector: LabelSelector<'a> = "selector",
        pod_failure_policy: PodFailurePolicy<'a> = "podFailurePolicy",
        success_policy: SuccessPolicy<'a> = "successPolicy",
        pod_replacement_policy: PodReplacementPolicy<'a> = "podReplacementPolicy",
        template: PodTemplateSpec<'a> = "template",
    }

    /// What a failed pod means for its Job.
    PodFailurePolicy {
        rules: List<'a, PodFailurePolicyRule<'a>> = "rules",
    }

    /// What a pod that failed in a certain way means for its Job.
    PodFailurePolicyRule {
        action: &'a str = "action",
        on_exit_codes: OnExitCodes<'a> = "onExitCodes",
        on_pod_conditions: List<'a, OnPodCondition<'a>> = "onPodConditions",
    }

    /// Exit codes that a rule is about.
    OnExitCodes {
        container_name: &'a str = "containerName",
        operator: &'a str = "operator",
        values: List<'a, i32> = "values",
    }

    /// A condition of a pod that a rule is about.
    OnPodCondition {
        kind: &'a str = "type",
        status: &'a str = "status",
    }

    /// When a Job has succeeded before all its indexes have.
    SuccessPolicy {
        rules: List<'a, SuccessPolicyRule<'a>> = "rules",
    }

    /// Indexes, or a number of them, that make the Job succeed.
    SuccessPolicyRule {
        /// Intervals, `0,2-4`.
        succeeded_indexes: &'a str = "succeededIndexes",
        succeeded_count: i32 = "succeededCount",
    }
}

#[cfg(test)]
mod tests {
    use super::JobSpec;
    use crate::k8s::objects::FromNode;
    use crate::yaml::{Document, New, parse};

    #[test]
    fn a_slot_tells_absent_from_null_from_wrong_from_right() {
        let file = parse("{backoffLimit: six, completions: ~, parallelism: 2}");
        let root = file.documents.first().and_then(Document::root);
        let spec = root.and_then(|root| JobSpec::from_node(root.into())).expect("a spec");
        let slots = spec.slots();
        let all = [slots.suspend(), slots.completions(), slots.backoff_limit(), slots.parallelism()];
        assert_eq!(all.map(|slot| slot.entry().is_some()), [false, true, true, true]);
        assert_eq!(all.map(|slot| slot.is_set()), [false, false, true, true]);
        assert_eq!(all.map(|slot| slot.remove().is_some()), [false, true, true, true]);
        assert_eq!(all.map(|slot| slot.insert_first(New::Plain("1")).is_some()), [true, false, false, false]);
        assert!(spec.backoff_limit().is_none() && spec.parallelism().is_some());
        assert_eq!(slots.backoff_limit().name(), "backoffLimit");
        assert!(slots.suspend().insert_before(slots.parallelism(), New::Plain("true")).is_some());
        assert!(slots.suspend().insert_before(slots.selector(), New::Plain("true")).is_none());
    }
}
