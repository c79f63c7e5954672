//! `starting-deadline-never-met`

use crate::k8s::objects::CronJobSpec;
use crate::rule::{Check, Findings, Rule, Within, duration};
use crate::schedule::Seconds;

pub(crate) static RULE: Rule =
    Rule::new(include_str!("../../../rules/run/starting-deadline-never-met.md"), Check::CronJob(check));

fn check(spec: Within<'_, CronJobSpec<'_>>, findings: &mut Findings<'_>) {
    let Some(deadline) = spec.starting_deadline_seconds() else { return };

    if deadline.value == 0 {
        findings
            .report(deadline.span, "with a deadline of 0 seconds no run ever starts")
            .help("give the controller time to notice a run: 200 is a common choice");
        return;
    }
    // The controller counts `@every` from the deadline's edge, so the next run lies in the future for ever.
    if let Some(timetable) = spec.object.timetable()
        && let Some(every) = timetable.expression.every()
        && deadline.value > 0
        && Seconds::new(deadline.value) < every.distance
    {
        let length = duration::in_words(Seconds::new(deadline.value));
        let between = duration::in_words(every.distance);
        findings
            .report(deadline.span, format!("with a deadline of {length} and {between} between runs no run ever starts"))
            .label(timetable.written.span, "counted from the deadline's edge, again and again")
            .help("make it longer than the time between two runs");
    }
}
