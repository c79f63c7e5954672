//! `starting-deadline-never-met`

use crate::controller::Unmet;
use crate::k8s::objects::CronJobSpec;
use crate::rule::{Check, Findings, Rule, Within, duration, page};

pub(crate) static RULE: Rule = Rule::new(page!("run/starting-deadline-never-met"), Check::CronJob(check));

fn check(spec: Within<'_, CronJobSpec<'_>>, findings: &mut Findings<'_>) {
    let Some(deadline) = spec.starting_deadline_seconds() else { return };

    match spec.object.outlook.as_ref().and_then(|outlook| outlook.unmet) {
        Some(Unmet::Zero) => {
            findings
                .report(deadline.span, "with a deadline of 0 seconds no run ever starts")
                .help("give the controller time to notice a run: 200 is a common choice");
        }
        Some(Unmet::BelowEvery { deadline: length, every }) => {
            let (length, between) = (duration::in_words(length), duration::in_words(every));
            let message = format!("with a deadline of {length} and {between} between runs no run ever starts");
            let schedule = spec.schedule().map_or(deadline.span, |schedule| schedule.span);
            findings
                .report(deadline.span, message)
                .label(schedule, "counted from the deadline's edge, again and again")
                .help("make it longer than the time between two runs");
        }
        None => {}
    }
}
