//! `step-slightly-uneven`

use super::step_uneven::{is_far_off, report};
use crate::controller::Timetable;
use crate::rule::{Check, Findings, Rule, Within, page};

pub(crate) static RULE: Rule = Rule::new(page!("schedule/step-slightly-uneven"), Check::Schedule(check));

fn check(timetable: Within<'_, Timetable<'_>>, findings: &mut Findings<'_>) {
    report(&timetable, |name, step| !is_far_off(name, step), findings);
}
