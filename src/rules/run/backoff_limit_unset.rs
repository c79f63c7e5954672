//! `backoff-limit-unset`

use crate::k8s::defaulted;
use crate::k8s::objects::{JobSpec, Slot};
use crate::rule::{Check, Findings, Rule, Within};

pub(crate) static RULE: Rule = Rule::new(include_str!("../../../rules/run/backoff-limit-unset.md"), Check::Job(check));

fn check(spec: Within<'_, JobSpec<'_>>, findings: &mut Findings<'_>) {
    let limit = spec.slots().backoff_limit();
    // With a limit for each index there is, by default, none for the Job as a whole.
    if limit.is_set() || spec.slots().backoff_limit_per_index().is_set() || is_misplaced(limit, *spec) {
        return;
    }

    let retries = defaulted::Job::DEFAULT_BACKOFF_LIMIT;
    findings
        .report(spec.key, format!("`backoffLimit` is not set, so work that fails is retried {retries} times"))
        .lacks(limit)
        .help("write the number of retries that the work can bear: 0 where it must not run twice");
}

/// Whether somebody chose a number and wrote it on the wrong level, where `unknown-field` finds it.
fn is_misplaced(limit: Slot<'_>, spec: JobSpec<'_>) -> bool {
    let Some(template) = spec.template() else { return false };
    let pod = template.value.spec().map(|pod| pod.value.raw());
    [Some(template.value.raw()), pod].into_iter().flatten().any(|level| level.get(limit.name()).is_some())
}
