//! `concurrency-policy-unset`

use crate::analysis::Subject;
use crate::k8s::objects::CronJobSpec;
use crate::rule::{Check, Findings, Rule, Within, page};
use crate::schedule::Seconds;

pub(crate) static RULE: Rule = Rule::new(page!("run/concurrency-policy-unset"), Check::CronJob(check));

fn check(spec: Within<'_, CronJobSpec<'_>>, findings: &mut Findings<'_>) {
    let (policy, object) = (spec.slots().concurrency_policy(), spec.object);
    if policy.is_set() || object.is_suspended() || object.has_elsewhere(policy.name()) || never_meet(object) {
        return;
    }

    // With `Forbid` alone, a run that hangs would keep all others from starting.
    let with = if deadline(object).is_some() { "," } else { ", with an `activeDeadlineSeconds` for the Job;" };
    findings
        .report(spec.key, "`concurrencyPolicy` is not set: a run that is still going does not hold back the next one")
        .lacks(policy)
        .help(format!("write `Forbid` where two runs may not overlap{with} `Allow` where they may"));
}

/// Whether a run has ended when the next one is due, one way or the other, or there is no next one.
pub(super) fn never_meet(object: &Subject<'_>) -> bool {
    let longest = deadline(object).into_iter().chain(object.takes()).min();
    object.timetable().is_some_and(|timetable| match (timetable.shortest_gap(), longest) {
        (Some(gap), Some(longest)) => longest < gap,
        (gap, _) => gap.is_none(),
    })
}

fn deadline(object: &Subject<'_>) -> Option<Seconds> {
    let deadline = object.job.and_then(|job| job.value.active_deadline_seconds());
    deadline.map(|deadline| Seconds::new(deadline.value))
}
