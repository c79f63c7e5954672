//! `backoff-limit-unset`

use crate::k8s::defaulted;
use crate::k8s::objects::JobSpec;
use crate::rule::{Check, Findings, Rule, Within, page};

pub(crate) static RULE: Rule = Rule::new(page!("run/backoff-limit-unset"), Check::Job(check));

fn check(spec: Within<'_, JobSpec<'_>>, findings: &mut Findings<'_>) {
    let limit = spec.slots().backoff_limit();
    // With a limit for each index there is, by default, none for the Job as a whole.
    if limit.is_set() || spec.slots().backoff_limit_per_index().is_set() || spec.object.has_elsewhere(limit.name()) {
        return;
    }
    if spec.object.ends_well() {
        return; // There is nothing to retry.
    }

    let retries = defaulted::Job::DEFAULT_BACKOFF_LIMIT;
    findings
        .report(spec.key, format!("`backoffLimit` is not set, so work that fails is retried up to {retries} times"))
        .lacks(limit)
        .help("write the number of retries that the work can bear: 0 where it must not run twice");
}
