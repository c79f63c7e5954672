//! `replace-without-deadline`

use super::concurrency_policy_unset::never_meet;
use crate::k8s::objects::{ConcurrencyPolicy, CronJobSpec};
use crate::rule::{Check, Findings, Rule, Within, page};

pub(crate) static RULE: Rule = Rule::new(page!("run/replace-without-deadline"), Check::CronJob(check));

fn check(spec: Within<'_, CronJobSpec<'_>>, findings: &mut Findings<'_>) {
    let Some(policy) = spec.concurrency_policy().filter(|policy| policy.value == ConcurrencyPolicy::Replace) else {
        return;
    };
    let Some(job) = spec.object.job else { return };
    let has_deadline = job.value.slots().active_deadline_seconds().is_set();
    if has_deadline || spec.object.is_suspended() || never_meet(spec.object) {
        return;
    }

    findings
        .report(policy.span, "a run that is still going at the next one is deleted, and no Job ever counts as failed")
        .label(job.key, "no `activeDeadlineSeconds` makes it fail before")
        .help("an `activeDeadlineSeconds` shorter than the time between two runs makes a slow run fail, and be seen");
}
