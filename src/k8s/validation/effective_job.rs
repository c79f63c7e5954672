//! A Job as it is when the server validates it.
//!
//! pkg/apis/batch/v1/defaults.go, SetDefaults_Job; pkg/registry/batch/job/strategy.go, PrepareForCreate, as of v1.37.

use super::Context;
use crate::k8s::objects::{Field, JobSpec, PodFailurePolicy, SuccessPolicy};
use crate::k8s::schema::Gate;

/// A Job's spec as the server validates it: after defaulting, and without the fields that its version drops.
#[derive(Debug, Clone, Copy)]
pub(super) struct EffectiveJob<'a> {
    pub(super) spec: JobSpec<'a>,
    /// Given, or 1 where a Job has neither this nor `parallelism`.
    pub(super) completions: Option<i32>,
    pub(super) backoff_limit_per_index: Option<Field<'a, i32>>,
    pub(super) max_failed_indexes: Option<Field<'a, i32>>,
    pub(super) managed_by: Option<Field<'a, &'a str>>,
    pub(super) pod_failure_policy: Option<Field<'a, PodFailurePolicy<'a>>>,
    pub(super) pod_replacement_policy: Option<Field<'a, &'a str>>,
    pub(super) success_policy: Option<Field<'a, SuccessPolicy<'a>>>,
    /// Whether rules of the failure policy with the action `FailIndex` are dropped.
    pub(super) drops_fail_index: bool,
    /// Whether a pod condition's absent status is filled in.
    pub(super) fills_condition_status: bool,
}

impl<'a> EffectiveJob<'a> {
    /// Of a CronJob's template: as written, for it is the Job that is defaulted, when it is made.
    pub(super) fn of_template(spec: JobSpec<'a>, context: &Context) -> Self {
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
            fills_condition_status: context.since(34),
        }
    }

    /// Of a Job.
    pub(super) fn of_job(spec: JobSpec<'a>, context: &Context) -> Self {
        let written = Self::of_template(spec, context);
        let per_index = context.enables(Gate::JobBackoffLimitPerIndex);
        let single = spec.completions().is_none() && spec.parallelism().is_none();
        Self {
            completions: written.completions.or(single.then_some(1)),
            backoff_limit_per_index: written.backoff_limit_per_index.filter(|_| per_index),
            max_failed_indexes: written.max_failed_indexes.filter(|_| per_index),
            managed_by: written.managed_by.filter(|_| context.enables(Gate::JobManagedBy)),
            pod_failure_policy: written.pod_failure_policy.filter(|_| context.enables(Gate::JobPodFailurePolicy)),
            pod_replacement_policy: written
                .pod_replacement_policy
                .filter(|_| context.enables(Gate::JobPodReplacementPolicy)),
            success_policy: written.success_policy.filter(|_| context.enables(Gate::JobSuccessPolicy)),
            // The action came with 1.28.
            drops_fail_index: context.since(28) && !per_index,
            fills_condition_status: true,
            ..written
        }
    }

    /// Whether its pods have indexes.
    pub(super) fn is_indexed(&self) -> bool {
        self.spec.completion_mode().is_some_and(|mode| mode.value == "Indexed")
    }
}
