//! `concurrency-policy-unset`

use crate::controller::Timetable;
use crate::k8s::objects::CronJobSpec;
use crate::rule::{Check, Findings, Rule, Within};
use crate::schedule::Seconds;

pub(crate) static RULE: Rule =
    Rule::new(include_str!("../../../rules/run/concurrency-policy-unset.md"), Check::CronJob(check));

fn check(spec: Within<'_, CronJobSpec<'_>>, findings: &mut Findings<'_>) {
    let policy = spec.slots().concurrency_policy();
    if policy.is_set() {
        return;
    }
    let deadline = spec.object.job.and_then(|job| job.value.active_deadline_seconds());
    let ends_before = |gap: Seconds| deadline.is_some_and(|deadline| Seconds::new(deadline.value) < gap);
    let timetable = spec.object.timetable().filter(|_| deadline.is_some());
    if timetable.and_then(Timetable::shortest_gap).is_some_and(ends_before) {
        return; // A run has ended when the next one is due, one way or the other.
    }

    findings
        .report(spec.key, "`concurrencyPolicy` is not set: a run that is still going does not hold back the next one")
        .lacks(policy)
        .help("write `Forbid` where two runs may not overlap, `Allow` where they may");
}
