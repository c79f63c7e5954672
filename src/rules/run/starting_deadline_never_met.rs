//! `starting-deadline-never-met`

use crate::k8s::objects::CronJobSpec;
use crate::rule::{Check, Findings, Rule};

pub(crate) static RULE: Rule =
    Rule::new(include_str!("../../../rules/run/starting-deadline-never-met.md"), Check::CronJob(check));

fn check(spec: CronJobSpec<'_>, findings: &mut Findings<'_>) {
    let Some(deadline) = spec.starting_deadline_seconds() else { return };

    if deadline.value == 0 {
        findings
            .report(deadline.span, "with a deadline of 0 seconds no run ever starts")
            .help("give the controller time to notice a run: 200 is a common choice");
    }
}
