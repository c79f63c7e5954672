//! A CronJob's spec with its defaults, which are the same in all versions.
//!
//! pkg/apis/batch/v1/defaults.go, SetDefaults_CronJob, as of v1.37.

use crate::k8s::objects::{ConcurrencyPolicy, CronJobSpec};

/// A CronJob's spec after defaulting. Its Job template stays as it is written: it is the Job that is defaulted, when it
/// is made.
#[derive(Debug, Clone, Copy)]
pub struct CronJob<'a> {
    /// As written.
    pub spec: CronJobSpec<'a>,
    /// `Allow` by default.
    pub concurrency_policy: ConcurrencyPolicy<'a>,
    /// Whether no runs are started.
    pub is_suspended: bool,
    /// How many Jobs that succeeded are kept: 3 by default.
    pub successful_jobs_history_limit: i32,
    /// How many Jobs that failed are kept: 1 by default.
    pub failed_jobs_history_limit: i32,
}

impl<'a> CronJob<'a> {
    /// What the server makes of a spec.
    #[must_use]
    pub fn of(spec: CronJobSpec<'a>) -> Self {
        Self {
            spec,
            concurrency_policy: match spec.concurrency_policy().map(|policy| policy.value) {
                None | Some(ConcurrencyPolicy::Other("")) => ConcurrencyPolicy::Allow,
                Some(policy) => policy,
            },
            is_suspended: spec.suspend().is_some_and(|suspend| suspend.value),
            successful_jobs_history_limit: spec.successful_jobs_history_limit().map_or(3, |limit| limit.value),
            failed_jobs_history_limit: spec.failed_jobs_history_limit().map_or(1, |limit| limit.value),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::CronJob;
    use crate::k8s::objects::{ConcurrencyPolicy, CronJobSpec, FromNode};
    use crate::yaml::{Document, parse};

    #[test]
    fn a_silent_cron_job_runs_side_by_side_and_keeps_three_and_one() {
        let job = CronJob::of(CronJobSpec::absent());
        assert_eq!((job.concurrency_policy, job.is_suspended), (ConcurrencyPolicy::Allow, false));
        assert_eq!((job.successful_jobs_history_limit, job.failed_jobs_history_limit), (3, 1));
        let text =
            "{concurrencyPolicy: Replace, suspend: true, successfulJobsHistoryLimit: 0, failedJobsHistoryLimit: 2}";
        let file = parse(text);
        let root = file.documents.first().and_then(Document::root);
        let job = CronJob::of(root.and_then(|root| CronJobSpec::from_node(root.into())).expect("a spec"));
        assert_eq!((job.concurrency_policy, job.is_suspended), (ConcurrencyPolicy::Replace, true));
        assert_eq!((job.successful_jobs_history_limit, job.failed_jobs_history_limit), (0, 2));
    }
}
