//! What a failed pod means for its Job, and when its success policy is met.
//!
//! pkg/controller/job/pod_failure_policy.go, success_policy.go and indexed_job_utils.go, as of v1.36.

use super::indexes::Indexes;
use super::pod::{IndexFailures, Phase, Pod};
use super::spec::{self, FailureAction, FailureWhen, SuccessRule};

/// What the first rule for a failed pod says; `None` where there is none.
fn action(spec: &spec::Job, pod: &Pod) -> Option<FailureAction> {
    let rules = spec.failure_rules.as_deref()?;
    let rule = rules.iter().find(|rule| match &rule.when {
        FailureWhen::Exited(codes) => pod.ended.is_some_and(|ended| codes.has(ended.code)),
        FailureWhen::Disrupted => pod.is_disrupted,
        FailureWhen::Otherwise => false,
    });
    rule.map(|rule| rule.action)
}

/// Whether a pod is taken to have failed: where all pods are replaced at once, also when it is told to stop.
pub(crate) fn has_failed(spec: &spec::Job, pod: &Pod) -> bool {
    match pod.phase {
        Phase::Failed => true,
        Phase::Succeeded => false,
        Phase::Pending | Phase::Running => !spec.replaces_only_failed && pod.deletion.is_some(),
    }
}

/// Whether there is a place for a pod among the indexes.
pub(crate) fn has_place(spec: &spec::Job, pod: &Pod) -> bool {
    !spec.is_indexed || pod.name.index.is_some_and(|index| index < spec.completions.unwrap_or(0))
}

/// Whether the failures of each index are counted.
pub(crate) fn counts_per_index(spec: &spec::Job) -> bool {
    spec.is_indexed && spec.backoff_limit_per_index.is_some()
}

/// Whether a failed pod counts.
pub(crate) fn counts(spec: &spec::Job, pod: &Pod) -> bool {
    action(spec, pod) != Some(FailureAction::Ignore)
}

/// Whether a Job fails with a pod that failed.
pub(crate) fn fails_job(spec: &spec::Job, pod: &Pod) -> bool {
    action(spec, pod) == Some(FailureAction::FailJob)
}

/// Whether an index fails with a pod that failed.
pub(crate) fn fails_index(spec: &spec::Job, pod: &Pod) -> bool {
    match action(spec, pod) {
        Some(FailureAction::FailIndex) => true,
        Some(FailureAction::Ignore) => false,
        _ => spec.backoff_limit_per_index.is_some_and(|limit| pod.index_failures.counted >= limit),
    }
}

/// How many pods of an index have failed with this one.
pub(crate) fn failures_with(spec: &spec::Job, pod: &Pod) -> IndexFailures {
    let IndexFailures { counted, ignored } = pod.index_failures;
    if counts(spec, pod) {
        IndexFailures { counted: counted + 1, ignored }
    } else {
        IndexFailures { counted, ignored: ignored + 1 }
    }
}

/// How far the indexes that a success rule wants have succeeded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Progress {
    wanted: i32,
    met: i32,
}

impl Progress {
    /// That of each rule of a Job.
    pub(crate) fn of(spec: &spec::Job, succeeded: &Indexes) -> Vec<Self> {
        let completions = spec.completions.unwrap_or(0);
        let of_rule = |rule: &SuccessRule| {
            let there = rule.indexes.iter().flatten().filter(|(first, _)| *first < completions);
            let mut progress = Self { wanted: 0, met: 0 };
            for &(first, last) in there {
                let last = last.min(completions - 1);
                progress.wanted += last - first + 1;
                progress.met += succeeded.len_within(first, last);
            }
            progress
        };
        spec.success_rules.iter().map(of_rule).collect()
    }

    /// Takes note of an index below the Job's completions that has succeeded.
    pub(crate) fn add(&mut self, rule: &SuccessRule, index: i32) {
        let indexes = rule.indexes.as_deref().unwrap_or_default();
        let before = indexes.partition_point(|(first, _)| *first <= index);
        let is_wanted = before.checked_sub(1).is_some_and(|at| index <= indexes[at].1);
        self.met += i32::from(is_wanted);
    }

    /// Whether that is enough, where so many indexes have succeeded in all.
    pub(crate) fn is_enough(self, rule: &SuccessRule, succeeded: i32) -> bool {
        let Self { wanted, met } = self;
        match &rule.indexes {
            None => rule.count.is_some_and(|count| succeeded >= count),
            Some(_) => wanted > 0 && (met == wanted || rule.count.is_some_and(|count| met >= count)),
        }
    }
}
