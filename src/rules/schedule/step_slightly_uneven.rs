//! `step-slightly-uneven`

use super::step_uneven::report;
use crate::controller::Timetable;
use crate::rule::{Check, Findings, Rule, Within};
use crate::schedule::FieldName;

pub(crate) static RULE: Rule =
    Rule::new(include_str!("../../../rules/schedule/step-slightly-uneven.md"), Check::Schedule(check));

fn check(timetable: Within<'_, Timetable<'_>>, findings: &mut Findings<'_>) {
    report(&timetable, is_slight, findings);
}

/// What `step-uneven` leaves out.
fn is_slight(name: FieldName, step: u64) -> bool {
    match name {
        FieldName::Minute => step < 40,
        FieldName::DayOfMonth => step < 7,
        FieldName::Hour | FieldName::Month | FieldName::DayOfWeek => false,
    }
}
