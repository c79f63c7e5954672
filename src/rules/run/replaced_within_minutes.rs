//! `replaced-within-minutes`

use crate::k8s::objects::{ConcurrencyPolicy, CronJobSpec};
use crate::rule::{Check, Findings, Parameter, Rule, Within, duration, page};
use crate::schedule::Seconds;

pub(crate) static RULE: Rule = Rule::new(page!("run/replaced-within-minutes"), Check::CronJob(check)).with(&[SHORT]);

/// The start of a pod alone can take this long.
const SHORT: Parameter =
    Parameter::length("short", "the longest time between two runs that is too short", 120, (60, 3_600));

fn check(spec: Within<'_, CronJobSpec<'_>>, findings: &mut Findings<'_>) {
    let Some(policy) = spec.concurrency_policy().filter(|policy| policy.value == ConcurrencyPolicy::Replace) else {
        return;
    };
    let Some(outlook) = spec.object.outlook.as_ref().filter(|outlook| !outlook.suspended) else { return };
    let Some(timetable) = &outlook.timetable else { return };
    let short = Seconds::new(findings.limit(&SHORT));
    let Some(gap) = timetable.usual_gap().filter(|gap| *gap <= short) else { return };
    let deadline = spec.object.job.and_then(|job| job.value.active_deadline_seconds());
    if deadline.is_some_and(|deadline| Seconds::new(deadline.value) < gap) {
        return; // It fails before, and is seen to.
    }

    let gap = duration::in_words(gap);
    findings
        .report(
            policy.span,
            format!("a run that is not done after {gap}, its pod's start included, is deleted by the next"),
        )
        .label(timetable.written.span, format!("{gap} apart"))
        .help("`Forbid` lets a run end, with an `activeDeadlineSeconds` that no good run reaches");
}
