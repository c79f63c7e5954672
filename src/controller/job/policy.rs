//! What a failed pod means for its Job, and when its success policy is met.
//!
//! pkg/controller/job/pod_failure_policy.go, success_policy.go and indexed_job_utils.go, as of v1.36.

use crate::controller::cluster::{IndexFailures, Pod};
use crate::controller::indexes::Indexes;
use crate::controller::spec::{self, FailureAction, FailureWhen, SuccessRule};

/// What the first rule for a failed pod says; `None` where there is none.
pub(super) fn action(spec: &spec::Job, pod: &Pod) -> Option<FailureAction> {
    let rules = spec.failure_rules.as_deref()?;
    let rule = rules.iter().find(|rule| match &rule.when {
        FailureWhen::Exited(codes) => pod.ended.is_some_and(|ended| codes.has(ended.code)),
        FailureWhen::Disrupted => pod.is_disrupted,
        FailureWhen::Otherwise => false,
    });
    rule.map(|rule| rule.action)
}

/// Whether a failed pod counts.
pub(super) fn counts(spec: &spec::Job, pod: &Pod) -> bool {
    action(spec, pod) != Some(FailureAction::Ignore)
}

/// Whether an index fails with a pod that failed.
pub(super) fn fails_index(spec: &spec::Job, pod: &Pod) -> bool {
    match action(spec, pod) {
        Some(FailureAction::FailIndex) => true,
        Some(FailureAction::Ignore) => false,
        _ => spec.backoff_limit_per_index.is_some_and(|limit| pod.index_failures.counted >= limit),
    }
}

/// How many pods of an index have failed with this one.
pub(super) fn failures_with(spec: &spec::Job, pod: &Pod) -> IndexFailures {
    let IndexFailures { counted, ignored } = pod.index_failures;
    if counts(spec, pod) {
        IndexFailures { counted: counted + 1, ignored }
    } else {
        IndexFailures { counted, ignored: ignored + 1 }
    }
}

/// Whether the indexes that succeeded are enough.
pub(super) fn is_met(spec: &spec::Job, succeeded: &Indexes) -> bool {
    let completions = spec.completions.unwrap_or(0);
    succeeded.len() > 0 && spec.success_rules.iter().any(|rule| is_rule_met(rule, completions, succeeded))
}

fn is_rule_met(rule: &SuccessRule, completions: i32, succeeded: &Indexes) -> bool {
    let Some(indexes) = &rule.indexes else {
        return rule.count.is_some_and(|count| succeeded.len() >= count);
    };
    let there = indexes.iter().filter(|(first, _)| *first < completions);
    let (mut wanted, mut met) = (0, 0);
    for &(first, last) in there {
        let last = last.min(completions - 1);
        wanted += last - first + 1;
        met += succeeded.len_within(first, last);
    }
    wanted > 0 && (met == wanted || rule.count.is_some_and(|count| met >= count))
}
