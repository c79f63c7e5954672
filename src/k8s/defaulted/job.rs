//! A Job's spec with its defaults, and without the fields behind gates that are off.
//!
//! pkg/apis/batch/v1/defaults.go, SetDefaults_Job; pkg/registry/batch/job/strategy.go, PrepareForCreate, as of v1.37.

use crate::k8s::objects::{CompletionMode, Field, JobSpec, PodFailurePolicy, PodReplacementPolicy, SuccessPolicy};
use crate::k8s::schema::{Gate, Version};

/// A Job's spec after defaulting, and without the fields that its version drops.
#[derive(Debug, Clone, Copy)]
pub struct Job<'a> {
    /// As written: fields that are not below are the same there.
    pub spec: JobSpec<'a>,
    /// Given, or 1 where a Job has neither this nor `parallelism`.
    pub completions: Option<i32>,
    /// How many retries an index has, where they are counted for each.
    pub backoff_limit_per_index: Option<Field<'a, i32>>,
    /// How many indexes may fail before the Job does.
    pub max_failed_indexes: Option<Field<'a, i32>>,
    /// The controller, where it is not Kubernetes' own.
    pub managed_by: Option<Field<'a, &'a str>>,
    /// What a failed pod means for the Job.
    pub pod_failure_policy: Option<Field<'a, PodFailurePolicy<'a>>>,
    /// When a pod is replaced, as written.
    pub pod_replacement_policy: Option<Field<'a, PodReplacementPolicy<'a>>>,
    /// When the Job has succeeded before all its indexes have.
    pub success_policy: Option<Field<'a, SuccessPolicy<'a>>>,
    /// Whether rules of the failure policy with the action `FailIndex` are dropped.
    pub drops_fail_index: bool,
    /// Whether a pod condition's absent status is filled in.
    pub fills_condition_status: bool,
}

impl<'a> Job<'a> {
    /// How many retries a Job has that says nothing of them.
    pub const DEFAULT_BACKOFF_LIMIT: i32 = 6;

    /// Of a CronJob's template: as written, for it is the Job that is defaulted, when it is made.
    #[must_use]
    pub fn of_template(spec: JobSpec<'a>, version: Version) -> Self {
        Self {
            spec,
            completions: spec.completions().map(|field| field.value),
            backoff_limit_per_index: spec.backoff_limit_per_index(),
            max_failed_indexes: spec.max_failed_indexes(),
            managed_by: spec.managed_by(),
            pod_failure_policy: spec.pod_failure_policy(),
            pod_replacement_policy: spec.pod_replacement_policy(),
            success_policy: spec.success_policy(),
            drops_fail_index: false,
            // Before 1.34 the defaults of a template did not reach as deep.
            fills_condition_status: version >= Version::new(34),
        }
    }

    /// Of a Job.
    #[must_use]
    pub fn of(spec: JobSpec<'a>, version: Version) -> Self {
        let written = Self::of_template(spec, version);
        let per_index = Gate::JobBackoffLimitPerIndex.is_on(version);
        let replacement = Gate::JobPodReplacementPolicy.is_on(version);
        let single = spec.completions().is_none() && spec.parallelism().is_none();
        Self {
            completions: written.completions.or(single.then_some(1)),
            backoff_limit_per_index: written.backoff_limit_per_index.filter(|_| per_index),
            max_failed_indexes: written.max_failed_indexes.filter(|_| per_index),
            managed_by: written.managed_by.filter(|_| Gate::JobManagedBy.is_on(version)),
            pod_failure_policy: written.pod_failure_policy.filter(|_| Gate::JobPodFailurePolicy.is_on(version)),
            pod_replacement_policy: written.pod_replacement_policy.filter(|_| replacement),
            success_policy: written.success_policy.filter(|_| Gate::JobSuccessPolicy.is_on(version)),
            // The action came with 1.28.
            drops_fail_index: version >= Version::new(28) && !per_index,
            fills_condition_status: true,
            ..written
        }
    }

    /// How many pods may run at a time: 1 by default.
    #[must_use]
    pub fn parallelism(&self) -> i32 {
        self.spec.parallelism().map_or(1, |parallelism| parallelism.value)
    }

    /// How many retries the whole Job has: 6 by default, and no end of them where each index has its own. A version that
    /// drops the limit of an index has made this of it before.
    #[must_use]
    pub fn backoff_limit(&self) -> i32 {
        let by_default =
            if self.spec.backoff_limit_per_index().is_some() { i32::MAX } else { Self::DEFAULT_BACKOFF_LIMIT };
        self.spec.backoff_limit().map_or(by_default, |limit| limit.value)
    }

    /// Whether its pods have indexes, which they have not by default.
    #[must_use]
    pub fn is_indexed(&self) -> bool {
        self.spec.completion_mode().is_some_and(|mode| mode.value == CompletionMode::Indexed)
    }

    /// Whether no pods are made.
    #[must_use]
    pub fn is_suspended(&self) -> bool {
        self.spec.suspend().is_some_and(|suspend| suspend.value)
    }

    /// When a pod is replaced: with a failure policy when it has failed, by default.
    #[must_use]
    pub fn replacement(&self) -> PodReplacementPolicy<'a> {
        match self.pod_replacement_policy.map(|policy| policy.value) {
            Some(policy) => policy,
            None if self.pod_failure_policy.is_some() => PodReplacementPolicy::Failed,
            None => PodReplacementPolicy::TerminatingOrFailed,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Job, Version};
    use crate::k8s::objects::{FromNode, JobSpec, PodReplacementPolicy};
    use crate::yaml::{Document, parse};

    fn with<T>(spec: &str, minor: u8, ask: impl Fn(&Job<'_>) -> T) -> T {
        let file = parse(spec);
        let root = file.documents.first().and_then(Document::root);
        let spec = root.and_then(|root| JobSpec::from_node(root.into())).expect("a spec");
        ask(&Job::of(spec, Version::new(minor)))
    }

    #[test]
    fn a_silent_job_runs_one_pod_to_its_end_with_six_retries() {
        let facts = |job: &Job<'_>| (job.completions, job.parallelism(), job.backoff_limit(), job.is_indexed());
        assert_eq!(with("{}", 37, facts), (Some(1), 1, 6, false));
        assert_eq!(with("{parallelism: 3}", 37, facts), (None, 3, 6, false));
        assert_eq!(with("{completions: 3, completionMode: Indexed}", 37, facts), (Some(3), 1, 6, true));
        let suspended = |spec| with(spec, 37, |job| job.is_suspended());
        assert!(!suspended("{}") && suspended("{suspend: true}"));
    }

    #[test]
    fn what_the_version_drops_is_not_there_and_has_left_its_default() {
        let facts = |job: &Job<'_>| (job.backoff_limit_per_index.is_some(), job.backoff_limit());
        assert_eq!(with("{backoffLimitPerIndex: 1}", 29, facts), (true, i32::MAX));
        assert_eq!(with("{backoffLimitPerIndex: 1}", 28, facts), (false, i32::MAX));
        assert_eq!(with("{backoffLimitPerIndex: 1, backoffLimit: 2}", 28, facts), (false, 2));
    }

    #[test]
    fn with_a_failure_policy_pods_are_replaced_when_they_have_failed() {
        let replacement = |spec, minor, expected| with(spec, minor, |job| assert_eq!(job.replacement(), expected));
        replacement("{}", 37, PodReplacementPolicy::TerminatingOrFailed);
        replacement("{podFailurePolicy: {}}", 37, PodReplacementPolicy::Failed);
        replacement("{podReplacementPolicy: Failed}", 37, PodReplacementPolicy::Failed);
        replacement("{podReplacementPolicy: Failed}", 28, PodReplacementPolicy::TerminatingOrFailed);
    }
}
